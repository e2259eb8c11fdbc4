//! The feed: posts of everybody, or of oneself and the people one follows, or of one person; newest first.
//!
//! Read in pages that begin below the last post seen, so that a page costs the same anywhere in the feed and new posts
//! above move nothing.

use protocol::{
    Page,
    feed::{FeedKind, FeedQuery},
    post::PostView,
};
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope,
    db::{IntoValue, all},
    post::store::{PostRow, select_posts},
};

#[cfg(test)]
mod tests;

/// `$2` is where the page begins, `$3` how many posts it may have.
const EVERYONE: &str = select_posts!(" AND post.id < $2 ORDER BY post.id DESC LIMIT $3");

/// `$4` is the person.
const AUTHOR: &str =
    select_posts!(" AND post.author_id = $4 AND post.id < $2 ORDER BY post.id DESC LIMIT $3");

/// Costs the same however many posts there are. Most pages are filled by the latest posts of all (`at_hand`), which is a
/// short look for whoever follows many; the others are put together from those who are followed. A page of 21 can only show
/// the 21 people (`circle`) whose latest posts are the latest of all, and of theirs no post that is older than the oldest of
/// those 21; or, where fewer people write, none that is older than the last of the 21 with which one of them fills the page
/// alone. A block ends follows, so nobody in the circle is hidden from the reader.
const FOLLOWING: &str = select_posts!(
    " AND post.id IN (\
       WITH counted AS (\
         SELECT 1 FROM follow WHERE follower_id = $1 LIMIT 100\
       ), at_hand AS (\
         SELECT id FROM post WHERE id < $2 AND removed_at IS NULL AND id >= COALESCE(\
           (SELECT id FROM post WHERE id < $2 ORDER BY id DESC LIMIT 1 OFFSET (SELECT 4 * COUNT(*) FROM counted)), \
           (SELECT id FROM post WHERE id < $2 ORDER BY id LIMIT 1)\
         ) AND (author_id = $1 OR EXISTS (SELECT 1 FROM follow WHERE follower_id = $1 AND followed_id = post.author_id)) \
         ORDER BY id DESC LIMIT $3\
       ), followed AS (\
         SELECT followed_id AS person FROM follow WHERE follower_id = $1 AND (SELECT COUNT(*) FROM at_hand) < $3 \
         UNION ALL SELECT $1\
       ), recent AS (\
         SELECT person, (SELECT id FROM post WHERE author_id = person AND id < $2 AND removed_at IS NULL \
                         ORDER BY id DESC LIMIT 1) AS latest FROM followed\
       ), circle AS (\
         SELECT person, latest FROM recent WHERE latest IS NOT NULL ORDER BY latest DESC LIMIT $3\
       ) SELECT id FROM at_hand UNION SELECT near.id FROM circle JOIN post AS near ON near.author_id = circle.person \
       WHERE near.removed_at IS NULL AND near.id < $2 AND near.id >= COALESCE(\
         (SELECT latest FROM circle ORDER BY latest DESC LIMIT 1 OFFSET $3 - 1), \
         (SELECT (SELECT id FROM post WHERE author_id = person AND id < $2 AND removed_at IS NULL \
                  ORDER BY id DESC LIMIT 1 OFFSET $3 - 1) AS filling FROM circle ORDER BY filling DESC NULLS LAST LIMIT 1), \
         (SELECT id FROM post WHERE id < $2 ORDER BY id LIMIT 1)\
       ) ORDER BY id DESC LIMIT $3\
     ) ORDER BY post.id DESC LIMIT $3"
);

/// A page of the feed.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn page(cx: &Cx, scope: &Scope, query: FeedQuery) -> Result<Page<PostView>, Error> {
    let viewer = scope.account()?;
    let (sql, author) = match query.kind {
        FeedKind::Everyone => (EVERYONE, None),
        FeedKind::Following => (FOLLOWING, None),
        FeedKind::By(author) => (AUTHOR, Some(author)),
    };
    let before = query.before.map_or(Uuid::max(), Uuid::from);
    let limit = i64::try_from(Page::<PostView>::SIZE + 1).unwrap_or(i64::MAX);
    let values = [viewer.into_value(), before.into(), limit.into()];
    let values = values.into_iter().chain(author.map(IntoValue::into_value));
    let revision = cx.next_revision();
    let rows: Vec<PostRow> = all(cx.db.read(), sql, values).await?;
    let page = Page::from_rows(rows);
    let items = page.items.into_iter().map(|row| row.into_view(revision)).collect::<Result<_, _>>()?;
    Ok(Page { items, more: page.more })
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[shows(
    "feed::page",
    &[
        "a_hidden_author_is_in_no_feed",
        "only_a_follower_finds_an_author_in_following",
        "a_hidden_persons_feed_is_as_empty_as_that_of_nobody",
    ],
)];
