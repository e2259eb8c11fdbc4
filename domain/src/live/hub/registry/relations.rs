//! Whom the person of a socket may hear of, as it was read from the database. A change is not applied to what is known: it
//! makes the socket read again, so that no order in which changes arrive leaves anything wrong behind.

use std::collections::HashSet;

use protocol::{AccountId, account::PersonView};

use super::super::super::Event;

/// What is known of a person's blocks and follows.
#[derive(Default)]
pub(in crate::live) struct Relations {
    /// None until they were read for the first time.
    known: Option<Known>,
    /// Grows with each change: what was read before the latest one does not count.
    revision: u64,
    /// The people with whom something has changed since they were read.
    unsettled: HashSet<AccountId>,
}

struct Known {
    hidden: HashSet<AccountId>,
    followed: HashSet<AccountId>,
}

/// Whether an event may be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::live) enum Verdict {
    Visible,
    Hidden,
    /// A change has not been read yet.
    Uncertain,
}

impl Relations {
    /// Whether they were read at all.
    pub(in crate::live) const fn are_known(&self) -> bool {
        self.known.is_some()
    }

    /// The number under which the next reading is taken, as long as nothing changes meanwhile.
    pub(in crate::live) const fn revision(&self) -> u64 {
        self.revision
    }

    /// Notes a change, and says whether it is the first since the last reading.
    pub(super) fn unsettle(&mut self, person: AccountId) -> bool {
        self.revision += 1;
        let is_first = self.unsettled.is_empty();
        self.unsettled.insert(person);
        is_first && self.are_known()
    }

    /// Takes what was read since `revision`, and says whether other people are hidden now; none when it has to be read again.
    pub(in crate::live) fn settle(
        &mut self,
        revision: u64,
        hidden: Vec<AccountId>,
        followed: Vec<AccountId>,
    ) -> Option<bool> {
        if revision != self.revision {
            return None;
        }
        let hidden: HashSet<AccountId> = hidden.into_iter().collect();
        let has_changed = self.known.as_ref().is_some_and(|known| known.hidden != hidden);
        self.known = Some(Known { hidden, followed: followed.into_iter().collect() });
        self.unsettled.clear();
        Some(has_changed)
    }

    /// Whether nobody is hidden, for certain.
    pub(in crate::live) fn hide_nobody(&self) -> bool {
        self.unsettled.is_empty() && self.known.as_ref().is_some_and(|known| known.hidden.is_empty())
    }

    pub(super) fn hide(&self, person: AccountId) -> bool {
        self.known.as_ref().is_none_or(|known| known.hidden.contains(&person))
    }

    pub(super) fn follow(&self, person: AccountId) -> bool {
        self.known.as_ref().is_some_and(|known| known.followed.contains(&person))
    }

    pub(in crate::live) fn verdict(&self, event: &Event) -> Verdict {
        let (by, named) = people(event);
        if by.iter().chain(&named).any(|person| self.unsettled.contains(person)) {
            Verdict::Uncertain
        } else if by.iter().any(|person| self.hide(*person)) {
            Verdict::Hidden
        } else {
            Verdict::Visible
        }
    }
}

/// Whom one must be able to see in order to hear of an event, and whom it names besides.
fn people(event: &Event) -> (Vec<AccountId>, Vec<AccountId>) {
    match event {
        Event::Published { author, .. }
        | Event::Counted { author, .. }
        | Event::Edited { author, .. }
        | Event::Removed { author, .. } => (vec![*author], Vec::new()),
        Event::Commented { comment, by, mentioned } => {
            let named = comment.answers.iter().chain(mentioned).map(|person: &PersonView| person.id);
            (by.clone(), named.collect())
        }
        Event::Uncommented { by, .. } => (by.clone(), Vec::new()),
        Event::Message { between, .. } => (between.to_vec(), Vec::new()),
        Event::Read { .. } | Event::RelationsChanged { .. } | Event::SignedOut { .. } => Default::default(),
    }
}
