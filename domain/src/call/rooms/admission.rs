//! Who gets into a call.

use std::collections::BTreeSet;

use protocol::{AccountId, Timestamp, call::LeaveReason};
use uuid::Uuid;

use super::{Entrance, MAX_PARTICIPANTS, MAX_WAITING, Member, Participant, Room};

/// The answer to somebody who asks to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Admission {
    Joined {
        /// The tab that they were in the call with before.
        replaced: Option<Uuid>,
        /// People in the lobby whom this host or co-host should not meet. They are out.
        turned_away: Vec<Member>,
    },
    Waiting {
        /// The tab that they waited with before.
        replaced: Option<Uuid>,
    },
    Refused(LeaveReason),
}

impl Room {
    /// The block rule comes first: whoever is hidden must not learn whether the room is locked, full or has a lobby.
    pub(super) fn join(
        &mut self,
        entrance: Entrance,
        hidden: &BTreeSet<AccountId>,
        now: Timestamp,
    ) -> Admission {
        let person = entrance.person;
        if self.participants.iter().any(|other| hidden.contains(&other.person)) {
            return Admission::Refused(LeaveReason::NotAvailable);
        }
        if self.settings.removed.contains(&person) {
            return Admission::Refused(LeaveReason::Removed);
        }
        if let Some(present) = self.participants.iter_mut().find(|other| other.person == person) {
            let replaced = replace(present, entrance);
            self.touch(now);
            return Admission::Joined { replaced, turned_away: Vec::new() };
        }
        let is_host = self.role(person).is_host();
        if !is_host && self.settings.is_locked {
            return Admission::Refused(LeaveReason::Locked);
        }
        if !is_host && self.settings.has_lobby {
            return self.wait(entrance, now);
        }
        if self.participants.len() >= MAX_PARTICIPANTS {
            return Admission::Refused(LeaveReason::Full);
        }
        // Somebody who waited while the lobby was closed comes in by joining again.
        let waited = self.waiting.iter().position(|other| other.person == person);
        let replaced = waited.map(|index| self.waiting.remove(index).tab).filter(|tab| *tab != entrance.tab);
        self.participants.push(entrance.into());
        self.touch(now);
        let turned_away = if is_host { self.turn_away(hidden) } else { Vec::new() };
        Admission::Joined { replaced, turned_away }
    }

    fn wait(&mut self, entrance: Entrance, now: Timestamp) -> Admission {
        if let Some(present) = self.waiting.iter_mut().find(|other| other.person == entrance.person) {
            return Admission::Waiting { replaced: replace(present, entrance) };
        }
        if self.waiting.len() >= MAX_WAITING {
            return Admission::Refused(LeaveReason::Full);
        }
        self.waiting.push(entrance.into());
        self.touch(now);
        Admission::Waiting { replaced: None }
    }

    /// Takes people out of the lobby whom a host or co-host would see there and must not.
    pub(super) fn turn_away(&mut self, hidden: &BTreeSet<AccountId>) -> Vec<Member> {
        let id = self.id;
        let out = self.waiting.extract_if(.., |other| hidden.contains(&other.person));
        out.map(|other| other.member(id)).collect()
    }
}

/// Puts somebody who is there already into another tab, or onto another socket. Answers the tab before when it was another one.
fn replace(present: &mut Participant, entrance: Entrance) -> Option<Uuid> {
    let before = present.tab;
    let hand = present.hand;
    *present = Participant { hand, ..entrance.into() };
    (before != entrance.tab).then_some(before)
}
