use super::{Bounds, PanZoom, Point, ViewerAction};

/// A picture as wide as its stage, and half as high.
const BOUNDS: Bounds = Bounds { picture: Point { x: 400.0, y: 300.0 }, stage: Point { x: 400.0, y: 600.0 } };

const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// One finger goes from the middle to there.
fn swipe(pan_zoom: &mut PanZoom, to: Point) -> Option<ViewerAction> {
    pan_zoom.pointer_down(1, at(0.0, 0.0), false);
    pan_zoom.pointer_move(1, at(to.x / 2.0, to.y / 2.0));
    pan_zoom.pointer_move(1, to);
    pan_zoom.pointer_up(1, 0.0, BOUNDS)
}

fn tap(pan_zoom: &mut PanZoom, there: Point, time_ms: f64) -> Option<ViewerAction> {
    pan_zoom.pointer_down(1, there, false);
    pan_zoom.pointer_up(1, time_ms, BOUNDS)
}

#[test]
fn a_swipe_turns_to_the_picture_that_it_draws_in() {
    assert_eq!(swipe(&mut PanZoom::default(), at(-80.0, 20.0)), Some(ViewerAction::Next));
    assert_eq!(swipe(&mut PanZoom::default(), at(80.0, -20.0)), Some(ViewerAction::Previous));
    assert_eq!(swipe(&mut PanZoom::default(), at(20.0, 80.0)), Some(ViewerAction::Close));
    assert_eq!(swipe(&mut PanZoom::default(), at(20.0, -80.0)), None);
}

#[test]
fn a_picture_that_is_not_dragged_far_comes_back() {
    let mut pan_zoom = PanZoom::default();
    pan_zoom.pointer_down(1, at(0.0, 0.0), false);
    pan_zoom.pointer_move(1, at(-40.0, 0.0));
    assert_eq!(pan_zoom.transform().offset, at(-40.0, 0.0));
    assert_eq!(pan_zoom.pointer_up(1, 0.0, BOUNDS), None);
    assert_eq!(pan_zoom.transform().offset, at(0.0, 0.0));
}

#[test]
fn a_tap_beside_the_picture_closes_and_one_on_it_does_not() {
    let mut pan_zoom = PanZoom::default();
    pan_zoom.pointer_down(1, at(0.0, 250.0), true);
    pan_zoom.pointer_move(1, at(2.0, 250.0));
    assert_eq!(pan_zoom.pointer_up(1, 0.0, BOUNDS), Some(ViewerAction::Close));
    assert_eq!(tap(&mut pan_zoom, at(0.0, 0.0), 0.0), None);
}

#[test]
fn two_quick_taps_enlarge_what_is_under_them_and_two_more_undo_it() {
    let mut pan_zoom = PanZoom::default();
    tap(&mut pan_zoom, at(100.0, 0.0), 0.0);
    tap(&mut pan_zoom, at(100.0, 0.0), 200.0);
    assert_eq!((pan_zoom.transform().scale, pan_zoom.transform().offset), (2.5, at(-150.0, 0.0)));
    tap(&mut pan_zoom, at(0.0, 0.0), 1_000.0);
    tap(&mut pan_zoom, at(0.0, 0.0), 1_200.0);
    assert_eq!((pan_zoom.transform().scale, pan_zoom.transform().offset), (1.0, at(0.0, 0.0)));
}

#[test]
fn two_taps_far_apart_are_no_double_tap() {
    let mut pan_zoom = PanZoom::default();
    tap(&mut pan_zoom, at(0.0, 0.0), 0.0);
    tap(&mut pan_zoom, at(0.0, 0.0), 400.0);
    tap(&mut pan_zoom, at(90.0, 0.0), 500.0);
    assert_eq!(pan_zoom.transform().scale, 1.0);
}

#[test]
fn two_fingers_hold_what_is_under_them() {
    let mut pan_zoom = PanZoom::default();
    pan_zoom.pointer_down(1, at(-50.0, 0.0), false);
    pan_zoom.pointer_down(2, at(50.0, 0.0), false);
    pan_zoom.pointer_move(1, at(-100.0, 0.0));
    pan_zoom.pointer_move(2, at(100.0, 0.0));
    assert_eq!((pan_zoom.transform().scale, pan_zoom.transform().offset), (2.0, at(0.0, 0.0)));
    assert_eq!((pan_zoom.pointer_up(1, 0.0, BOUNDS), pan_zoom.pointer_up(2, 0.0, BOUNDS)), (None, None));
    assert_eq!(pan_zoom.transform().scale, 2.0);
}

#[test]
fn an_enlarged_picture_is_moved_within_its_edges_and_not_turned() {
    let mut pan_zoom = PanZoom::default();
    pan_zoom.zoom(2.0, at(0.0, 0.0), BOUNDS);
    assert_eq!(swipe(&mut pan_zoom, at(-900.0, -900.0)), None);
    assert_eq!(pan_zoom.transform().offset, at(-200.0, 0.0));
}

#[test]
fn a_picture_grows_six_times_at_most_and_never_shrinks() {
    let mut pan_zoom = PanZoom::default();
    pan_zoom.zoom(100.0, at(0.0, 0.0), BOUNDS);
    assert_eq!(pan_zoom.transform().scale, 6.0);
    pan_zoom.zoom(0.0, at(30.0, 30.0), BOUNDS);
    assert_eq!((pan_zoom.transform().scale, pan_zoom.transform().offset), (1.0, at(0.0, 0.0)));
}

#[test]
fn fingers_that_the_browser_takes_leave_the_picture_where_it_belongs() {
    let mut pan_zoom = PanZoom::default();
    pan_zoom.pointer_down(1, at(0.0, 0.0), false);
    pan_zoom.pointer_move(1, at(-300.0, 0.0));
    pan_zoom.cancel(BOUNDS);
    assert_eq!((pan_zoom.is_held(), pan_zoom.transform().offset), (false, at(0.0, 0.0)));
    pan_zoom.pointer_move(1, at(-300.0, 0.0));
    assert_eq!((pan_zoom.pointer_up(1, 0.0, BOUNDS), pan_zoom.transform().offset), (None, at(0.0, 0.0)));
}
