use protocol::{AccountId, Timestamp, call::RoomId};
use uuid::Uuid;

use super::{NoRing, RING_SECONDS, Ring, Rings};

const ANA: u128 = 1;
const BEN: u128 = 2;
const CID: u128 = 3;

fn person(number: u128) -> AccountId {
    Uuid::from_u128(number).into()
}

fn room(letter: u8) -> RoomId {
    RoomId::from_random(&[letter; 21]).expect("a room")
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(0).plus_seconds(seconds)
}

fn ring(caller: u128, callee: u128) -> Ring {
    Ring { room: room(1), caller: person(caller), callee: person(callee), began_at: at(0) }
}

#[test]
fn one_call_rings_at_a_person_at_a_time() {
    let mut rings = Rings::new(10);
    assert_eq!(rings.begin(ring(ANA, BEN)), Ok(()));
    assert_eq!(rings.begin(ring(CID, BEN)), Err(NoRing::Busy));
    assert_eq!(rings.begin(Ring { room: room(2), ..ring(ANA, BEN) }), Err(NoRing::Busy));
    assert_eq!(rings.at(person(BEN)), Some(ring(ANA, BEN)));
    assert_eq!(rings.at(person(ANA)), None);
}

#[test]
fn calling_again_does_not_make_it_ring_longer() {
    let mut rings = Rings::new(10);
    rings.begin(ring(ANA, BEN)).expect("a ring");
    let again = Ring { began_at: at(40), ..ring(ANA, BEN) };
    assert_eq!(rings.begin(again), Ok(()));
    let end = i64::from(RING_SECONDS);
    assert_eq!(rings.tick(at(end - 1)), []);
    assert_eq!(rings.tick(at(end)), [ring(ANA, BEN)]);
    assert_eq!(rings.tick(at(end)), [], "it ends once");
}

#[test]
fn an_answer_ends_it_once_and_only_for_whom_it_rings() {
    let mut rings = Rings::new(10);
    rings.begin(ring(ANA, BEN)).expect("a ring");
    rings.begin(ring(ANA, CID)).expect("a ring");
    assert_eq!(rings.end(room(2), person(BEN)), None, "another room");
    assert_eq!(rings.end(room(1), person(ANA)), None, "the caller is not called");
    assert_eq!(rings.end(room(1), person(BEN)), Some(ring(ANA, BEN)));
    assert_eq!(rings.end(room(1), person(BEN)), None, "the second device comes too late");
    assert_eq!(rings.at(person(CID)), Some(ring(ANA, CID)));
}

#[test]
fn who_takes_it_back_ends_all_that_rings_from_that_room() {
    let mut rings = Rings::new(10);
    for number in [BEN, CID] {
        rings.begin(ring(ANA, number)).expect("a ring");
    }
    assert_eq!(rings.cancel(room(2), person(ANA)), []);
    assert_eq!(rings.cancel(room(1), person(BEN)), []);
    assert_eq!(rings.cancel(room(1), person(ANA)), [ring(ANA, BEN), ring(ANA, CID)]);
    assert_eq!(rings.at(person(BEN)), None);
}

#[test]
fn a_block_ends_what_rings_between_the_two_whoever_blocked() {
    for (one, other) in [(ANA, BEN), (BEN, ANA)] {
        let mut rings = Rings::new(10);
        rings.begin(ring(ANA, BEN)).expect("a ring");
        rings.begin(ring(ANA, CID)).expect("a ring");
        assert_eq!(rings.separate(person(one), person(other)), [ring(ANA, BEN)]);
        assert_eq!(rings.at(person(CID)), Some(ring(ANA, CID)));
    }
}

#[test]
fn no_more_calls_ring_than_there_may_be() {
    let mut rings = Rings::new(1);
    rings.begin(ring(ANA, BEN)).expect("a ring");
    assert_eq!(rings.begin(ring(ANA, CID)), Err(NoRing::TooMany));
    assert_eq!(rings.begin(ring(ANA, BEN)), Ok(()), "it rings already");
    rings.cancel(room(1), person(ANA));
    assert_eq!(rings.begin(ring(ANA, CID)), Ok(()));
}
