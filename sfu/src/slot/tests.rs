use std::time::{Duration, Instant};

use super::{Line, RAISE_AFTER, Slot};
use crate::testing::start;
use crate::timeline::Position;
use crate::vp8::Vp8;

const SMALL: usize = 0;
const LARGE: usize = 1;
const FRAME: Duration = Duration::from_millis(40);

fn slot() -> Slot {
    let line = |mid: &str| Line { mid: mid.into(), ssrc: 1.into(), payload_type: 96.into() };
    Slot::new(line("a"), line("v"))
}

fn vp8(keyframe: bool) -> Vp8 {
    Vp8::parse(&[0x10, u8::from(!keyframe), 0, 0, 0x9d, 0x01, 0x2a, 0, 5, 0xd0, 2, 0]).unwrap()
}

/// The outgoing number and time of a packet that is a frame of its own.
fn forward(slot: &mut Slot, layer: usize, seq: u64, keyframe: bool, now: Instant) -> Option<(u64, u32)> {
    let incoming = Position { seq, time: seq as u32 * 3_600 };
    slot.forward_video(layer, incoming, Some(&vp8(keyframe)), now).map(|(at, _)| (at.seq, at.time))
}

#[test]
fn a_picture_begins_with_a_keyframe() {
    let (mut slot, now) = (slot(), start());
    slot.aim(SMALL, true, false, now);
    assert_eq!(forward(&mut slot, SMALL, 70, false, now), None);
    assert_eq!(slot.awaits_keyframe(), Some(SMALL));
    assert_eq!(forward(&mut slot, SMALL, 71, true, now), Some((1, 0)));
    assert_eq!(slot.awaits_keyframe(), None);
}

#[test]
fn the_old_layer_goes_on_until_the_keyframe_of_the_new_one() {
    let (mut slot, now) = (slot(), start());
    slot.aim(LARGE, true, false, now);
    forward(&mut slot, LARGE, 500, true, now);
    slot.aim(SMALL, false, false, now);
    assert_eq!(forward(&mut slot, LARGE, 501, false, now + FRAME), Some((2, 3_600)));
    assert_eq!(forward(&mut slot, SMALL, 9, false, now + FRAME), None);
    assert_eq!(forward(&mut slot, SMALL, 10, true, now + 2 * FRAME), Some((3, 7_200)));
    assert_eq!(forward(&mut slot, LARGE, 502, false, now + 2 * FRAME), None);
    assert_eq!(forward(&mut slot, SMALL, 11, false, now + 3 * FRAME), Some((4, 10_800)));
}

#[test]
fn a_larger_layer_is_taken_when_it_has_been_possible_for_some_time() {
    let (mut slot, now) = (slot(), start());
    slot.aim(SMALL, true, false, now);
    slot.aim(LARGE, true, false, now);
    slot.aim(LARGE, true, false, now + RAISE_AFTER - Duration::from_millis(1));
    assert_eq!(slot.target(), Some(SMALL));
    slot.aim(LARGE, true, false, now + RAISE_AFTER);
    assert_eq!(slot.target(), Some(LARGE));
}

#[test]
fn the_wait_for_a_larger_layer_begins_anew_when_it_was_not_possible_once() {
    let (mut slot, now) = (slot(), start());
    slot.aim(SMALL, true, false, now);
    slot.aim(LARGE, true, false, now);
    slot.hold();
    slot.aim(LARGE, true, false, now + RAISE_AFTER);
    assert_eq!(slot.target(), Some(SMALL));
}

#[test]
fn a_smaller_layer_and_a_grown_tile_do_not_wait() {
    let (mut slot, now) = (slot(), start());
    slot.aim(SMALL, true, false, now);
    slot.aim(LARGE, true, true, now);
    assert_eq!(slot.target(), Some(LARGE));
    slot.aim(SMALL, false, false, now);
    assert_eq!(slot.target(), Some(SMALL));
}

#[test]
fn the_streams_go_on_when_somebody_else_sits_down() {
    let (mut slot, now) = (slot(), start());
    slot.forward_audio(Position { seq: 40_000, time: 960 }, now);
    slot.aim(SMALL, true, false, now);
    forward(&mut slot, SMALL, 70, true, now);
    slot.reseat(None);
    let later = now + 10 * FRAME;
    assert_eq!(
        slot.forward_audio(Position { seq: 3, time: 7 }, later),
        Some(Position { seq: 2, time: 19_200 })
    );
    slot.aim(SMALL, true, false, later);
    assert_eq!(forward(&mut slot, SMALL, 9, true, later), Some((2, 36_000)));
}

#[test]
fn packets_that_are_numbered_anew_begin_with_a_keyframe() {
    let (mut slot, now) = (slot(), start());
    slot.aim(SMALL, true, false, now);
    forward(&mut slot, SMALL, 70, true, now);
    slot.renumbered(SMALL);
    assert_eq!(forward(&mut slot, SMALL, 5, false, now), None);
    assert_eq!(forward(&mut slot, SMALL, 6, true, now + FRAME), Some((2, 3_600)));
}
