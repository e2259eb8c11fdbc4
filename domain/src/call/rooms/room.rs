//! One call: who is in it and who waits.

use std::collections::BTreeSet;

use protocol::{
    AccountId, Timestamp,
    call::{CallRole, Devices, RoomId},
};
use uuid::Uuid;

use super::{Entrance, Member};

/// What is stored of a call and decides who may join.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub host: AccountId,
    pub co_hosts: BTreeSet<AccountId>,
    pub removed: BTreeSet<AccountId>,
    pub is_locked: bool,
    pub has_lobby: bool,
}

/// Somebody in a call, or in its lobby.
#[derive(Debug, Clone)]
pub(crate) struct Participant {
    pub person: AccountId,
    pub tab: Uuid,
    pub socket: u64,
    pub devices: Devices,
    /// The place of their raised hand among all that were raised.
    pub hand: Option<u32>,
    /// When they lost their live socket.
    pub lost_at: Option<Timestamp>,
}

impl Participant {
    pub(crate) const fn member(&self, room: RoomId) -> Member {
        Member { room, person: self.person, tab: self.tab }
    }
}

impl From<Entrance> for Participant {
    fn from(Entrance { person, tab, socket, devices }: Entrance) -> Self {
        Self { person, tab, socket, devices, hand: None, lost_at: None }
    }
}

/// A call that somebody is in.
#[derive(Debug)]
pub(crate) struct Room {
    pub(super) id: RoomId,
    pub(super) settings: Settings,
    pub(super) participants: Vec<Participant>,
    pub(super) waiting: Vec<Participant>,
    revision: i64,
    hands: u32,
}

impl Room {
    pub(super) const fn new(id: RoomId, settings: Settings) -> Self {
        Self { id, settings, participants: Vec::new(), waiting: Vec::new(), revision: 0, hands: 0 }
    }

    pub(crate) const fn id(&self) -> RoomId {
        self.id
    }

    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Those who are in, in the order in which they joined.
    pub(crate) fn participants(&self) -> &[Participant] {
        &self.participants
    }

    /// Those in the lobby.
    pub(crate) fn waiting(&self) -> &[Participant] {
        &self.waiting
    }

    pub(crate) const fn revision(&self) -> i64 {
        self.revision
    }

    pub(crate) fn role(&self, person: AccountId) -> CallRole {
        if person == self.settings.host {
            CallRole::Host
        } else if self.settings.co_hosts.contains(&person) {
            CallRole::CoHost
        } else {
            CallRole::Guest
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.participants.is_empty() && self.waiting.is_empty()
    }

    /// Counts a change. The time is in it, so that a room that closes and opens again begins above what clients have seen.
    pub(super) fn touch(&mut self, now: Timestamp) {
        self.revision = self.revision.saturating_add(1).max(now.micros());
    }

    pub(super) fn set_devices(&mut self, member: Member, devices: Devices, now: Timestamp) -> bool {
        let mut everybody = self.participants.iter_mut().chain(&mut self.waiting);
        let Some(found) = everybody.find(|other| other.member(member.room) == member) else {
            return false;
        };
        if found.devices == devices {
            return false;
        }
        found.devices = devices;
        self.touch(now);
        true
    }

    pub(super) fn raise_hand(&mut self, person: AccountId, is_raised: bool, now: Timestamp) -> bool {
        let Some(found) = self.participants.iter_mut().find(|other| other.person == person) else {
            return false;
        };
        if found.hand.is_some() == is_raised {
            return false;
        }
        if is_raised {
            self.hands = self.hands.saturating_add(1);
        }
        found.hand = is_raised.then_some(self.hands);
        self.touch(now);
        true
    }

    pub(super) fn lose(&mut self, socket: u64, now: Timestamp) {
        let mut has_changed = false;
        for other in self.participants.iter_mut().chain(&mut self.waiting) {
            if other.socket == socket && other.lost_at.is_none() {
                other.lost_at = Some(now);
                has_changed = true;
            }
        }
        if has_changed {
            self.touch(now);
        }
    }

    pub(super) fn remove(&mut self, now: Timestamp, is_out: impl Fn(&Participant) -> bool) -> Vec<Member> {
        let id = self.id;
        let out: Vec<Member> = (self.participants.extract_if(.., |other| is_out(other)))
            .chain(self.waiting.extract_if(.., |other| is_out(other)))
            .map(|other| other.member(id))
            .collect();
        if !out.is_empty() {
            self.touch(now);
        }
        out
    }

    pub(super) fn separate(&mut self, blocker: AccountId, blocked: AccountId, now: Timestamp) -> Vec<Member> {
        let is_in = |person| self.participants.iter().any(|other| other.person == person);
        let out = match (is_in(blocker), is_in(blocked)) {
            (true, _) => blocked,
            (false, true) => blocker,
            (false, false) => return Vec::new(),
        };
        self.remove(now, |other| other.person == out)
    }
}
