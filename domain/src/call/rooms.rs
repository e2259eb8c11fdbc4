//! Who is in which call, in memory, once per process. It reads no storage and no clock, and sends nothing: each method answers
//! what follows, and the use cases carry it out.

use std::collections::{BTreeMap, BTreeSet};

use protocol::{
    AccountId, Problem, Timestamp,
    call::{Devices, GRACE_SECONDS, HostAction, LeaveReason, RoomId},
};
use uuid::Uuid;

use super::media_server::Member;

mod admission;
mod host_action;
mod room;
#[cfg(test)]
mod tests;

pub(crate) use admission::Admission;
pub(crate) use host_action::{Consequence, NotAllowed};
pub(crate) use room::{Participant, Room, Settings};

/// Participants of one call.
pub(crate) const MAX_PARTICIPANTS: usize = 16;
/// People who wait in the lobby of one call.
pub(crate) const MAX_WAITING: usize = 16;

/// Somebody who asks to join.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entrance {
    pub person: AccountId,
    pub tab: Uuid,
    /// The live socket that asks. A tab that comes back has another one.
    pub socket: u64,
    pub devices: Devices,
}

/// All calls that somebody is in.
#[derive(Debug)]
pub(crate) struct Rooms {
    open: BTreeMap<RoomId, Room>,
    max_rooms: usize,
}

impl Rooms {
    pub(crate) const fn new(max_rooms: usize) -> Self {
        Self { open: BTreeMap::new(), max_rooms }
    }

    pub(crate) fn get(&self, room: RoomId) -> Option<&Room> {
        self.open.get(&room)
    }

    /// Lets somebody in. `settings` are what is stored; they count for the first who joins, later ones find what is in memory.
    /// `hidden` are the people with a block between them and this person. They have to be read again after this, because a
    /// block may come between reading and joining; [`Self::separate`] then takes one of the two out.
    pub(crate) fn join(
        &mut self,
        id: RoomId,
        settings: Settings,
        entrance: Entrance,
        hidden: &BTreeSet<AccountId>,
        now: Timestamp,
    ) -> Admission {
        if let Some(room) = self.open.get_mut(&id) {
            return room.join(entrance, hidden, now);
        }
        if self.open.len() >= self.max_rooms {
            return Admission::Refused(LeaveReason::Problem(Problem::Unavailable));
        }
        let mut room = Room::new(id, settings);
        let admission = room.join(entrance, hidden, now);
        if !room.is_empty() {
            self.open.insert(id, room);
        }
        admission
    }

    /// Sets what a member sends; does nothing for a tab that has been replaced. Answers whether that changed anything.
    pub(crate) fn set_devices(&mut self, member: Member, devices: Devices, now: Timestamp) -> bool {
        self.open.get_mut(&member.room).is_some_and(|room| room.set_devices(member, devices, now))
    }

    /// Raises or lowers the hand of somebody. Answers whether that changed anything.
    pub(crate) fn raise_hand(
        &mut self,
        room: RoomId,
        person: AccountId,
        is_raised: bool,
        now: Timestamp,
    ) -> bool {
        self.open.get_mut(&room).is_some_and(|room| room.raise_hand(person, is_raised, now))
    }

    /// Carries out what a host or co-host wants. `hidden` are the people with a block between them and the one whom the action
    /// names.
    pub(crate) fn act(
        &mut self,
        room: RoomId,
        actor: AccountId,
        action: HostAction,
        hidden: &BTreeSet<AccountId>,
        now: Timestamp,
    ) -> Result<Vec<Consequence>, NotAllowed> {
        let consequences = self.open.get_mut(&room).ok_or(NotAllowed)?.act(actor, action, hidden, now)?;
        self.close_empty();
        Ok(consequences)
    }

    /// Takes a member out who leaves. Answers whether they were there with this tab.
    pub(crate) fn leave(&mut self, member: Member, now: Timestamp) -> bool {
        let has_left = !self.remove(now, |other| other.member(member.room) == member).is_empty();
        self.close_empty();
        has_left
    }

    /// Marks whoever is in a call by a live socket that is gone. A tab that has come back by another one is not affected.
    pub(crate) fn lose(&mut self, socket: u64, now: Timestamp) {
        for room in self.open.values_mut() {
            room.lose(socket, now);
        }
    }

    /// Takes out whoever is in a call by a live socket whose session has ended: for them there is no time of grace.
    pub(crate) fn end_socket(&mut self, socket: u64, now: Timestamp) -> Vec<Member> {
        self.remove(now, |participant| participant.socket == socket)
    }

    /// Takes out whoever has had no live socket for [`GRACE_SECONDS`].
    pub(crate) fn tick(&mut self, now: Timestamp) -> Vec<Member> {
        let is_over = |lost: Timestamp| now >= lost.plus_seconds(i64::from(GRACE_SECONDS));
        self.remove(now, |participant| participant.lost_at.is_some_and(is_over))
    }

    /// Parts two people after a block. Whoever blocked stays; the other one is out of each room that they share. In the lobby
    /// nobody is in yet, so somebody who waits is out, whoever blocked: else people could clear a room that they never entered.
    pub(crate) fn separate(&mut self, blocker: AccountId, blocked: AccountId, now: Timestamp) -> Vec<Member> {
        let mut out = Vec::new();
        for room in self.open.values_mut() {
            out.extend(room.separate(blocker, blocked, now));
        }
        self.close_empty();
        out
    }

    fn remove(&mut self, now: Timestamp, is_out: impl Fn(&Participant) -> bool) -> Vec<Member> {
        let mut out = Vec::new();
        for room in self.open.values_mut() {
            out.extend(room.remove(now, &is_out));
        }
        self.close_empty();
        out
    }

    /// Forgets rooms in which nobody is and nobody waits.
    fn close_empty(&mut self) {
        self.open.retain(|_, room| !room.is_empty());
    }
}
