//! Going back leads to the place in the feed that one came from: the pages that were loaded, and how far one had read.

use leptos::{ev, prelude::*};
use protocol::{PostId, feed::FeedQuery, post::PostView};

use crate::platform::ON_HOST;

/// How many feeds are kept: a way back of as many steps through feeds.
const CAPACITY: usize = 8;

/// A feed as it was left.
#[derive(Debug, Clone)]
pub(super) struct FeedSnapshot {
    pub(super) query: FeedQuery,
    pub(super) posts: Vec<PostView>,
    pub(super) more: bool,
    /// How far it was scrolled, in pixels.
    pub(super) scroll_y: f64,
}

/// The snapshots of all feeds. They belong to the whole page.
#[derive(Debug, Clone, Copy)]
pub struct FeedSnapshots {
    /// The latest last.
    feeds: StoredValue<Vec<FeedSnapshot>>,
    /// Whether the page that is being shown was reached by going back or forward.
    by_history: StoredValue<bool>,
}

/// Provides the snapshots; once, at its root.
pub fn provide_snapshots() {
    let snapshots =
        FeedSnapshots { feeds: StoredValue::new(Vec::new()), by_history: StoredValue::new(false) };
    provide_context(snapshots);
    // Not in an effect: the router listens, too, and shows the page before whoever listens after it hears anything.
    if !ON_HOST {
        _ = window_event_listener(ev::popstate, move |_| snapshots.by_history.set_value(true));
        // Whoever presses a link goes forward.
        _ = window_event_listener(ev::click, move |_| snapshots.by_history.set_value(false));
    }
}

/// The snapshots of the page.
pub fn feed_snapshots() -> FeedSnapshots {
    expect_context()
}

impl FeedSnapshots {
    /// What was shown under this query, for somebody who comes back to it.
    pub(super) fn restore(self, query: FeedQuery) -> Option<FeedSnapshot> {
        if !self.by_history.get_value() {
            return None;
        }
        self.feeds.try_update_value(|feeds| remove_query(feeds, query)).flatten()
    }

    /// Drops all of them: somebody in it may be seen no more, or again.
    pub fn clear(self) {
        self.feeds.try_update_value(Vec::clear);
    }

    /// Drops a post that is gone.
    pub fn remove(self, post: PostId) {
        self.feeds.try_update_value(|feeds| {
            feeds.iter_mut().for_each(|snapshot| snapshot.posts.retain(|known| known.id != post));
        });
    }

    /// Saves a feed that is being left.
    pub(super) fn save(self, snapshot: FeedSnapshot) {
        self.feeds.try_update_value(|feeds| {
            remove_query(feeds, snapshot.query);
            if feeds.len() == CAPACITY {
                feeds.remove(0);
            }
            feeds.push(snapshot);
        });
    }
}

fn remove_query(feeds: &mut Vec<FeedSnapshot>, query: FeedQuery) -> Option<FeedSnapshot> {
    let at = feeds.iter().position(|snapshot| snapshot.query == query)?;
    Some(feeds.remove(at))
}
