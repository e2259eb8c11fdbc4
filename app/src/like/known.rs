//! What this page knows of likes and counts. The way back leads to cards as they were loaded, before what was pressed and
//! heard since.

use leptos::prelude::*;
use protocol::{
    PostId,
    post::{Counts, PostView},
};

/// Posts that are known of at most.
const POSTS: usize = 500;

/// How a post stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) liked: bool,
    pub(super) counts: Counts,
    /// Whether the server has yet to answer a press: then nothing that it said before is newer.
    pub(super) telling: bool,
}

/// The latest standing of each post, the longest known first. It belongs to the whole page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known(StoredValue<Vec<(PostId, Standing)>>);

/// Makes the page able to know; once, at its root.
pub fn provide() {
    provide_context(Known(StoredValue::new(Vec::new())));
}

pub(super) fn known() -> Known {
    expect_context()
}

impl Known {
    /// How `post` stands, which was loaded some time ago.
    pub(super) fn standing(self, post: &PostView) -> Standing {
        let loaded = Standing { liked: post.liked, counts: post.counts, telling: false };
        let find = |known: &Vec<(PostId, Standing)>| {
            known.iter().find(|(id, _)| *id == post.id).map(|(_, one)| *one)
        };
        newer(self.0.try_with_value(find).flatten(), loaded)
    }

    pub(super) fn note(self, post: PostId, standing: Standing) {
        self.0.try_update_value(|known| {
            known.retain(|(id, _)| *id != post);
            if known.len() == POSTS {
                known.remove(0);
            }
            known.push((post, standing));
        });
    }

    /// What was pressed was not to be.
    pub(super) fn forget(self, post: PostId) {
        self.0.try_update_value(|known| known.retain(|(id, _)| *id != post));
    }
}

fn newer(known: Option<Standing>, loaded: Standing) -> Standing {
    let is_newer = |known: &Standing| known.telling || known.counts.revision > loaded.counts.revision;
    known.filter(is_newer).unwrap_or(loaded)
}

#[cfg(test)]
mod tests {
    use protocol::post::Counts;

    use super::{Standing, newer};

    const fn standing(liked: bool, revision: i64, telling: bool) -> Standing {
        Standing { liked, counts: Counts { likes: 0, comments: 0, revision }, telling }
    }

    #[test]
    fn a_press_counts_until_the_server_says_something_newer() {
        let pressed = standing(true, 4, true);
        assert_eq!(newer(Some(pressed), standing(false, 9, false)), pressed, "it was not told yet");
        let told = standing(true, 5, false);
        assert_eq!(newer(Some(told), standing(false, 4, false)), told);
        for loaded in [standing(false, 5, false), standing(false, 6, false)] {
            assert_eq!(newer(Some(told), loaded), loaded, "taken back elsewhere");
        }
        assert_eq!(newer(None, told), told);
    }
}
