use super::{Hand, Point, Room, Wish};

/// A picture as wide as its stage, and half as high.
const ROOM: Room = Room { picture: Point { x: 400.0, y: 300.0 }, stage: Point { x: 400.0, y: 600.0 } };

const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// One finger goes from the middle to there.
fn swipe(hand: &mut Hand, to: Point) -> Option<Wish> {
    hand.press(1, at(0.0, 0.0), false);
    hand.drag(1, at(to.x / 2.0, to.y / 2.0));
    hand.drag(1, to);
    hand.lift(1, 0.0, ROOM)
}

fn tap(hand: &mut Hand, there: Point, time_ms: f64) -> Option<Wish> {
    hand.press(1, there, false);
    hand.lift(1, time_ms, ROOM)
}

#[test]
fn a_swipe_turns_to_the_picture_that_it_draws_in() {
    assert_eq!(swipe(&mut Hand::default(), at(-80.0, 20.0)), Some(Wish::Next));
    assert_eq!(swipe(&mut Hand::default(), at(80.0, -20.0)), Some(Wish::Previous));
    assert_eq!(swipe(&mut Hand::default(), at(20.0, 80.0)), Some(Wish::Close));
    assert_eq!(swipe(&mut Hand::default(), at(20.0, -80.0)), None);
}

#[test]
fn a_picture_that_is_not_dragged_far_comes_back() {
    let mut hand = Hand::default();
    hand.press(1, at(0.0, 0.0), false);
    hand.drag(1, at(-40.0, 0.0));
    assert_eq!(hand.lie().by, at(-40.0, 0.0));
    assert_eq!(hand.lift(1, 0.0, ROOM), None);
    assert_eq!(hand.lie().by, at(0.0, 0.0));
}

#[test]
fn a_tap_beside_the_picture_closes_and_one_on_it_does_not() {
    let mut hand = Hand::default();
    hand.press(1, at(0.0, 250.0), true);
    hand.drag(1, at(2.0, 250.0));
    assert_eq!(hand.lift(1, 0.0, ROOM), Some(Wish::Close));
    assert_eq!(tap(&mut hand, at(0.0, 0.0), 0.0), None);
}

#[test]
fn two_quick_taps_enlarge_what_is_under_them_and_two_more_undo_it() {
    let mut hand = Hand::default();
    tap(&mut hand, at(100.0, 0.0), 0.0);
    tap(&mut hand, at(100.0, 0.0), 200.0);
    assert_eq!((hand.lie().scale, hand.lie().by), (2.5, at(-150.0, 0.0)));
    tap(&mut hand, at(0.0, 0.0), 1_000.0);
    tap(&mut hand, at(0.0, 0.0), 1_200.0);
    assert_eq!((hand.lie().scale, hand.lie().by), (1.0, at(0.0, 0.0)));
}

#[test]
fn two_taps_far_apart_are_no_double_tap() {
    let mut hand = Hand::default();
    tap(&mut hand, at(0.0, 0.0), 0.0);
    tap(&mut hand, at(0.0, 0.0), 400.0);
    tap(&mut hand, at(90.0, 0.0), 500.0);
    assert_eq!(hand.lie().scale, 1.0);
}

#[test]
fn two_fingers_hold_what_is_under_them() {
    let mut hand = Hand::default();
    hand.press(1, at(-50.0, 0.0), false);
    hand.press(2, at(50.0, 0.0), false);
    hand.drag(1, at(-100.0, 0.0));
    hand.drag(2, at(100.0, 0.0));
    assert_eq!((hand.lie().scale, hand.lie().by), (2.0, at(0.0, 0.0)));
    assert_eq!((hand.lift(1, 0.0, ROOM), hand.lift(2, 0.0, ROOM)), (None, None));
    assert_eq!(hand.lie().scale, 2.0);
}

#[test]
fn an_enlarged_picture_is_moved_within_its_edges_and_not_turned() {
    let mut hand = Hand::default();
    hand.enlarge(2.0, at(0.0, 0.0), ROOM);
    assert_eq!(swipe(&mut hand, at(-900.0, -900.0)), None);
    assert_eq!(hand.lie().by, at(-200.0, 0.0));
}

#[test]
fn a_picture_grows_six_times_at_most_and_never_shrinks() {
    let mut hand = Hand::default();
    hand.enlarge(100.0, at(0.0, 0.0), ROOM);
    assert_eq!(hand.lie().scale, 6.0);
    hand.enlarge(0.0, at(30.0, 30.0), ROOM);
    assert_eq!((hand.lie().scale, hand.lie().by), (1.0, at(0.0, 0.0)));
}

#[test]
fn fingers_that_the_browser_takes_leave_the_picture_where_it_belongs() {
    let mut hand = Hand::default();
    hand.press(1, at(0.0, 0.0), false);
    hand.drag(1, at(-300.0, 0.0));
    hand.let_go(ROOM);
    assert_eq!((hand.holds(), hand.lie().by), (false, at(0.0, 0.0)));
    hand.drag(1, at(-300.0, 0.0));
    assert_eq!((hand.lift(1, 0.0, ROOM), hand.lie().by), (None, at(0.0, 0.0)));
}
