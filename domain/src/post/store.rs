use std::collections::HashMap;

use protocol::{
    AccountId, PostId, Problem, Timestamp,
    account::PersonView,
    post::{Counts, PostView},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Error,
    block::visible,
    db::{IntoValue, all, one, small},
};

/// What every query for posts selects; `$1` is the reader. Goes on with `WHERE …` or `AND …`.
macro_rules! select_posts {
    ($($rest:expr),+) => {
        concat!(
            "SELECT post.id, post.body, post.created_at, like_count, comment_count, revision, \
             account.id AS person_id, username, first_name, last_name, \
             (SELECT COUNT(*) FROM post_like WHERE post_id = post.id AND account_id = $1) AS own_likes \
             FROM post JOIN account ON account.id = post.author_id WHERE ",
            $crate::block::visible!("post.author_id"),
            $($rest),+
        )
    };
}
pub(crate) use select_posts;

#[derive(Debug, FromQueryResult)]
pub(crate) struct PostRow {
    id: Uuid,
    body: String,
    created_at: i64,
    like_count: i64,
    comment_count: i64,
    revision: i64,
    person_id: Uuid,
    username: String,
    first_name: String,
    last_name: String,
    own_likes: i64,
}

/// The post, if `viewer` may see it.
pub(crate) async fn visible(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    id: PostId,
) -> Result<PostView, Error> {
    let sql = select_posts!(" AND post.id = $2");
    let row: PostRow =
        one(db, sql, [viewer.into_value(), id.into_value()]).await?.ok_or(Problem::NotFound)?;
    into_views(db, viewer, vec![row]).await?.pop().ok_or_else(|| Problem::NotFound.into())
}

/// Those of `posts` that `viewer` may see.
pub(crate) async fn visible_among(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    posts: &[PostId],
) -> Result<Vec<PostView>, Error> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (2..posts.len() + 2).map(|place| format!("${place}")).collect();
    let sql = format!("{} AND post.id IN ({})", select_posts!(""), places.join(", "));
    let values: Vec<Value> =
        std::iter::once(viewer.into_value()).chain(posts.iter().map(|id| id.into_value())).collect();
    let rows: Vec<PostRow> = all(db, &sql, values).await?;
    into_views(db, viewer, rows).await
}

/// Who wrote the post, if `viewer` may see it: what a change of something below it has to know.
pub(crate) async fn author(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    id: PostId,
) -> Result<AccountId, Error> {
    #[derive(FromQueryResult)]
    struct Author {
        author_id: Uuid,
    }
    let sql = concat!("SELECT author_id FROM post WHERE id = $2 AND ", visible!("author_id"));
    let found: Option<Author> = one(db, sql, [viewer.into_value(), id.into_value()]).await?;
    found.map(|post| post.author_id.into()).ok_or_else(|| Problem::NotFound.into())
}

/// The posts as `viewer` sees them. One statement for all of them finds what their counts must not count.
pub(crate) async fn into_views(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    rows: Vec<PostRow>,
) -> Result<Vec<PostView>, Error> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let hidden = hidden_counts(db, viewer, &ids).await?;
    Ok(rows.into_iter().map(|row| into_view(row, &hidden)).collect())
}

fn into_view(row: PostRow, hidden: &HashMap<Uuid, (i64, i64)>) -> PostView {
    let (likes, comments) = hidden.get(&row.id).copied().unwrap_or_default();
    PostView {
        id: row.id.into(),
        author: PersonView {
            id: row.person_id.into(),
            username: row.username,
            first_name: row.first_name,
            last_name: row.last_name,
        },
        body: row.body,
        published_at: Timestamp::from_micros(row.created_at),
        counts: Counts {
            likes: small(row.like_count - likes),
            comments: small(row.comment_count - comments),
            revision: row.revision,
        },
        liked: row.own_likes > 0,
    }
}

/// For each post, how many of its likes and comments are hidden from `viewer`: those of people with a block between
/// them, and comments in the threads of such people.
async fn hidden_counts(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    posts: &[Uuid],
) -> Result<HashMap<Uuid, (i64, i64)>, Error> {
    #[derive(FromQueryResult)]
    struct Hidden {
        post_id: Uuid,
        likes: i64,
        comments: i64,
    }
    if posts.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (2..posts.len() + 2).map(|place| format!("${place}")).collect();
    let sql = format!(
        "WITH hidden AS (SELECT blocked_id AS id FROM block WHERE blocker_id = $1 \
                         UNION SELECT blocker_id AS id FROM block WHERE blocked_id = $1) \
         SELECT id AS post_id, \
           (SELECT COUNT(*) FROM post_like WHERE post_id = post.id AND account_id IN (SELECT id FROM hidden)) AS likes, \
           (SELECT COUNT(*) FROM comment LEFT JOIN comment AS thread ON thread.id = comment.thread_id \
             WHERE comment.post_id = post.id AND (comment.author_id IN (SELECT id FROM hidden) \
               OR thread.author_id IN (SELECT id FROM hidden))) AS comments \
         FROM post WHERE id IN ({}) AND EXISTS (SELECT 1 FROM hidden)",
        places.join(", ")
    );
    let values: Vec<Value> =
        std::iter::once(viewer.into_value()).chain(posts.iter().map(|id| (*id).into())).collect();
    let rows: Vec<Hidden> = all(db, &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.post_id, (row.likes, row.comments))).collect())
}
