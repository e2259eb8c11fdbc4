use protocol::{
    AccountId, PostId, Problem, Timestamp,
    media::PictureView,
    post::{Counts, PostView, VersionView},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Cx, Error,
    account::store::PersonRow,
    block::visible,
    db::{Count, IntoValue, all, execute, one, placeholders, to_u32},
    mention,
};

/// SQL for how many counted likes of a post are hidden from the reader: those of people with a block between them. Looks through the
/// likes where they are fewer than the people `hidden`, and for these people where there are more, so that a post with
/// ten thousand likes costs no more than one with ten.
macro_rules! hidden_likes {
    () => {
        concat!("CASE WHEN like_count = 0 THEN 0 \
         WHEN like_count <= (SELECT COUNT(*) FROM hidden) THEN \
           (SELECT COUNT(CASE WHEN account_id IN (SELECT id FROM hidden) AND ", $crate::block::like_stands!(), " THEN 1 END) \
            FROM post_like WHERE post_id = post.id) \
         ELSE (SELECT COUNT((SELECT 1 FROM post_like WHERE post_id = post.id AND account_id = hidden.id AND ",
            $crate::block::like_stands!(), ")) FROM hidden) END"
        )
    };
}

/// The same for comments: those of people hidden, and those of others in their threads.
macro_rules! hidden_comments {
    () => {
        concat!("CASE WHEN comment_count = 0 THEN 0 \
         WHEN comment_count <= (SELECT COUNT(*) FROM hidden) THEN \
           (SELECT COUNT(CASE WHEN said.author_id IN (SELECT id FROM hidden) OR thread.author_id IN (SELECT id FROM hidden) \
              THEN 1 END) FROM comment AS said LEFT JOIN comment AS thread ON thread.id = said.thread_id \
            WHERE said.post_id = post.id AND said.removed_at IS NULL AND ", $crate::block::comment_stands!("said"), ") \
         ELSE (SELECT COUNT(DISTINCT CASE WHEN theirs.removed_at IS NULL AND ", $crate::block::comment_stands!("theirs"),
            " THEN theirs.id END) + COUNT(answer.id) FROM hidden \
            LEFT JOIN comment AS theirs ON theirs.author_id = hidden.id AND theirs.post_id = post.id \
            LEFT JOIN comment AS answer ON answer.thread_id = theirs.id AND answer.removed_at IS NULL \
              AND answer.author_id NOT IN (SELECT id FROM hidden) AND ", $crate::block::comment_stands!("answer"), ") END"
        )
    };
}

/// What every query for posts selects; `$1` is the reader. Every post has an author: the outer join only tells SQLite to
/// begin with the posts, in their order. With statistics at hand it would begin with the few people and sort all posts.
/// Goes on with `AND …`.
macro_rules! select_posts {
    ($($rest:expr),+) => {
        concat!(
            "WITH hidden AS (", $crate::block::hidden!(), ") \
             SELECT post.id, post.body, post.pictures, post.created_at, post.edited_at, post.version, \
             like_count - ", $crate::post::store::hidden_likes!(), " AS likes, \
             comment_count - ", $crate::post::store::hidden_comments!(), " AS comments, \
             ", $crate::account::store::person_columns!("account"), ", \
             (SELECT COUNT(*) FROM post_like WHERE post_id = post.id AND account_id = $1) AS own_likes, ",
            $crate::mention::mentions_in!("post_mention", "post_id", "post.id"),
            " FROM post LEFT JOIN account ON account.id = post.author_id WHERE post.removed_at IS NULL AND ",
            $crate::block::visible!("post.author_id"),
            $($rest),+
        )
    };
}
pub(crate) use {hidden_comments, hidden_likes, select_posts};

#[derive(Debug, FromQueryResult)]
pub(crate) struct PostRow {
    id: Uuid,
    body: String,
    mentions: Option<String>,
    pictures: String,
    created_at: i64,
    edited_at: Option<i64>,
    version: i64,
    likes: i64,
    comments: i64,
    #[sea_orm(nested)]
    author: PersonRow,
    own_likes: i64,
}

/// The post, if `viewer` may see it.
pub(crate) async fn visible(cx: &Cx, viewer: AccountId, id: PostId) -> Result<PostView, Error> {
    visible_in(cx.db.read(), cx.next_revision(), viewer, id).await
}

/// The same over this connection, under a revision that was drawn before.
pub(super) async fn visible_in(
    db: &impl ConnectionTrait,
    revision: i64,
    viewer: AccountId,
    id: PostId,
) -> Result<PostView, Error> {
    let sql = select_posts!(" AND post.id = $2");
    let row: PostRow =
        one(db, sql, [viewer.into_value(), id.into_value()]).await?.ok_or(Problem::NotFound)?;
    row.into_view(revision)
}

/// Those of `posts` that `viewer` may see.
pub(crate) async fn visible_among(
    cx: &Cx,
    viewer: AccountId,
    posts: &[PostId],
) -> Result<Vec<PostView>, Error> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{} AND post.id IN ({})", select_posts!(""), placeholders(2, posts.len()));
    let values: Vec<Value> =
        std::iter::once(viewer.into_value()).chain(posts.iter().map(|id| id.into_value())).collect();
    let revision = cx.next_revision();
    let rows: Vec<PostRow> = all(cx.db.read(), &sql, values).await?;
    rows.into_iter().map(|row| row.into_view(revision)).collect()
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
    let sql = concat!(
        "SELECT author_id FROM post WHERE id = $2 AND removed_at IS NULL AND ",
        visible!("author_id")
    );
    let found: Option<Author> = one(db, sql, [viewer.into_value(), id.into_value()]).await?;
    found.map(|post| post.author_id.into()).ok_or_else(|| Problem::NotFound.into())
}

impl PostRow {
    /// The post as its reader sees it. `revision` was drawn before it was read.
    pub(crate) fn into_view(self, revision: i64) -> Result<PostView, Error> {
        Ok(PostView {
            id: self.id.into(),
            author: self.author.into(),
            body: self.body,
            mentions: mention::parse_names(self.mentions),
            pictures: parse_pictures(&self.pictures)?,
            published_at: Timestamp::from_micros(self.created_at),
            edited_at: self.edited_at.map(Timestamp::from_micros),
            version: to_u32(self.version),
            counts: Counts { likes: to_u32(self.likes), comments: to_u32(self.comments), revision },
            liked: self.own_likes > 0,
        })
    }
}

/// An own post, as far as a change of it has to know.
#[derive(Debug, FromQueryResult)]
pub(super) struct Own {
    pub(super) body: String,
    pub(super) version: i64,
    pictures: String,
    created_at: i64,
    edited_at: Option<i64>,
}

impl Own {
    pub(super) fn pictures(&self) -> Result<Vec<PictureView>, Error> {
        parse_pictures(&self.pictures)
    }
}

fn parse_pictures(pictures: &str) -> Result<Vec<PictureView>, Error> {
    // Most posts have none.
    if pictures == "[]" { Ok(Vec::new()) } else { serde_json::from_str(pictures).map_err(Error::internal) }
}

const OWN_COLUMNS: &str = "body, version, pictures, created_at, edited_at";

/// The post, if it is `author`'s own and not removed.
pub(super) async fn own(db: &impl ConnectionTrait, author: AccountId, post: PostId) -> Result<Own, Error> {
    let sql =
        format!("SELECT {OWN_COLUMNS} FROM post WHERE id = $1 AND author_id = $2 AND removed_at IS NULL");
    let row: Option<Own> = one(db, &sql, [post.into_value(), author.into_value()]).await?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// Whether the post is `author`'s own and removed, so that it can still be brought back.
pub(super) async fn is_removed(
    db: &impl ConnectionTrait,
    author: AccountId,
    post: PostId,
) -> Result<bool, Error> {
    let sql =
        "SELECT COUNT(*) AS count FROM post WHERE id = $1 AND author_id = $2 AND removed_at IS NOT NULL";
    let found: Option<Count> = one(db, sql, [post.into_value(), author.into_value()]).await?;
    Ok(found.is_some_and(|found| found.count > 0))
}

/// The post, if it is `author`'s own and not removed, and its lock.
pub(super) async fn lock_own(
    db: &impl ConnectionTrait,
    author: AccountId,
    post: PostId,
) -> Result<Own, Error> {
    let sql = format!(
        "UPDATE post SET version = version WHERE id = $1 AND author_id = $2 AND removed_at IS NULL \
         RETURNING {OWN_COLUMNS}"
    );
    let row: Option<Own> = one(db, &sql, [post.into_value(), author.into_value()]).await?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// Whether the post was removed before that moment and not brought back; if so, with its lock.
pub(crate) async fn lock_removed(
    db: &impl ConnectionTrait,
    post: PostId,
    before: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE post SET version = version WHERE id = $1 AND removed_at <= $2";
    Ok(execute(db, sql, [post.into_value(), before.micros().into()]).await? == 1)
}

/// Whether a post that is there is shown or removed.
pub(super) enum Standing {
    Shown,
    Removed,
}

/// The standing of a post of `author`, and its lock.
pub(super) async fn lock_any(
    db: &impl ConnectionTrait,
    author: AccountId,
    post: PostId,
) -> Result<Option<Standing>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        removed_at: Option<i64>,
    }
    let sql = "UPDATE post SET version = version WHERE id = $1 AND author_id = $2 RETURNING removed_at";
    let row: Option<Row> = one(db, sql, [post.into_value(), author.into_value()]).await?;
    Ok(row.map(|row| if row.removed_at.is_some() { Standing::Removed } else { Standing::Shown }))
}

/// The latest posts of `author` that are shown.
pub(super) async fn latest_of(
    db: &impl ConnectionTrait,
    author: AccountId,
    limit: i64,
) -> Result<Vec<PostId>, Error> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let sql = "SELECT id FROM post WHERE author_id = $1 AND removed_at IS NULL ORDER BY id DESC LIMIT $2";
    let posts: Vec<Id> = all(db, sql, [author.into_value(), limit.into()]).await?;
    Ok(posts.into_iter().map(|post| post.id.into()).collect())
}

/// Hides a post from everybody from this moment on.
pub(super) async fn mark_removed(
    db: &impl ConnectionTrait,
    post: PostId,
    at: Timestamp,
) -> Result<(), Error> {
    let values = [at.micros().into(), post.into_value()];
    execute(db, "UPDATE post SET removed_at = $1 WHERE id = $2", values).await.map(drop)
}

/// Shows a removed post of `author` again. False when it is not theirs or was not removed.
pub(super) async fn unmark_removed(
    db: &impl ConnectionTrait,
    author: AccountId,
    post: PostId,
) -> Result<bool, Error> {
    let sql = "UPDATE post SET removed_at = NULL WHERE id = $1 AND author_id = $2 AND removed_at IS NOT NULL";
    Ok(execute(db, sql, [post.into_value(), author.into_value()]).await? == 1)
}

/// Deletes a post and what it said before. What else belongs to it has been deleted by its slices.
pub(crate) async fn delete(db: &impl ConnectionTrait, post: PostId) -> Result<(), Error> {
    execute(db, "DELETE FROM post_version WHERE post_id = $1", [post.into_value()]).await?;
    execute(db, "DELETE FROM post WHERE id = $1", [post.into_value()]).await.map(drop)
}

/// The post that `author` published under this id of theirs.
pub(super) async fn find_by_client_id(
    db: &impl ConnectionTrait,
    author: AccountId,
    client_id: Uuid,
) -> Result<Option<PostId>, Error> {
    #[derive(FromQueryResult)]
    struct Id {
        id: Uuid,
    }
    let sql = "SELECT id FROM post WHERE author_id = $1 AND client_id = $2";
    let before: Option<Id> = one(db, sql, [author.into_value(), client_id.into()]).await?;
    Ok(before.map(|post| post.id.into()))
}

/// Shows these pictures on the post.
pub(super) async fn set_pictures(
    db: &impl ConnectionTrait,
    post: PostId,
    pictures: &[PictureView],
) -> Result<(), Error> {
    let pictures = serde_json::to_string(pictures).map_err(Error::internal)?;
    execute(db, "UPDATE post SET pictures = $1 WHERE id = $2", [pictures.into(), post.into_value()])
        .await
        .map(drop)
}

/// Keeps what a post says before it says something else.
pub(super) async fn save_version(
    db: &impl ConnectionTrait,
    post: PostId,
    before: &Own,
    pictures: usize,
) -> Result<(), Error> {
    let sql =
        "INSERT INTO post_version (post_id, version, body, pictures, written_at) VALUES ($1, $2, $3, $4, $5)";
    let values = [
        post.into_value(),
        before.version.into(),
        before.body.as_str().into(),
        i64::try_from(pictures).unwrap_or(i64::MAX).into(),
        before.edited_at.unwrap_or(before.created_at).into(),
    ];
    execute(db, sql, values).await.map(drop)
}

/// Gives a post its next version.
pub(super) async fn rewrite(
    db: &impl ConnectionTrait,
    post: PostId,
    body: &str,
    pictures: &[PictureView],
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE post SET body = $1, version = version + 1, edited_at = $2 WHERE id = $3";
    execute(db, sql, [body.into(), now.micros().into(), post.into_value()]).await?;
    set_pictures(db, post, pictures).await
}

/// Bytes of the texts of earlier versions that are shown at once.
const VERSIONS_BYTES: usize = 256 * 1024;

/// What a post said before, the latest first.
pub(super) async fn versions(db: &impl ConnectionTrait, post: PostId) -> Result<Vec<VersionView>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        version: i64,
        body: String,
        pictures: i64,
        written_at: i64,
    }
    let sql = "SELECT version, body, pictures, written_at FROM post_version WHERE post_id = $1 \
               ORDER BY version DESC LIMIT 100";
    let rows: Vec<Row> = all(db, sql, [post.into_value()]).await?;
    let mut bytes = 0;
    let rows = rows.into_iter().take_while(|row| {
        bytes += row.body.len();
        bytes <= VERSIONS_BYTES
    });
    let views = rows.map(|row| VersionView {
        version: to_u32(row.version),
        body: row.body,
        pictures: to_u32(row.pictures),
        written_at: Timestamp::from_micros(row.written_at),
    });
    Ok(views.collect())
}
