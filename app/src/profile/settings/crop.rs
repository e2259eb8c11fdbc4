//! Which square of a picture is cut out: moved and made larger or smaller by pointer, wheel and keys.

use protocol::profile::SquareCrop;

/// A step of a key, as a share of the square.
const STEP: f64 = 0.05;
/// How much larger a key or a turn of the wheel shows the picture.
pub(super) const ZOOM_STEP: f64 = 1.1;
/// The smallest square, as a share of the largest one.
const MAX_ZOOM: f64 = 8.0;

/// The square, in pixels of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Crop {
    width: f64,
    height: f64,
    left: f64,
    top: f64,
    side: f64,
}

/// Where the picture lies behind the square, in edges of the square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placement {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Crop {
    /// The largest square, in the middle of the picture.
    pub(super) fn new(width: u32, height: u32) -> Self {
        let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let side = width.min(height);
        Self { width, height, left: (width - side) / 2.0, top: (height - side) / 2.0, side }
    }

    /// The picture is dragged by so many edges of the square.
    pub(super) fn drag(&mut self, right: f64, down: f64) {
        self.left -= right * self.side;
        self.top -= down * self.side;
        self.clamp();
    }

    /// The picture is shown so many times larger. What is in the middle stays there.
    pub(super) fn zoom(&mut self, times: f64) {
        let largest = self.width.min(self.height);
        let side = (self.side / times).clamp((largest / MAX_ZOOM).max(1.0), largest);
        self.left += (self.side - side) / 2.0;
        self.top += (self.side - side) / 2.0;
        self.side = side;
        self.clamp();
    }

    /// How much larger the picture is shown than at first.
    pub(super) fn zoom_level(&self) -> f64 {
        self.width.min(self.height) / self.side
    }

    /// Does what a key asks for; false for all others.
    pub(super) fn key(&mut self, key: &str) -> bool {
        match key {
            // The square goes there, so the picture goes the other way.
            "ArrowLeft" => self.drag(STEP, 0.0),
            "ArrowRight" => self.drag(-STEP, 0.0),
            "ArrowUp" => self.drag(0.0, STEP),
            "ArrowDown" => self.drag(0.0, -STEP),
            "+" | "=" => self.zoom(ZOOM_STEP),
            "-" => self.zoom(1.0 / ZOOM_STEP),
            _ => return false,
        }
        true
    }

    /// Where the picture lies behind the square.
    pub(super) fn placement(&self) -> Placement {
        Placement {
            left: -self.left / self.side,
            top: -self.top / self.side,
            width: self.width / self.side,
            height: self.height / self.side,
        }
    }

    /// In whole pixels, within the picture.
    pub(super) fn square(&self) -> SquareCrop {
        let (width, height) = (self.width as u32, self.height as u32);
        let side = (self.side as u32).clamp(1, width.min(height));
        let within = |from: f64, length: u32| (from as u32).min(length - side);
        SquareCrop { left: within(self.left, width), top: within(self.top, height), side }
    }

    fn clamp(&mut self) {
        self.left = self.left.clamp(0.0, self.width - self.side);
        self.top = self.top.clamp(0.0, self.height - self.side);
    }
}

#[cfg(test)]
mod tests {
    use super::{Crop, SquareCrop};

    #[test]
    fn it_begins_with_the_largest_square_in_the_middle() {
        assert_eq!(Crop::new(1_000, 600).square(), SquareCrop { left: 200, top: 0, side: 600 });
        assert_eq!(Crop::new(600, 1_001).square(), SquareCrop { left: 0, top: 200, side: 600 });
        assert_eq!(Crop::new(1, 1).square(), SquareCrop { left: 0, top: 0, side: 1 });
    }

    #[test]
    fn keys_move_the_square_and_make_it_smaller_and_larger() {
        let mut crop = Crop::new(1_000, 500);
        for key in ["ArrowRight", "ArrowRight", "ArrowLeft"] {
            assert!(crop.key(key), "{key}");
        }
        assert_eq!(crop.square(), SquareCrop { left: 275, top: 0, side: 500 });
        assert!(crop.key("+") && crop.key("+"));
        let zoomed = crop.square();
        assert!(zoomed.side < 420 && zoomed.left > 275 && zoomed.top > 0, "{zoomed:?}");
        assert!(crop.key("-") && crop.key("-") && crop.key("-"));
        assert_eq!(crop.square().side, 500);
        assert!(!crop.key("Enter") && !crop.key("a"));
    }

    #[test]
    fn the_square_never_leaves_the_picture() {
        let mut crop = Crop::new(333, 777);
        for (right, down, times) in
            [(9.0, 9.0, 3.0), (-9.0, -9.0, 0.1), (-3.0, 40.0, 100.0), (2.0, -40.0, 1.0), (0.3, 0.3, 0.5)]
        {
            crop.drag(right, down);
            crop.zoom(times);
            let SquareCrop { left, top, side } = crop.square();
            assert!(side >= 1 && left + side <= 333 && top + side <= 777, "{left} {top} {side}");
        }
    }

    #[test]
    fn what_is_in_the_middle_stays_there_when_it_is_enlarged() {
        let mut crop = Crop::new(900, 900);
        crop.zoom(3.0);
        assert_eq!(crop.square(), SquareCrop { left: 300, top: 300, side: 300 });
        assert!((crop.zoom_level() - 3.0).abs() < 0.001);
        let placement = crop.placement();
        assert_eq!((placement.left, placement.top, placement.width), (-1.0, -1.0, 3.0));
    }
}
