//! Going back leads to the place in the feed that one came from: the pages that were loaded, and how far one had read.

use leptos::{ev, prelude::*};
use protocol::{
    PostId,
    post::{FeedQuery, PostView},
};

use crate::platform::ON_HOST;

/// How many feeds are remembered: a way back of as many steps through feeds.
const REMEMBERED: usize = 8;

/// A feed as it was left.
#[derive(Debug, Clone)]
pub(super) struct Left {
    pub(super) query: FeedQuery,
    pub(super) posts: Vec<PostView>,
    pub(super) more: bool,
    /// How far it was scrolled, in pixels.
    pub(super) scrolled: f64,
}

/// What the page remembers of its feeds. It belongs to the whole page.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// The latest last.
    feeds: StoredValue<Vec<Left>>,
    /// Whether the page that is being shown was reached by going back or forward.
    by_history: StoredValue<bool>,
}

/// Makes the page able to remember; once, at its root.
pub fn provide_memory() {
    let memory = Memory { feeds: StoredValue::new(Vec::new()), by_history: StoredValue::new(false) };
    provide_context(memory);
    // Not in an effect: the router listens, too, and shows the page before whoever listens after it hears anything.
    if !ON_HOST {
        _ = window_event_listener(ev::popstate, move |_| memory.by_history.set_value(true));
        // Whoever presses a link goes forward.
        _ = window_event_listener(ev::click, move |_| memory.by_history.set_value(false));
    }
}

/// The page's memory.
pub fn memory() -> Memory {
    expect_context()
}

impl Memory {
    /// What was shown under this query, for somebody who comes back to it.
    pub(super) fn recall(self, query: FeedQuery) -> Option<Left> {
        if !self.by_history.get_value() {
            return None;
        }
        self.feeds.try_update_value(|feeds| take(feeds, query)).flatten()
    }

    /// Forgets everything: somebody in it may be seen no more, or again.
    pub fn forget(self) {
        self.feeds.try_update_value(Vec::clear);
    }

    /// Forgets a post that is gone.
    pub fn remove(self, post: PostId) {
        self.feeds.try_update_value(|feeds| {
            feeds.iter_mut().for_each(|left| left.posts.retain(|known| known.id != post));
        });
    }

    /// Notes a feed that is being left.
    pub(super) fn note(self, left: Left) {
        self.feeds.try_update_value(|feeds| {
            take(feeds, left.query);
            if feeds.len() == REMEMBERED {
                feeds.remove(0);
            }
            feeds.push(left);
        });
    }
}

fn take(feeds: &mut Vec<Left>, query: FeedQuery) -> Option<Left> {
    let at = feeds.iter().position(|left| left.query == query)?;
    Some(feeds.remove(at))
}
