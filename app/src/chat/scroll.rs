//! Where one reads in a conversation.
//!
//! The log is laid out from its end: browsers begin there without a script, and stay there when something grows. What
//! comes below somebody who reads further up must not move what they read.

use leptos::{html, prelude::*};

use super::{conversation::Conversation, layout::Key};
use crate::schedule::run_on_next_frame;

/// Nearer than this to the end is at the end.
const NEAR_PIXELS: i32 = 48;

/// The place in a log. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scroll {
    node: NodeRef<html::Div>,
    at_end: RwSignal<bool>,
    unseen: RwSignal<bool>,
    height: StoredValue<i32>,
}

/// What came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Nothing below what was there.
    None,
    /// Something from oneself, as the last line.
    Mine,
    /// Something from the other one.
    Theirs,
}

impl Scroll {
    /// Follows what comes into the log of a conversation.
    pub(super) fn new(node: NodeRef<html::Div>, conversation: Conversation) -> Self {
        let scroll = Self {
            node,
            at_end: RwSignal::new(true),
            unseen: RwSignal::new(false),
            height: StoredValue::new(0),
        };
        let ends = Memo::new(move |_| conversation.rows.with(|rows| (rows.order().len(), rows.ends())));
        Effect::new(move |before: Option<(Option<Key>, Option<Key>)>| {
            let (_, after) = ends.get();
            let change = before.map_or(Change::None, |before| Change::between(before, after));
            // Once the rows stand there.
            run_on_next_frame(move || scroll.adjust(change));
            after
        });
        scroll
    }

    /// Whether the newest message is on the screen.
    pub(super) fn at_end(self) -> Signal<bool> {
        self.at_end.into()
    }

    /// Whether something came that is not on the screen.
    pub(super) fn has_unseen(self) -> bool {
        self.unseen.get()
    }

    /// Goes to the newest message.
    pub(super) fn to_end(self) {
        if let Some(Some(log)) = self.node.try_get_untracked() {
            log.set_scroll_top(0);
            // The button that was pressed is about to go.
            _ = log.focus();
        }
    }

    /// Somebody scrolled.
    pub(super) fn on_scroll(self) {
        let Some(Some(log)) = self.node.try_get_untracked() else { return };
        let at_end = log.scroll_top().abs() < NEAR_PIXELS;
        self.at_end.set(at_end);
        if at_end {
            self.unseen.set(false);
        }
    }

    fn adjust(self, change: Change) {
        let Some(Some(log)) = self.node.try_get_untracked() else { return };
        let height = log.scroll_height();
        let grown = height - self.height.try_get_value().unwrap_or(height);
        self.height.try_set_value(height);
        match change {
            Change::None => {}
            Change::Theirs if !self.at_end.get_untracked() => {
                log.set_scroll_top(log.scroll_top() - grown);
                self.unseen.set(true);
            }
            Change::Mine | Change::Theirs => log.set_scroll_top(0),
        }
    }
}

impl Change {
    fn between(before: (Option<Key>, Option<Key>), after: (Option<Key>, Option<Key>)) -> Self {
        if before.1 != after.1 {
            Self::Theirs
        } else if before.0 != after.0 && matches!(after.0, Some(Key::Line { mine: true, .. })) {
            Self::Mine
        } else {
            Self::None
        }
    }
}
