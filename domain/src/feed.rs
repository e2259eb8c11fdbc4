//! The feed: posts of everybody, or of oneself and the people one follows, newest first.
//!
//! Read in pages that begin below the last post seen, so that a page costs the same anywhere in the feed and new posts
//! above move nothing.

use protocol::{
    Page,
    post::{FeedKind, FeedQuery, PostView},
};
use uuid::Uuid;

use crate::{
    Cx, Error, Scope,
    db::{IntoValue, all},
    post::store::{PostRow, into_views, select_posts},
};

#[cfg(test)]
mod tests;

/// A page of the feed.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn page(cx: &Cx, scope: &Scope, query: FeedQuery) -> Result<Page<PostView>, Error> {
    let viewer = scope.account()?;
    let sql = match query.kind {
        FeedKind::Everyone => select_posts!(" AND post.id < $2 ORDER BY post.id DESC LIMIT $3"),
        FeedKind::Following => select_posts!(
            " AND post.id < $2 AND (post.author_id = $1 \
             OR post.author_id IN (SELECT followed_id FROM follow WHERE follower_id = $1)) \
             ORDER BY post.id DESC LIMIT $3"
        ),
    };
    let before = query.before.map_or(Uuid::max(), Uuid::from);
    let limit = i64::try_from(Page::<PostView>::SIZE + 1).unwrap_or(i64::MAX);
    let rows: Vec<PostRow> =
        all(cx.db.read(), sql, [viewer.into_value(), before.into(), limit.into()]).await?;
    let page = Page::from_rows(rows);
    Ok(Page { items: into_views(cx.db.read(), viewer, page.items).await?, more: page.more })
}
