//! Snapshots of feeds for back navigation: the loaded posts and the scroll position.

use leptos::{ev, prelude::*};
use protocol::{Page, PostId, feed::FeedQuery, post::PostView};
use serde::{Deserialize, Serialize};

use crate::platform::ON_HOST;

/// How many feeds are kept: a way back of as many steps through feeds.
const CAPACITY: usize = 8;

/// What a feed begins with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum FeedStart {
    /// A page that was just loaded.
    Page(Page<PostView>),
    /// All that was there when one left, for somebody who comes back.
    Snapshot(FeedSnapshot),
}

/// A feed as it was left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FeedSnapshot {
    /// All posts that were loaded.
    pub(super) page: Page<PostView>,
    /// How far it was scrolled, in pixels.
    pub(super) scroll_y: f64,
}

/// The snapshots of all feeds. They belong to the whole page.
#[derive(Debug, Clone, Copy)]
pub struct FeedSnapshots {
    /// The latest last.
    feeds: StoredValue<Vec<(FeedQuery, FeedSnapshot)>>,
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
    pub(super) fn get(self, query: FeedQuery) -> Option<FeedSnapshot> {
        let find = |feeds: &Vec<(FeedQuery, FeedSnapshot)>| {
            feeds.iter().find(|(other, _)| *other == query).map(|(_, snapshot)| snapshot.clone())
        };
        self.feeds.try_with_value(find).flatten().filter(|_| self.by_history.get_value())
    }

    /// Drops all of them: somebody in it may be seen no more, or again.
    pub fn clear(self) {
        self.feeds.try_update_value(Vec::clear);
    }

    /// Drops a post that is gone.
    pub fn remove(self, post: PostId) {
        self.feeds.try_update_value(|feeds| {
            let pages = feeds.iter_mut().map(|(_, snapshot)| &mut snapshot.page.items);
            pages.for_each(|posts| posts.retain(|known| known.id != post));
        });
    }

    /// Saves a feed that is being left.
    pub(super) fn save(self, query: FeedQuery, snapshot: FeedSnapshot) {
        self.feeds.try_update_value(|feeds| {
            feeds.retain(|(other, _)| *other != query);
            if feeds.len() == CAPACITY {
                feeds.remove(0);
            }
            feeds.push((query, snapshot));
        });
    }
}
