//! The pages that are looked at.

use anyhow::Result;
use protocol::{
    PostId,
    feed::{FeedKind, FeedQuery},
};

use crate::seed::{Dataset, ENTHUSIAST, NEWCOMER, READER};

/// Posts on a page.
const PAGE: u32 = 20;

/// A page of the feed, and who looks at it.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) name: &'static str,
    pub(crate) who: &'static str,
    kind: FeedKind,
    depth: Depth,
    /// Whether each request is for an address that nobody has asked for, so that no card on it was written before.
    pub(crate) is_new: bool,
}

#[derive(Debug)]
enum Depth {
    Top,
    /// So many pages down, or nearly at the end where there are not so many.
    Pages(u32),
    /// Half of all posts down.
    Middle,
}

const fn visit(name: &'static str, who: &'static str, kind: FeedKind, depth: Depth) -> Visit {
    Visit { name, who, kind, depth, is_new: false }
}

/// The first is the one that the budget is about.
pub(crate) const VISITS: [Visit; 7] = [
    visit("Everyone", READER, FeedKind::Everyone, Depth::Top),
    Visit { is_new: true, ..visit("Everyone, cards never written", READER, FeedKind::Everyone, Depth::Top) },
    visit("Everyone, page 100", READER, FeedKind::Everyone, Depth::Pages(100)),
    visit("Everyone, in the middle", READER, FeedKind::Everyone, Depth::Middle),
    visit("Following 140 people", READER, FeedKind::Following, Depth::Top),
    visit("Following 2 silent people", NEWCOMER, FeedKind::Following, Depth::Top),
    visit("Following everybody", ENTHUSIAST, FeedKind::Following, Depth::Top),
];

impl Visit {
    pub(crate) async fn query(&self, set: &Dataset) -> Result<FeedQuery> {
        let before = match self.depth {
            Depth::Top => None,
            Depth::Pages(pages) => {
                Some(set.post_below((pages * PAGE).min(set.posts.saturating_sub(10 * PAGE))).await?)
            }
            Depth::Middle => Some(set.post_below(set.posts / 2).await?),
        };
        Ok(FeedQuery { kind: self.kind, before })
    }
}

/// Where the server has this page.
pub(crate) fn path(query: FeedQuery) -> String {
    let tab = (query.kind == FeedKind::Following).then(|| "tab=following".to_owned());
    let before = query.before.map(|post: PostId| format!("before={post}"));
    let parts: Vec<String> = tab.into_iter().chain(before).collect();
    if parts.is_empty() { "/".to_owned() } else { format!("/?{}", parts.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::{FeedKind, FeedQuery, PostId, path};

    #[test]
    fn each_page_of_the_feed_has_its_address() {
        let before = Some(PostId::from(uuid::Uuid::nil()));
        let of = |kind, before| path(FeedQuery { kind, before });
        assert_eq!(of(FeedKind::Everyone, None), "/");
        assert_eq!(
            of(FeedKind::Following, before),
            "/?tab=following&before=00000000-0000-0000-0000-000000000000"
        );
    }
}
