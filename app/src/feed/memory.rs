//! Going back leads to the place in the feed that one came from: the pages that were loaded, and how far one had read.

use leptos::{ev, prelude::*};
use protocol::post::{FeedQuery, PostView};

/// The feed as it was left.
#[derive(Debug, Clone)]
pub(super) struct Remembered {
    pub(super) query: FeedQuery,
    pub(super) posts: Vec<PostView>,
    pub(super) more: bool,
}

/// What the page remembers of the feed. It belongs to the whole page.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    feed: StoredValue<Option<Remembered>>,
    /// How far the feed is scrolled, as long as it is shown.
    scrolled: StoredValue<f64>,
    /// Whether the page that is being shown was reached by going back or forward.
    by_history: StoredValue<bool>,
    /// Whether what is about to be shown was recalled.
    returned: StoredValue<bool>,
}

/// Makes the page able to remember; once, at its root.
pub fn provide_memory() {
    let memory = Memory {
        feed: StoredValue::new(None),
        scrolled: StoredValue::new(0.0),
        by_history: StoredValue::new(false),
        returned: StoredValue::new(false),
    };
    provide_context(memory);
    // Not in an effect: the router listens, too, and shows the page before whoever listens after it hears anything.
    if is_browser() {
        _ = window_event_listener(ev::popstate, move |_| memory.by_history.set_value(true));
        // Whoever presses a link goes forward.
        _ = window_event_listener(ev::click, move |_| memory.by_history.set_value(false));
    }
}

/// The page's memory.
pub(super) fn memory() -> Memory {
    expect_context()
}

impl Memory {
    /// What was shown under this query, for somebody who comes back to it.
    pub(super) fn recall(self, query: FeedQuery) -> Option<Remembered> {
        if !self.by_history.get_value() {
            return None;
        }
        let feed = self.feed.try_update_value(Option::take).flatten()?;
        self.returned.set_value(feed.query == query);
        (feed.query == query).then_some(feed)
    }

    /// Notes the feed that is being left.
    pub(super) fn note(self, feed: Remembered) {
        self.feed.try_set_value(Some(feed));
    }

    /// Keeps an eye on how far the feed is scrolled, while it is shown.
    pub(super) fn watch_scrolling(self) {
        Effect::new(move || {
            let listener = window_event_listener(ev::scroll, move |_| {
                // The next page begins at its top while this one is still there.
                if window().location().pathname().is_ok_and(|path| path == "/") {
                    self.scrolled.try_set_value(window().scroll_y().unwrap_or_default());
                }
            });
            on_cleanup(move || listener.remove());
        });
    }

    /// Whether the feed that begins now is one to which somebody came back; if so, scrolls to where they left it, as soon
    /// as it stands there again.
    pub(super) fn scroll_back(self) -> bool {
        let returned = self.returned.try_update_value(std::mem::take) == Some(true);
        if returned {
            let scrolled = self.scrolled.get_value();
            request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, scrolled));
        }
        returned
    }
}
