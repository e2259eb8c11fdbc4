//! Cache of likes and counts. After navigating back, a card is rendered from a post that was loaded before the latest press
//! and the latest live update; the cache has both.

use leptos::prelude::*;
use protocol::{
    PostId,
    post::{Counts, PostView},
};

use crate::platform::ON_HOST;

/// Posts in the cache at most; the least recently changed one is evicted.
const CAPACITY: usize = 500;

/// Likes and counts of a post, as the page shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LikeSnapshot {
    pub(super) liked: bool,
    pub(super) counts: Counts,
    /// Whether the server has yet to answer a press: then nothing that it said before is newer.
    pub(super) in_flight: bool,
}

/// The latest snapshot of each post, the least recently changed first. It belongs to the whole page.
#[derive(Debug, Clone, Copy)]
pub(super) struct LikeCache(Option<StoredValue<Vec<(PostId, LikeSnapshot)>>>);

/// Provides the cache; once, at the root.
pub fn provide() {
    provide_context(LikeCache(Some(StoredValue::new(Vec::new()))));
}

/// The cache of the page; an empty one on the host, where nobody has pressed anything yet.
pub(super) fn like_cache() -> LikeCache {
    if ON_HOST { LikeCache(None) } else { expect_context() }
}

impl LikeCache {
    /// The newer of the cached snapshot and `post` as it was loaded.
    pub(super) fn latest(self, post: &PostView) -> LikeSnapshot {
        let loaded = LikeSnapshot { liked: post.liked, counts: post.counts, in_flight: false };
        let find = |known: &Vec<(PostId, LikeSnapshot)>| {
            known.iter().find(|(id, _)| *id == post.id).map(|(_, one)| *one)
        };
        newer(self.0.and_then(|known| known.try_with_value(find)).flatten(), loaded)
    }

    pub(super) fn save(self, post: PostId, snapshot: LikeSnapshot) {
        self.update(|known| {
            known.retain(|(id, _)| *id != post);
            if known.len() == CAPACITY {
                known.remove(0);
            }
            known.push((post, snapshot));
        });
    }

    /// The server refused what was pressed.
    pub(super) fn remove(self, post: PostId) {
        self.update(|known| known.retain(|(id, _)| *id != post));
    }

    fn update(self, update: impl FnOnce(&mut Vec<(PostId, LikeSnapshot)>)) {
        self.0.and_then(|known| known.try_update_value(update));
    }
}

fn newer(known: Option<LikeSnapshot>, loaded: LikeSnapshot) -> LikeSnapshot {
    let is_newer = |known: &LikeSnapshot| known.in_flight || known.counts.revision > loaded.counts.revision;
    known.filter(is_newer).unwrap_or(loaded)
}

#[cfg(test)]
mod tests {
    use protocol::post::Counts;

    use super::{LikeSnapshot, newer};

    const fn snapshot(liked: bool, revision: i64, in_flight: bool) -> LikeSnapshot {
        LikeSnapshot { liked, counts: Counts { likes: 0, comments: 0, revision }, in_flight }
    }

    #[test]
    fn a_press_counts_until_the_server_says_something_newer() {
        let pressed = snapshot(true, 4, true);
        assert_eq!(newer(Some(pressed), snapshot(false, 9, false)), pressed, "it was not answered yet");
        let answered = snapshot(true, 5, false);
        assert_eq!(newer(Some(answered), snapshot(false, 4, false)), answered);
        for loaded in [snapshot(false, 5, false), snapshot(false, 6, false)] {
            assert_eq!(newer(Some(answered), loaded), loaded, "taken back elsewhere");
        }
        assert_eq!(newer(None, answered), answered);
    }
}
