//! What fingers, a pointer and keys do to the picture in the viewer: they move it, enlarge it and turn to another one.

use std::ops::{Add, Sub};

/// Pixels from the middle of the stage.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// How large the picture is when it is not enlarged, and the stage that it stands on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Room {
    pub(super) picture: Point,
    pub(super) stage: Point,
}

/// How the picture lies: moved by so many pixels, enlarged so many times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lie {
    pub(super) by: Point,
    pub(super) scale: f64,
}

/// What a gesture asks of the viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Previous,
    Next,
    Close,
}

#[derive(Debug, Clone, Copy)]
struct Finger {
    id: i32,
    at: Point,
}

/// Where the picture is held, and how far two fingers are apart.
#[derive(Debug, Clone, Copy)]
struct Grip {
    middle: Point,
    spread: Option<f64>,
}

/// The fingers on the picture, and how it lies.
#[derive(Debug, Clone, Default)]
pub(super) struct Hand {
    lie: Lie,
    fingers: Vec<Finger>,
    /// Where the first finger came down, and whether that was beside the picture.
    began: Point,
    beside: bool,
    /// Whether it was more than a tap, and whether it was a pinch.
    moved: bool,
    pinched: bool,
    /// When and where the last tap was.
    tapped: Option<(f64, Point)>,
}

/// A finger that moves less than this taps and trembles.
const TREMBLE: f64 = 8.0;
/// A picture that is dragged farther than this goes.
const SWIPE: f64 = 56.0;
const LARGEST: f64 = 6.0;
/// What a double tap enlarges to.
const DOUBLED: f64 = 2.5;
const DOUBLE_TAP_MS: f64 = 300.0;
const DOUBLE_TAP_PIXELS: f64 = 32.0;

impl Hand {
    /// How the picture lies.
    pub(super) fn lie(&self) -> Lie {
        self.lie
    }

    /// Whether a finger or the pointer holds it.
    pub(super) fn holds(&self) -> bool {
        !self.fingers.is_empty()
    }

    /// A finger comes down.
    pub(super) fn press(&mut self, id: i32, at: Point, beside: bool) {
        self.fingers.retain(|finger| finger.id != id);
        if self.fingers.is_empty() {
            (self.began, self.beside, self.moved, self.pinched) = (at, beside, false, false);
        } else {
            (self.moved, self.pinched) = (true, true);
        }
        self.fingers.push(Finger { id, at });
    }

    /// A finger moves: one drags the picture, two hold it where they are.
    pub(super) fn drag(&mut self, id: i32, to: Point) {
        let before = self.grip();
        let Some(finger) = self.fingers.iter_mut().find(|finger| finger.id == id) else { return };
        self.moved |= (to - self.began).length() > TREMBLE;
        if !self.moved {
            return;
        }
        finger.at = to;
        if let (Some(before), Some(after)) = (before, self.grip()) {
            if let (Some(narrow), Some(wide)) = (before.spread, after.spread) {
                self.lie.enlarge(wide / narrow.max(1.0), before.middle);
            }
            self.lie.by = self.lie.by + (after.middle - before.middle);
        }
    }

    /// A finger leaves.
    pub(super) fn lift(&mut self, id: i32, time_ms: f64, room: Room) -> Option<Wish> {
        let finger = self.fingers.iter().position(|finger| finger.id == id)?;
        let at = self.fingers.remove(finger).at;
        if self.holds() {
            return None;
        }
        let wish = if self.moved { self.swipe(at) } else { self.tap(at, time_ms) };
        self.lie.settle(room);
        wish
    }

    /// The browser takes the fingers for something else.
    pub(super) fn let_go(&mut self, room: Room) {
        self.fingers.clear();
        self.lie.settle(room);
    }

    /// Enlarges by the wheel or a key, around a point.
    pub(super) fn enlarge(&mut self, times: f64, around: Point, room: Room) {
        self.lie.enlarge(times, around);
        self.lie.settle(room);
    }

    fn grip(&self) -> Option<Grip> {
        match self.fingers.as_slice() {
            [] => None,
            [one] => Some(Grip { middle: one.at, spread: None }),
            [one, other, ..] => {
                let across = other.at - one.at;
                let middle = Point { x: one.at.x + across.x / 2.0, y: one.at.y + across.y / 2.0 };
                Some(Grip { middle, spread: Some(across.length()) })
            }
        }
    }

    fn swipe(&self, to: Point) -> Option<Wish> {
        let way = to - self.began;
        let sideways = way.x.abs() > way.y.abs();
        match () {
            () if self.pinched || self.lie.scale > 1.0 => None,
            () if sideways && way.x < -SWIPE => Some(Wish::Next),
            () if sideways && way.x > SWIPE => Some(Wish::Previous),
            () if !sideways && way.y > SWIPE => Some(Wish::Close),
            () => None,
        }
    }

    fn tap(&mut self, at: Point, time_ms: f64) -> Option<Wish> {
        if self.beside {
            return Some(Wish::Close);
        }
        let again = self.tapped.take().is_some_and(|(before_ms, before)| {
            time_ms - before_ms < DOUBLE_TAP_MS && (at - before).length() < DOUBLE_TAP_PIXELS
        });
        match () {
            () if !again => self.tapped = Some((time_ms, at)),
            () if self.lie.scale > 1.0 => self.lie = Lie::default(),
            () => self.lie.enlarge(DOUBLED, at),
        }
        None
    }
}

impl Lie {
    /// What is under `around` stays there.
    fn enlarge(&mut self, times: f64, around: Point) {
        let scale = (self.scale * times).clamp(1.0, LARGEST);
        let times = scale / self.scale;
        let way = self.by - around;
        self.by = Point { x: around.x + way.x * times, y: around.y + way.y * times };
        self.scale = scale;
    }

    /// Leaves no gap at an edge that the picture could fill.
    fn settle(&mut self, room: Room) {
        let within = |by: f64, picture: f64, stage: f64| {
            let spare = ((picture * self.scale - stage) / 2.0).max(0.0);
            by.clamp(-spare, spare)
        };
        self.by = Point {
            x: within(self.by.x, room.picture.x, room.stage.x),
            y: within(self.by.y, room.picture.y, room.stage.y),
        };
    }
}

impl Default for Lie {
    fn default() -> Self {
        Self { by: Point::default(), scale: 1.0 }
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
