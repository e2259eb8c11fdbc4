//! Gestures of the picture viewer: pan, pinch zoom, double tap, and swipe to another picture.

use std::ops::{Add, Sub};

/// Pixels from the middle of the stage.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// How large the picture is when it is not enlarged, and the stage that it stands on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Bounds {
    pub(super) picture: Point,
    pub(super) stage: Point,
}

/// How the picture is shown: its offset in pixels and its scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Transform {
    pub(super) offset: Point,
    pub(super) scale: f64,
}

/// What a gesture asks of the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ViewerAction {
    Previous,
    Next,
    Close,
}

#[derive(Debug, Clone, Copy)]
struct Pointer {
    id: i32,
    at: Point,
}

/// Where the picture is held, and how far two pointers are apart.
#[derive(Debug, Clone, Copy)]
struct Touch {
    middle: Point,
    spread: Option<f64>,
}

/// The pointers on the picture, and its transform.
#[derive(Debug, Clone, Default)]
pub(super) struct PanZoom {
    transform: Transform,
    pointers: Vec<Pointer>,
    /// Where the first finger came down, and whether that was beside the picture.
    start: Point,
    is_outside: bool,
    /// Whether it was more than a tap, and whether it was a pinch.
    moved: bool,
    pinched: bool,
    /// When and where the last tap was.
    tapped: Option<(f64, Point)>,
}

/// A pointer that moves less than this many pixels is a tap.
const TAP_SLOP: f64 = 8.0;
/// A drag of more than this many pixels is a swipe.
const SWIPE: f64 = 56.0;
const MAX_SCALE: f64 = 6.0;
/// What a double tap enlarges to.
const DOUBLE_TAP_SCALE: f64 = 2.5;
const DOUBLE_TAP_MS: f64 = 300.0;
const DOUBLE_TAP_PIXELS: f64 = 32.0;

impl PanZoom {
    /// How the picture is shown.
    pub(super) fn transform(&self) -> Transform {
        self.transform
    }

    /// Whether a finger or the pointer holds it.
    pub(super) fn is_held(&self) -> bool {
        !self.pointers.is_empty()
    }

    /// A finger comes down.
    pub(super) fn pointer_down(&mut self, id: i32, at: Point, is_outside: bool) {
        self.pointers.retain(|pointer| pointer.id != id);
        if self.pointers.is_empty() {
            (self.start, self.is_outside, self.moved, self.pinched) = (at, is_outside, false, false);
        } else {
            (self.moved, self.pinched) = (true, true);
        }
        self.pointers.push(Pointer { id, at });
    }

    /// A finger moves: one drags the picture, two hold it where they are.
    pub(super) fn pointer_move(&mut self, id: i32, to: Point) {
        let before = self.touch();
        let Some(pointer) = self.pointers.iter_mut().find(|pointer| pointer.id == id) else { return };
        self.moved |= (to - self.start).length() > TAP_SLOP;
        if !self.moved {
            return;
        }
        pointer.at = to;
        if let (Some(before), Some(after)) = (before, self.touch()) {
            if let (Some(narrow), Some(wide)) = (before.spread, after.spread) {
                self.transform.zoom(wide / narrow.max(1.0), before.middle);
            }
            self.transform.offset = self.transform.offset + (after.middle - before.middle);
        }
    }

    /// A finger leaves.
    pub(super) fn pointer_up(&mut self, id: i32, time_ms: f64, bounds: Bounds) -> Option<ViewerAction> {
        let pointer = self.pointers.iter().position(|pointer| pointer.id == id)?;
        let at = self.pointers.remove(pointer).at;
        if self.is_held() {
            return None;
        }
        let action = if self.moved { self.swipe(at) } else { self.tap(at, time_ms) };
        self.transform.clamp_to(bounds);
        action
    }

    /// The browser takes the pointers for something else.
    pub(super) fn cancel(&mut self, bounds: Bounds) {
        self.pointers.clear();
        self.transform.clamp_to(bounds);
    }

    /// Enlarges by the wheel or a key, around a point.
    pub(super) fn zoom(&mut self, times: f64, around: Point, bounds: Bounds) {
        self.transform.zoom(times, around);
        self.transform.clamp_to(bounds);
    }

    fn touch(&self) -> Option<Touch> {
        match self.pointers.as_slice() {
            [] => None,
            [one] => Some(Touch { middle: one.at, spread: None }),
            [one, other, ..] => {
                let across = other.at - one.at;
                let middle = Point { x: one.at.x + across.x / 2.0, y: one.at.y + across.y / 2.0 };
                Some(Touch { middle, spread: Some(across.length()) })
            }
        }
    }

    fn swipe(&self, to: Point) -> Option<ViewerAction> {
        let way = to - self.start;
        let sideways = way.x.abs() > way.y.abs();
        match () {
            () if self.pinched || self.transform.scale > 1.0 => None,
            () if sideways && way.x < -SWIPE => Some(ViewerAction::Next),
            () if sideways && way.x > SWIPE => Some(ViewerAction::Previous),
            () if !sideways && way.y > SWIPE => Some(ViewerAction::Close),
            () => None,
        }
    }

    fn tap(&mut self, at: Point, time_ms: f64) -> Option<ViewerAction> {
        if self.is_outside {
            return Some(ViewerAction::Close);
        }
        let again = self.tapped.take().is_some_and(|(before_ms, before)| {
            time_ms - before_ms < DOUBLE_TAP_MS && (at - before).length() < DOUBLE_TAP_PIXELS
        });
        match () {
            () if !again => self.tapped = Some((time_ms, at)),
            () if self.transform.scale > 1.0 => self.transform = Transform::default(),
            () => self.transform.zoom(DOUBLE_TAP_SCALE, at),
        }
        None
    }
}

impl Transform {
    /// What is under `around` stays there.
    fn zoom(&mut self, times: f64, around: Point) {
        let scale = (self.scale * times).clamp(1.0, MAX_SCALE);
        let times = scale / self.scale;
        let way = self.offset - around;
        self.offset = Point { x: around.x + way.x * times, y: around.y + way.y * times };
        self.scale = scale;
    }

    /// Leaves no gap at an edge that the picture could fill.
    fn clamp_to(&mut self, bounds: Bounds) {
        let within = |offset: f64, picture: f64, stage: f64| {
            let spare = ((picture * self.scale - stage) / 2.0).max(0.0);
            offset.clamp(-spare, spare)
        };
        self.offset = Point {
            x: within(self.offset.x, bounds.picture.x, bounds.stage.x),
            y: within(self.offset.y, bounds.picture.y, bounds.stage.y),
        };
    }
}

impl Default for Transform {
    fn default() -> Self {
        Self { offset: Point::default(), scale: 1.0 }
    }
}

impl Point {
    fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }
}

impl Add for Point {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

impl Sub for Point {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

#[cfg(test)]
mod tests;
