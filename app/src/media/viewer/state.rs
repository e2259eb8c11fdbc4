use std::sync::Arc;

use leptos::{
    ev::{KeyboardEvent, PointerEvent, WheelEvent},
    html,
    prelude::*,
};
use protocol::media::PictureView;

use super::OpenedPictures;
use crate::{
    media::gesture::{Bounds, PanZoom, Point, ViewerAction},
    ui::pressed_key,
};

/// The state of the open viewer: which picture, and how it is transformed. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct ViewerState {
    pictures: StoredValue<Arc<[PictureView]>>,
    count: usize,
    pub(super) at: RwSignal<usize>,
    /// Whether the picture is there in full.
    pub(super) loaded: RwSignal<bool>,
    pub(super) pan_zoom: RwSignal<PanZoom>,
    pub(super) dialog: NodeRef<html::Dialog>,
    pub(super) stage: NodeRef<html::Div>,
    pub(super) frame: NodeRef<html::Div>,
}

impl ViewerState {
    /// Begins at the picture that was pressed.
    pub(super) fn new(shown: OpenedPictures) -> Self {
        Self {
            count: shown.pictures.len(),
            pictures: StoredValue::new(shown.pictures),
            at: RwSignal::new(shown.at),
            loaded: RwSignal::new(false),
            pan_zoom: RwSignal::new(PanZoom::default()),
            dialog: NodeRef::new(),
            stage: NodeRef::new(),
            frame: NodeRef::new(),
        }
    }

    /// How many there are.
    pub(super) const fn count(self) -> usize {
        self.count
    }

    /// The picture at that place; places go round at the ends.
    pub(super) fn picture(self, at: usize) -> Option<PictureView> {
        self.pictures.with_value(|pictures| pictures.get(at % self.count.max(1)).cloned())
    }

    /// The pictures that a turn leads to.
    pub(super) fn neighbours(self) -> Vec<PictureView> {
        let at = self.at.get();
        let mut around =
            vec![(at + 1) % self.count.max(1), (at + self.count.saturating_sub(1)) % self.count.max(1)];
        around.retain(|near| *near != at);
        around.dedup();
        around.into_iter().filter_map(|near| self.picture(near)).collect()
    }

    /// Performs an action.
    pub(super) fn perform(self, action: ViewerAction) {
        let (at, count) = (self.at.get_untracked(), self.count.max(1));
        match action {
            ViewerAction::Next => self.turn_to((at + 1) % count),
            ViewerAction::Previous => self.turn_to((at + count - 1) % count),
            ViewerAction::Close => {
                self.dialog.with_untracked(|dialog| dialog.iter().for_each(|dialog| dialog.close()))
            }
        }
    }

    /// A key is pressed anywhere in the viewer.
    pub(super) fn key_down(self, event: &KeyboardEvent) {
        match pressed_key(event).as_deref() {
            Some("ArrowRight") => self.perform(ViewerAction::Next),
            Some("ArrowLeft") => self.perform(ViewerAction::Previous),
            Some("Home") => self.turn_to(0),
            Some("End") => self.turn_to(self.count.saturating_sub(1)),
            Some("+") => self.zoom(1.5, Point::default()),
            Some("-") => self.zoom(1.0 / 1.5, Point::default()),
            _ => return,
        }
        event.prevent_default();
    }

    /// A finger or the button of the mouse goes down.
    pub(super) fn pointer_down(self, event: &PointerEvent) {
        let Some(stage) = self.stage.get_untracked().filter(|_| event.button() == 0) else { return };
        event.prevent_default();
        // The picture goes on following a pointer that leaves the window.
        _ = stage.set_pointer_capture(event.pointer_id());
        let is_outside = event.target() == event.current_target();
        let at = self.point(event);
        self.pan_zoom.update(|pan_zoom| pan_zoom.pointer_down(event.pointer_id(), at, is_outside));
    }

    /// It moves.
    pub(super) fn pointer_move(self, event: &PointerEvent) {
        if self.pan_zoom.with_untracked(PanZoom::is_held) {
            let to = self.point(event);
            self.pan_zoom.update(|pan_zoom| pan_zoom.pointer_move(event.pointer_id(), to));
        }
    }

    /// It goes up.
    pub(super) fn pointer_up(self, event: &PointerEvent) {
        let bounds = self.bounds();
        let action = self
            .pan_zoom
            .try_update(|pan_zoom| pan_zoom.pointer_up(event.pointer_id(), event.time_stamp(), bounds))
            .flatten();
        if let Some(action) = action {
            self.perform(action);
        }
    }

    /// The browser needs the fingers for something else.
    pub(super) fn cancel(self) {
        let bounds = self.bounds();
        self.pan_zoom.update(|pan_zoom| pan_zoom.cancel(bounds));
    }

    /// The wheel turns; a pinch on a touchpad is said like that, too.
    pub(super) fn wheel(self, event: &WheelEvent) {
        // The page behind stands still.
        event.prevent_default();
        if event.ctrl_key() || event.meta_key() {
            self.zoom(1.0 - event.delta_y().clamp(-50.0, 50.0) / 100.0, self.point(event));
        }
    }

    fn turn_to(self, at: usize) {
        if self.at.get_untracked() != at {
            self.loaded.set(false);
            self.pan_zoom.set(PanZoom::default());
            self.at.set(at);
        }
    }

    fn zoom(self, times: f64, around: Point) {
        let bounds = self.bounds();
        self.pan_zoom.update(|pan_zoom| pan_zoom.zoom(times, around, bounds));
    }

    fn point(self, event: &web_sys::MouseEvent) -> Point {
        let middle = self.stage.with_untracked(|stage| {
            stage.as_ref().map_or_else(Point::default, |stage| Point {
                x: f64::from(stage.offset_left()) + f64::from(stage.offset_width()) / 2.0,
                y: f64::from(stage.offset_top()) + f64::from(stage.offset_height()) / 2.0,
            })
        });
        Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) } - middle
    }

    fn bounds(self) -> Bounds {
        let size = |node: NodeRef<html::Div>| {
            node.with_untracked(|node| {
                node.as_ref().map_or_else(Point::default, |node| Point {
                    x: f64::from(node.offset_width()),
                    y: f64::from(node.offset_height()),
                })
            })
        };
        Bounds { picture: size(self.frame), stage: size(self.stage) }
    }
}
