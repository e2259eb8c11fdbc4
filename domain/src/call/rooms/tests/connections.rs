use super::*;
use protocol::call::GRACE_SECONDS;

fn is_reconnecting(rooms: &Rooms, index: usize) -> bool {
    rooms.get(room()).expect("a room").participants()[index].lost_at.is_some()
}

#[test]
fn whoever_loses_the_socket_stays_for_the_time_of_grace() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    rooms.lose(2, at(10));
    assert!(is_reconnecting(&rooms, 1) && !is_reconnecting(&rooms, 0));
    let end = 10 + i64::from(GRACE_SECONDS);
    assert_eq!(rooms.tick(at(end - 1)), []);
    assert_eq!(rooms.tick(at(end)), [member(BEN, BEN)]);
    assert_eq!(people(&rooms), [person(ANA)]);
}

#[test]
fn a_tab_that_comes_back_goes_on_and_its_old_socket_counts_for_nothing() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    rooms.raise_hand(room(), person(BEN), true, at(1));
    let again = Entrance { socket: 22, ..entrance(BEN) };
    assert_eq!(rooms.join(room(), settings(), again, &no_one(), at(2)), joined());
    rooms.lose(2, at(3));
    assert!(!is_reconnecting(&rooms, 1), "the old socket ended after the new one came");
    assert_eq!(rooms.tick(at(1_000)), []);
    assert_eq!(rooms.get(room()).expect("a room").participants()[1].hand, Some(1));
}

#[test]
fn losing_a_socket_twice_does_not_extend_the_time_of_grace() {
    let mut rooms = rooms_with(&[ANA, BEN]);
    rooms.lose(2, at(0));
    rooms.lose(2, at(20));
    assert_eq!(rooms.tick(at(i64::from(GRACE_SECONDS))), [member(BEN, BEN)]);
}

#[test]
fn a_session_that_ends_takes_its_tabs_out_at_once() {
    let mut rooms = rooms_with(&[ANA, BEN, CID]);
    assert_eq!(rooms.end_socket(2, at(1)), [member(BEN, BEN)]);
    assert_eq!(people(&rooms), [person(ANA), person(CID)]);
    assert_eq!(rooms.end_socket(2, at(1)), []);
}
