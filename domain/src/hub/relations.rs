//! Whom a person may hear of, as it was read from the database. A change is not applied to what is known: it makes the
//! person's sockets read again, so that no order in which changes arrive leaves anything wrong behind.

use std::collections::HashSet;

use protocol::AccountId;

/// What is known of a person's blocks and follows. Read when it is needed for the first time.
#[derive(Default)]
pub(super) struct Relations {
    known: Option<Known>,
    /// Grows with each change: what was read before the latest one does not count.
    revision: u64,
    /// Grows whenever other people are hidden than before.
    hidden_revision: u64,
    /// The people with whom something has changed since they were read.
    unsettled: HashSet<AccountId>,
}

struct Known {
    hidden: HashSet<AccountId>,
    followed: HashSet<AccountId>,
}

/// Whether something may be heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict<T> {
    Visible(T),
    Hidden,
    /// They are not read yet, or a change is not.
    Uncertain,
}

impl Relations {
    /// The number under which the next reading is taken, as long as nothing changes meanwhile.
    pub(super) const fn revision(&self) -> u64 {
        self.revision
    }

    /// A number that is another one as soon as other people are hidden.
    pub(super) const fn hidden_revision(&self) -> u64 {
        self.hidden_revision
    }

    /// Whether nothing has to be read.
    pub(super) fn are_settled(&self) -> bool {
        self.known.is_some() && self.unsettled.is_empty()
    }

    /// Notes a change, and says whether it is the first since the last reading.
    pub(super) fn unsettle(&mut self, person: AccountId) -> bool {
        self.revision += 1;
        let is_first = self.unsettled.is_empty();
        self.unsettled.insert(person);
        is_first
    }

    /// Takes what was read since `revision`, and says whether that still counts; if not, it has to be read again.
    pub(super) fn settle(&mut self, revision: u64, hidden: Vec<AccountId>, followed: Vec<AccountId>) -> bool {
        if revision != self.revision {
            return false;
        }
        let hidden: HashSet<AccountId> = hidden.into_iter().collect();
        let have_changed = match &self.known {
            Some(known) => known.hidden != hidden,
            // What is on the screen was read before the change or after it.
            None => !self.unsettled.is_empty(),
        };
        self.hidden_revision += u64::from(have_changed);
        self.known = Some(Known { hidden, followed: followed.into_iter().collect() });
        self.unsettled.clear();
        true
    }

    /// Whether nobody is hidden, for certain.
    pub(super) fn hide_nobody(&self) -> bool {
        self.unsettled.is_empty() && self.known.as_ref().is_some_and(|known| known.hidden.is_empty())
    }

    pub(super) fn hide(&self, person: AccountId) -> bool {
        self.known.as_ref().is_none_or(|known| known.hidden.contains(&person))
    }

    pub(super) fn follow(&self, person: AccountId) -> bool {
        self.known.as_ref().is_some_and(|known| known.followed.contains(&person))
    }

    pub(super) fn are_uncertain_about(&self, person: AccountId) -> bool {
        self.known.is_none() || self.unsettled.contains(&person)
    }
}
