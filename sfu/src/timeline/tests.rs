use std::time::{Duration, Instant};

use super::{Position, Timeline};
use crate::testing::start;

const FRAME: Duration = Duration::from_millis(40);

fn at(seq: u64, time: u32) -> Position {
    Position { seq, time }
}

fn video() -> (Timeline, Instant) {
    (Timeline::new(90_000), start())
}

#[test]
fn numbers_start_below_the_first_rollover() {
    let (mut timeline, now) = video();
    timeline.start(at(900_000, 5), now);
    assert_eq!(timeline.map(at(900_000, 5), now), Some(at(1, 0)));
}

#[test]
fn a_switch_continues_numbers_and_time() {
    let (mut timeline, now) = video();
    timeline.start(at(100, 7_000), now);
    timeline.map(at(100, 7_000), now);
    timeline.map(at(101, 10_600), now + FRAME);
    timeline.start(at(60_000, 4_000_000_000), now + 2 * FRAME);
    assert_eq!(timeline.map(at(60_000, 4_000_000_000), now + 2 * FRAME), Some(at(3, 7_200)));
    assert_eq!(timeline.map(at(60_001, 4_000_003_600), now + 3 * FRAME), Some(at(4, 10_800)));
}

#[test]
fn time_advances_even_when_two_pieces_meet_at_one_instant() {
    let (mut timeline, now) = video();
    timeline.start(at(100, 7_000), now);
    timeline.map(at(100, 7_000), now);
    timeline.start(at(5, 50), now);
    assert_eq!(timeline.map(at(5, 50), now), Some(at(2, 1)));
}

#[test]
fn what_is_older_than_a_switch_is_not_forwarded() {
    let (mut timeline, now) = video();
    timeline.start(at(100, 7_000), now);
    assert_eq!(timeline.map(at(99, 3_400), now), None);
}

#[test]
fn a_gap_stays_a_gap_and_is_filled_in_place() {
    let (mut timeline, now) = video();
    timeline.start(at(100, 0), now);
    timeline.map(at(100, 0), now);
    assert_eq!(timeline.map(at(102, 3_600), now), Some(at(3, 3_600)));
    assert_eq!(timeline.map(at(101, 0), now), Some(at(2, 0)));
}

#[test]
fn a_packet_is_forwarded_once() {
    let (mut timeline, now) = video();
    timeline.start(at(100, 0), now);
    assert!(timeline.map(at(100, 0), now).is_some());
    assert_eq!(timeline.map(at(100, 0), now), None);
}

#[test]
fn nothing_is_forwarded_after_a_stop() {
    let (mut timeline, now) = video();
    timeline.start(at(100, 0), now);
    timeline.map(at(100, 0), now);
    timeline.stop();
    assert!(!timeline.is_running());
    assert_eq!(timeline.map(at(101, 0), now), None);
}

#[test]
fn timestamps_wrap_with_the_sender() {
    let (mut timeline, now) = video();
    timeline.start(at(1, u32::MAX - 1_000), now);
    timeline.map(at(1, u32::MAX - 1_000), now);
    assert_eq!(timeline.map(at(2, 2_599), now), Some(at(2, 3_600)));
}
