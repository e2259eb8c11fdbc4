use std::collections::{BTreeMap, BTreeSet};

use protocol::{
    AccountId, Timestamp,
    account::PersonView,
    call::{CallRole, CallState, Devices, HostAction, RoomId},
};
use uuid::Uuid;

use super::{
    super::rooms::{Entrance, Rooms, Settings},
    state,
};

const ANA: u128 = 1;
const BEN: u128 = 2;
const CID: u128 = 3;

fn person(number: u128) -> AccountId {
    Uuid::from_u128(number).into()
}

fn room() -> RoomId {
    RoomId::from_random(&[7; 21]).expect("a room")
}

fn people(numbers: &[u128]) -> BTreeMap<AccountId, PersonView> {
    let view = |number: &u128| PersonView {
        id: person(*number),
        username: format!("person{number}"),
        first_name: String::new(),
        last_name: String::new(),
        picture: None,
    };
    numbers.iter().map(|number| (person(*number), view(number))).collect()
}

/// Ana's call with Ben in it and Cid in the lobby.
fn rooms() -> Rooms {
    let mut rooms = Rooms::new(10);
    let settings = Settings {
        host: person(ANA),
        co_hosts: BTreeSet::new(),
        removed: BTreeSet::new(),
        is_locked: false,
        has_lobby: false,
    };
    let now = Timestamp::from_micros(1);
    for (number, socket) in [(ANA, 1), (BEN, 2), (CID, 3)] {
        if number == CID {
            let lobby = HostAction::SetLobby(true);
            rooms.act(room(), person(ANA), lobby, &BTreeSet::new(), now).expect("a lobby");
        }
        let (tab, devices) = (Uuid::from_u128(number), Devices::default());
        let entrance = Entrance { person: person(number), tab, socket, devices };
        rooms.join(room(), settings.clone(), entrance, &BTreeSet::new(), now);
    }
    rooms
}

fn told(rooms: &Rooms, seen: &[u128], reader: u128) -> CallState {
    state(rooms.get(room()).expect("a room"), "Choir", &people(seen), person(reader))
}

#[test]
fn hosts_are_told_who_waits_and_guests_are_not() {
    let rooms = rooms();
    let names = |state: CallState| state.waiting.into_iter().map(|one| one.username).collect::<Vec<_>>();
    assert_eq!(names(told(&rooms, &[ANA, BEN, CID], ANA)), ["person3"]);
    assert_eq!(names(told(&rooms, &[ANA, BEN, CID], BEN)), [""; 0]);
}

#[test]
fn everybody_is_told_who_is_in_with_what_they_do() {
    let mut rooms = rooms();
    rooms.raise_hand(room(), person(BEN), true, Timestamp::from_micros(2));
    rooms.lose(1, Timestamp::from_micros(3));
    let state = told(&rooms, &[ANA, BEN, CID], BEN);
    let found: Vec<_> = (state.participants.iter())
        .map(|one| (one.person.id, one.role, one.hand, one.is_reconnecting))
        .collect();
    let ana = (person(ANA), CallRole::Host, None, true);
    assert_eq!(found, [ana, (person(BEN), CallRole::Guest, Some(1), false)]);
    assert_eq!((state.room, state.title.as_str(), state.has_lobby), (room(), "Choir", true));
}

#[test]
fn nobody_is_named_whom_the_reader_may_not_see() {
    let state = told(&rooms(), &[ANA], ANA);
    let found: Vec<_> = state.participants.iter().map(|one| one.person.id).collect();
    assert_eq!(found, [person(ANA)]);
    assert_eq!(state.waiting, []);
}
