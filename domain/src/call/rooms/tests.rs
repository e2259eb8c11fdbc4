//! Who is in a call after what, without storage: four people, one room, and a time that stands still.

use std::collections::BTreeSet;

use protocol::{
    AccountId, Timestamp,
    call::{Devices, HostAction, LeaveReason, RoomId},
};
use uuid::Uuid;

use super::{Admission, Consequence, Entrance, Member, NotAllowed, Rooms, Settings};

mod blocks;
mod connections;
mod hosts;
mod joining;

const ANA: u128 = 1;
const BEN: u128 = 2;
const CID: u128 = 3;

fn person(number: u128) -> AccountId {
    Uuid::from_u128(number).into()
}

fn room() -> RoomId {
    RoomId::from_random(&[7; 21]).expect("a room")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(0).plus_seconds(seconds)
}

/// A call of Ana's.
fn settings() -> Settings {
    Settings {
        host: person(ANA),
        co_hosts: BTreeSet::new(),
        removed: BTreeSet::new(),
        is_locked: false,
        has_lobby: false,
    }
}

fn member(number: u128, tab: u128) -> Member {
    Member { room: room(), person: person(number), tab: Uuid::from_u128(tab) }
}

/// Each person's first tab has their number, and so has its live socket.
fn entrance(number: u128) -> Entrance {
    let socket = u64::try_from(number).expect("a small number");
    let devices = Devices { microphone: true, camera: true, screen: false };
    Entrance { person: person(number), tab: Uuid::from_u128(number), socket, devices }
}

fn no_one() -> BTreeSet<AccountId> {
    BTreeSet::new()
}

fn join(rooms: &mut Rooms, number: u128) -> Admission {
    rooms.join(room(), settings(), entrance(number), &no_one(), at(0))
}

fn act(rooms: &mut Rooms, actor: u128, action: HostAction) -> Result<Vec<Consequence>, NotAllowed> {
    rooms.act(room(), person(actor), action, &no_one(), at(1))
}

/// A call with these people in it.
fn rooms_with(people: &[u128]) -> Rooms {
    let mut rooms = Rooms::new(10);
    for number in people {
        assert_eq!(join(&mut rooms, *number), joined());
    }
    rooms
}

const fn joined() -> Admission {
    Admission::Joined { replaced: None, turned_away: Vec::new() }
}

const fn refused(reason: LeaveReason) -> Admission {
    Admission::Refused(reason)
}

fn people(rooms: &Rooms) -> Vec<AccountId> {
    let found = rooms.get(room()).map_or(&[][..], |room| room.participants());
    found.iter().map(|participant| participant.person).collect()
}

fn waiting(rooms: &Rooms) -> Vec<AccountId> {
    let found = rooms.get(room()).map_or(&[][..], |room| room.waiting());
    found.iter().map(|participant| participant.person).collect()
}
