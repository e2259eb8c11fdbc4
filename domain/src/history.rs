//! What one's own account has seen: its numbers, its posts, its log-ins. Only the owner asks.
//!
//! Counts are those that the owner sees everywhere: without people with a block between them and without closed accounts.

use protocol::{
    Page, PostId, Problem, SessionId, Timestamp,
    history::{LogInsView, OverviewView, PostEntry},
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, neutral, shows};
use crate::{
    Cx, Error, Scope,
    block::{comment_stands, hidden},
    db::{IntoValue, all, one, to_u32},
    post::store::{hidden_comments, hidden_likes},
};

mod log_in_rows;
#[cfg(test)]
mod tests;

/// Characters of a post by which its author knows it again.
const EXCERPT: usize = 140;

/// The numbers of the asker's account, in one statement.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn overview(cx: &Cx, scope: &Scope) -> Result<OverviewView, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        created_at: i64,
        follower_count: i64,
        following_count: i64,
        post_count: i64,
        likes: i64,
        comments: i64,
        own_likes: i64,
        own_comments: i64,
        blocked: i64,
        bytes: i64,
    }
    let account = scope.account()?;
    // All that is counted in the posts, as their author sees it, but for what is the author's own.
    let sql = concat!(
        "WITH hidden AS (",
        hidden!(),
        ") SELECT created_at, following_count - (SELECT COUNT((SELECT 1 FROM follow \
           WHERE follower_id = account.id AND followed_id = hidden.id)) FROM hidden) AS following_count, \
         follower_count - (SELECT COUNT((SELECT 1 FROM follow \
           WHERE follower_id = hidden.id AND followed_id = account.id)) FROM hidden) AS follower_count, post_count, \
         CAST((SELECT COALESCE(SUM(like_count - ",
        hidden_likes!(),
        "), 0) FROM post WHERE author_id = $1 AND removed_at IS NULL) AS bigint) AS likes, \
         CAST((SELECT COALESCE(SUM(comment_count - ",
        hidden_comments!(),
        "), 0) FROM post WHERE author_id = $1 AND removed_at IS NULL) AS bigint) AS comments, \
         (SELECT COUNT(*) FROM post_like JOIN post ON post.id = post_like.post_id \
           WHERE post_like.account_id = $1 AND post.author_id = $1 AND post.removed_at IS NULL) AS own_likes, \
         (SELECT COUNT(*) FROM comment AS own JOIN post ON post.id = own.post_id \
           LEFT JOIN comment AS head ON head.id = own.thread_id \
           WHERE own.author_id = $1 AND own.removed_at IS NULL AND post.author_id = $1 AND post.removed_at IS NULL \
           AND (head.author_id IS NULL OR head.author_id NOT IN (SELECT id FROM hidden)) AND ",
        comment_stands!("own"),
        ") AS own_comments, \
         (SELECT COUNT(*) FROM block WHERE blocker_id = $1 \
           AND blocked_id NOT IN (SELECT account_id FROM closed_account)) AS blocked, \
         CAST((SELECT COALESCE(SUM(bytes), 0) FROM picture WHERE owner_id = $1) AS bigint) AS bytes \
         FROM account WHERE id = $1"
    );
    let row: Row = one(cx.db.read(), sql, [account.into_value()]).await?.ok_or(Problem::SignInNeeded)?;
    Ok(OverviewView {
        joined_at: Timestamp::from_micros(row.created_at),
        posts: to_u32(row.post_count),
        likes_received: to_u32(row.likes - row.own_likes),
        comments_received: to_u32(row.comments - row.own_comments),
        followers: to_u32(row.follower_count),
        following: to_u32(row.following_count),
        blocked: to_u32(row.blocked),
        storage_bytes: u64::try_from(row.bytes).unwrap_or_default(),
    })
}

/// A page of the asker's posts, the latest first, those before `before`.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn posts(cx: &Cx, scope: &Scope, before: Option<PostId>) -> Result<Page<PostEntry>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        body: String,
        created_at: i64,
        edited_at: Option<i64>,
        like_count: i64,
        comment_count: i64,
    }
    let account = scope.account()?;
    let sql = concat!(
        "WITH hidden AS (",
        hidden!(),
        ") SELECT id, body, created_at, edited_at, like_count - ",
        hidden_likes!(),
        " AS like_count, comment_count - ",
        hidden_comments!(),
        " AS comment_count FROM post \
         WHERE author_id = $1 AND id < $2 AND removed_at IS NULL ORDER BY id DESC LIMIT $3"
    );
    let before = before.map_or(Uuid::max(), Uuid::from);
    let rows: Vec<Row> =
        all(cx.db.read(), sql, [account.into_value(), before.into(), limit().into()]).await?;
    let entries = rows.into_iter().map(|row| PostEntry {
        id: row.id.into(),
        excerpt: excerpt(&row.body),
        published_at: Timestamp::from_micros(row.created_at),
        edited_at: row.edited_at.map(Timestamp::from_micros),
        likes: to_u32(row.like_count),
        comments: to_u32(row.comment_count),
    });
    Ok(Page::from_rows(entries.collect()))
}

/// A page of the asker's log-ins, the latest first, those before `before`. The first page has the tries that failed, too.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn log_ins(cx: &Cx, scope: &Scope, before: Option<SessionId>) -> Result<LogInsView, Error> {
    let account = scope.account()?;
    let this = scope.session().map(|session| session.id);
    let failed = match before {
        None => log_in_rows::failed(cx.db.read(), account).await?,
        Some(_) => Vec::new(),
    };
    Ok(LogInsView { failed, log_ins: log_in_rows::page(cx.db.read(), account, this, before).await? })
}

/// One row more than a page holds.
fn limit() -> i64 {
    i64::try_from(Page::<()>::SIZE + 1).unwrap_or(i64::MAX)
}

/// How a text begins, on one line.
fn excerpt(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows("history::overview", &["the_history_counts_nothing_of_a_hidden_person"]),
    shows("history::posts", &["the_history_counts_nothing_of_a_hidden_person"]),
    neutral("history::log_ins", "shows the own log-ins"),
];
