use super::super::{MAX_PARTICIPANTS, MAX_WAITING};
use super::*;
use protocol::Problem;

#[test]
fn people_are_listed_in_the_order_in_which_they_joined() {
    let rooms = rooms_with(&[CID, ANA, BEN]);
    assert_eq!(people(&rooms), [person(CID), person(ANA), person(BEN)]);
}

#[test]
fn another_tab_replaces_the_first_one_whose_requests_change_nothing() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    let second = Entrance { tab: Uuid::from_u128(22), socket: 22, ..entrance(BEN) };
    let admission = rooms.join(room(), settings(), second, &no_one(), at(1));
    let replaced = Some(Uuid::from_u128(BEN));
    assert_eq!(admission, Admission::Joined { replaced, turned_away: Vec::new() });
    assert_eq!(people(&rooms), [person(ANA), person(BEN)]);
    assert!(!rooms.set_devices(member(BEN, BEN), Devices::default(), at(1)));
    assert!(!rooms.leave(member(BEN, BEN), at(1)), "the first tab is not in the call any more");
    let room = rooms.get(room()).expect("a room");
    assert!(room.participants()[1].devices.microphone);
    assert!(rooms.leave(member(BEN, 22), at(1)));
    assert_eq!(people(&rooms), [person(ANA)]);
}

#[test]
fn whoever_is_in_goes_on_although_the_call_was_locked() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    act(&mut rooms, ANA, HostAction::SetLocked(true)).expect("a lock");
    assert_eq!(join(&mut rooms, BEN), joined());
    assert_eq!(join(&mut rooms, CID), refused(LeaveReason::Locked));
}

#[test]
fn a_call_takes_sixteen_people_and_says_that_it_is_full() {
    let mut rooms = Rooms::new(10);
    for number in 1..=MAX_PARTICIPANTS as u128 {
        assert_eq!(join(&mut rooms, number), joined());
    }
    assert_eq!(join(&mut rooms, 99), refused(LeaveReason::Full));
    assert_eq!(join(&mut rooms, 5), joined(), "whoever is in goes on");
    assert_eq!(people(&rooms).len(), 16);
}

#[test]
fn guests_wait_in_the_lobby_and_the_host_does_not() {
    let lobby = Settings { has_lobby: true, ..settings() };
    let mut rooms = Rooms::new(10);
    let mut enter = |number| rooms.join(room(), lobby.clone(), entrance(number), &no_one(), at(0));
    assert_eq!(enter(BEN), Admission::Waiting { replaced: None });
    assert_eq!(enter(BEN), Admission::Waiting { replaced: None }, "asking again changes nothing");
    assert_eq!(enter(ANA), joined());
    for number in 0..MAX_WAITING as u128 - 1 {
        assert_eq!(enter(100 + number), Admission::Waiting { replaced: None });
    }
    assert_eq!(enter(99), refused(LeaveReason::Full));
    assert_eq!(people(&rooms), [person(ANA)]);
    assert_eq!(waiting(&rooms).len(), MAX_WAITING);
}

#[test]
fn somebody_who_waited_joins_once_the_lobby_is_closed() {
    let mut rooms = rooms_with(&[ANA]);
    act(&mut rooms, ANA, HostAction::SetLobby(true)).expect("a lobby");
    assert_eq!(join(&mut rooms, BEN), Admission::Waiting { replaced: None });
    act(&mut rooms, ANA, HostAction::SetLobby(false)).expect("no lobby");
    assert_eq!(join(&mut rooms, BEN), joined());
    assert_eq!((people(&rooms).len(), waiting(&rooms).len()), (2, 0));
}

#[test]
fn no_more_rooms_open_than_there_may_be_and_a_closed_one_makes_room() {
    let mut rooms = Rooms::new(1);
    assert_eq!(join(&mut rooms, ANA), joined());
    let other = RoomId::from_random(&[8; 21]).expect("a room");
    let enter = |rooms: &mut Rooms| rooms.join(other, settings(), entrance(BEN), &no_one(), at(0));
    assert_eq!(enter(&mut rooms), refused(LeaveReason::Problem(Problem::Unavailable)));
    assert!(rooms.leave(member(ANA, ANA), at(1)));
    assert!(rooms.get(room()).is_none(), "nobody is in it");
    assert_eq!(enter(&mut rooms), joined());
}

#[test]
fn a_room_that_opens_again_has_a_greater_revision_than_before() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    let before = rooms.get(room()).expect("a room").revision();
    assert!(rooms.leave(member(BEN, BEN), at(1)) && rooms.leave(member(ANA, ANA), at(1)));
    rooms.join(room(), settings(), entrance(ANA), &no_one(), at(2));
    assert!(rooms.get(room()).expect("a room").revision() > before);
}

#[test]
fn hands_are_numbered_in_the_order_in_which_they_were_raised() {
    let mut rooms = rooms_with(&[ANA, BEN, CID]);
    let raise = |rooms: &mut Rooms, number, is_up| rooms.raise_hand(room(), person(number), is_up, at(1));
    assert!(raise(&mut rooms, CID, true) && raise(&mut rooms, ANA, true));
    assert!(!raise(&mut rooms, CID, true), "it is up already");
    assert!(raise(&mut rooms, CID, false) && raise(&mut rooms, CID, true));
    let room = rooms.get(room()).expect("a room");
    let hands: Vec<_> = room.participants().iter().map(|one| one.hand).collect();
    assert_eq!(hands, [Some(2), None, Some(3)]);
    assert!(!raise(&mut rooms, 99, true), "somebody who is not in the call");
}

#[test]
fn other_devices_are_a_change_and_the_same_ones_are_none() {
    let mut rooms = rooms_with(&[ANA]);
    let before = rooms.get(room()).expect("a room").revision();
    assert!(!rooms.set_devices(member(ANA, ANA), entrance(ANA).devices, at(1)));
    assert_eq!(rooms.get(room()).expect("a room").revision(), before);
    let screen = Devices { screen: true, ..entrance(ANA).devices };
    assert!(rooms.set_devices(member(ANA, ANA), screen, at(1)));
    let room = rooms.get(room()).expect("a room");
    assert_eq!(room.participants()[0].devices, screen);
    assert!(room.revision() > before);
}
