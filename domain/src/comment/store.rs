use protocol::{AccountId, CommentId, PostId, Problem, Timestamp, comment::CommentView, notification::Cause};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error,
    account::store::PersonRow,
    block::{comment_stands, visible},
    db::{IntoValue, execute, one, to_u32},
    mention,
};

/// Who wrote the post, if `viewer` may see it, and the post's lock.
pub(super) async fn lock_post(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    post: PostId,
) -> Result<AccountId, Error> {
    #[derive(FromQueryResult)]
    struct Author {
        author_id: Uuid,
    }
    let sql = concat!(
        "UPDATE post SET version = version WHERE id = $2 AND removed_at IS NULL AND ",
        visible!("author_id"),
        " RETURNING author_id"
    );
    let found: Option<Author> = one(db, sql, [viewer.into_value(), post.into_value()]).await?;
    found.map(|post| post.author_id.into()).ok_or_else(|| Problem::NotFound.into())
}

/// What the author wrote under this id of their client, if anything.
///
/// # Errors
/// [`Problem::NotFound`] when it has been removed since.
pub(super) async fn find_by_client_id(
    db: &impl ConnectionTrait,
    author: AccountId,
    client_id: Option<Uuid>,
) -> Result<Option<CommentId>, Error> {
    #[derive(FromQueryResult)]
    struct Before {
        id: Uuid,
        removed_at: Option<i64>,
    }
    let Some(client_id) = client_id else { return Ok(None) };
    let sql = "SELECT id, removed_at FROM comment WHERE author_id = $1 AND client_id = $2";
    match one::<Before>(db, sql, [author.into_value(), client_id.into()]).await? {
        Some(Before { removed_at: Some(_), .. }) => Err(Problem::NotFound.into()),
        before => Ok(before.map(|comment| comment.id.into())),
    }
}

/// The post that a comment is about and who wrote that, if `viewer` may see both, and the post's lock. One statement, whether
/// there is no such comment or it is hidden.
pub(super) async fn lock_post_of(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    comment: CommentId,
) -> Result<(PostId, AccountId), Error> {
    #[derive(FromQueryResult)]
    struct Post {
        id: Uuid,
        author_id: Uuid,
    }
    let sql = concat!(
        "UPDATE post SET version = version WHERE id = (\
           SELECT comment.post_id FROM comment LEFT JOIN comment AS thread ON thread.id = comment.thread_id \
           WHERE comment.id = $2 AND comment.removed_at IS NULL AND ",
        comment_stands!("comment"),
        " AND ",
        visible!("comment.author_id"),
        " AND (thread.id IS NULL OR ",
        visible!("thread.author_id"),
        ")) AND removed_at IS NULL AND ",
        visible!("author_id"),
        " RETURNING id, author_id"
    );
    let found: Option<Post> = one(db, sql, [viewer.into_value(), comment.into_value()]).await?;
    found.map(|post| (post.id.into(), post.author_id.into())).ok_or_else(|| Problem::NotFound.into())
}

/// Refuses whoever may not see a comment or the post that it is about; one statement, whether it is hidden or not there.
pub(super) async fn check_visible(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    comment: CommentId,
) -> Result<(), Error> {
    #[derive(FromQueryResult)]
    struct Seen {}
    let sql = concat!(
        "SELECT comment.id FROM comment JOIN post ON post.id = comment.post_id \
         WHERE comment.id = $2 AND post.removed_at IS NULL AND ",
        comment_stands!("comment"),
        " AND ",
        visible!("comment.author_id"),
        " AND ",
        visible!("post.author_id")
    );
    let seen: Option<Seen> = one(db, sql, [viewer.into_value(), comment.into_value()]).await?;
    seen.map(drop).ok_or_else(|| Problem::NotFound.into())
}

/// A comment or reply that is there, as far as a change of it has to know.
#[derive(Debug, FromQueryResult)]
pub(super) struct Found {
    id: Uuid,
    author_id: Uuid,
    thread_id: Option<Uuid>,
    thread_author_id: Option<Uuid>,
    thread_removed_at: Option<i64>,
    pub(super) body: String,
    pub(super) version: i64,
}

/// Where a new comment stands.
#[derive(Default)]
pub(super) struct Place {
    /// The comment above it.
    pub(super) thread: Option<CommentId>,
    /// Who wrote that.
    pub(super) thread_author: Option<AccountId>,
    /// Whom it answers, when that is a reply.
    pub(super) answered: Option<AccountId>,
}

impl Place {
    /// Who is told of the comment `id` here, each at first of what concerns them most.
    pub(super) fn told(
        &self,
        post: PostId,
        id: CommentId,
        post_author: AccountId,
    ) -> impl Iterator<Item = (AccountId, Cause)> + use<> {
        let replied = [self.answered, self.thread_author].into_iter().flatten();
        replied
            .map(move |person| (person, Cause::Reply(post, id)))
            .chain([(post_author, Cause::Comment(post, id))])
    }
}

impl Found {
    pub(super) fn id(&self) -> CommentId {
        self.id.into()
    }

    pub(super) fn author(&self) -> AccountId {
        self.author_id.into()
    }

    /// Whom a reader must be able to see in order to see it.
    pub(super) fn shown_with(&self, post_author: AccountId) -> Vec<AccountId> {
        let thread_author = self.thread_author_id.map(AccountId::from);
        [Some(self.author()), Some(post_author), thread_author].into_iter().flatten().collect()
    }

    /// The removed comment that is kept for this reply.
    pub(super) fn empty_head(&self) -> Option<CommentId> {
        self.thread_id.filter(|_| self.thread_removed_at.is_some()).map(Into::into)
    }

    /// The place of a reply to it.
    pub(super) fn place_below(&self) -> Place {
        match self.thread_id {
            Some(thread) => Place {
                thread: Some(thread.into()),
                thread_author: self.thread_author_id.map(Into::into),
                answered: Some(self.author()),
            },
            None => Place { thread: Some(self.id()), thread_author: Some(self.author()), answered: None },
        }
    }
}

/// The comment, if `viewer` may see it and the thread that it is in, and nobody removed it.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    post: PostId,
    comment: CommentId,
) -> Result<Found, Error> {
    let sql = concat!(
        "SELECT comment.id, comment.author_id, comment.thread_id, comment.body, comment.version, \
         thread.author_id AS thread_author_id, thread.removed_at AS thread_removed_at \
         FROM comment LEFT JOIN comment AS thread ON thread.id = comment.thread_id \
         WHERE comment.id = $2 AND comment.post_id = $3 AND comment.removed_at IS NULL AND ",
        comment_stands!("comment"),
        " AND ",
        visible!("comment.author_id"),
        " AND (thread.id IS NULL OR ",
        visible!("thread.author_id"),
        ")"
    );
    let values = [viewer.into_value(), comment.into_value(), post.into_value()];
    one(db, sql, values).await?.ok_or_else(|| Problem::NotFound.into())
}

/// A comment that nobody removed, whoever asks.
#[derive(Debug, FromQueryResult)]
pub(super) struct Standing {
    post_id: Uuid,
    /// 1 when it counts, 0 when it stands across a block.
    pub(super) stands: i64,
    #[sea_orm(nested)]
    pub(super) found: Found,
}

impl Standing {
    pub(super) fn post(&self) -> PostId {
        self.post_id.into()
    }
}

/// The comment with the lock of its post, if nobody removed it.
pub(super) async fn lock_standing(
    db: &impl ConnectionTrait,
    comment: CommentId,
) -> Result<Option<Standing>, Error> {
    let lock = "UPDATE post SET version = version WHERE id = (SELECT post_id FROM comment WHERE id = $1)";
    execute(db, lock, [comment.into_value()]).await?;
    let sql = concat!(
        "SELECT comment.id, comment.post_id, comment.author_id, comment.thread_id, comment.body, comment.version, \
         thread.author_id AS thread_author_id, thread.removed_at AS thread_removed_at, \
         CASE WHEN ",
        comment_stands!("comment"),
        " THEN CAST(1 AS bigint) ELSE CAST(0 AS bigint) END AS stands \
         FROM comment LEFT JOIN comment AS thread ON thread.id = comment.thread_id \
         WHERE comment.id = $1 AND comment.removed_at IS NULL"
    );
    one(db, sql, [comment.into_value()]).await
}

pub(super) async fn has_replies(db: &impl ConnectionTrait, comment: CommentId) -> Result<bool, Error> {
    #[derive(FromQueryResult)]
    struct Reply {}
    let sql = "SELECT id FROM comment WHERE thread_id = $1 LIMIT 1";
    Ok(one::<Reply>(db, sql, [comment.into_value()]).await?.is_some())
}

/// Gives a comment its next version.
pub(super) async fn rewrite(
    db: &impl ConnectionTrait,
    comment: CommentId,
    body: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE comment SET body = $1, version = version + 1, edited_at = $2 WHERE id = $3";
    execute(db, sql, [body.into(), now.micros().into(), comment.into_value()]).await.map(drop)
}

/// Leaves of a comment what its replies stand below.
pub(super) async fn empty(
    db: &impl ConnectionTrait,
    comment: CommentId,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE comment SET body = '', edited_at = NULL, removed_at = $1 WHERE id = $2";
    execute(db, sql, [now.micros().into(), comment.into_value()]).await?;
    mention::delete(db, mention::Source::Comment(comment)).await
}

/// Deletes a comment that has no replies.
pub(super) async fn delete(db: &impl ConnectionTrait, comment: CommentId) -> Result<(), Error> {
    mention::delete(db, mention::Source::Comment(comment)).await?;
    execute(db, "DELETE FROM comment WHERE id = $1", [comment.into_value()]).await.map(drop)
}

/// Forgets whom replies answer, because the account goes.
pub(crate) async fn forget_answered(db: &impl ConnectionTrait, answered: AccountId) -> Result<(), Error> {
    let sql = "UPDATE comment SET answered_id = NULL WHERE answered_id = $1";
    execute(db, sql, [answered.into_value()]).await.map(drop)
}

/// Deletes all comments on a post that goes itself: replies before what they stand below.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, post: PostId) -> Result<(), Error> {
    for sql in [
        "DELETE FROM comment_mention WHERE comment_id IN (SELECT id FROM comment WHERE post_id = $1)",
        "DELETE FROM comment WHERE post_id = $1 AND thread_id IS NOT NULL",
        "DELETE FROM comment WHERE post_id = $1",
    ] {
        execute(db, sql, [post.into_value()]).await?;
    }
    Ok(())
}

/// What every query for comments selects; `$1` is the reader. Goes on with `AND …`.
macro_rules! select_comments {
    ($rest:expr) => {
        $crate::comment::store::select_comments!("comment", $rest)
    };
    ($from:expr, $rest:expr) => {
        $crate::comment::store::select_all_comments!(
            $from,
            concat!(" AND ", $crate::block::comment_stands!("comment"), $rest)
        )
    };
}

/// The same with those that stand across a block, which nobody but their author is answered with.
macro_rules! select_all_comments {
    ($from:expr, $rest:expr) => {
        concat!(
            "SELECT comment.id, \
             CASE WHEN comment.author_id = $1 THEN comment.client_id END AS client_id, \
             comment.post_id, comment.thread_id, comment.body, comment.created_at, comment.version, comment.edited_at, comment.removed_at, \
             ",
            $crate::account::store::person_columns!("author"),
            ", ",
            $crate::account::store::person_columns!("answered", "answered_"),
            ", ",
            $crate::mention::mentions_in!("comment_mention", "comment_id", "comment.id"),
            " FROM ",
            $from,
            " JOIN account AS author ON author.id = comment.author_id \
             LEFT JOIN account AS answered ON answered.id = comment.answered_id AND ",
            $crate::block::visible!("answered.id"),
            " WHERE ",
            $crate::block::visible!("comment.author_id"),
            $rest
        )
    };
}
pub(super) use {select_all_comments, select_comments};

#[derive(Debug, FromQueryResult)]
pub(super) struct CommentRow {
    pub(super) id: Uuid,
    client_id: Option<Uuid>,
    post_id: Uuid,
    pub(super) thread_id: Option<Uuid>,
    body: String,
    created_at: i64,
    mentions: Option<String>,
    edited_at: Option<i64>,
    version: i64,
    removed_at: Option<i64>,
    #[sea_orm(nested)]
    author: PersonRow,
    #[sea_orm(nested(prefix = "answered_"))]
    answered: Option<PersonRow>,
}

/// The comment, if `viewer` may see its author.
pub(super) async fn view(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    comment: CommentId,
) -> Result<CommentView, Error> {
    let sql = select_comments!(" AND comment.id = $2");
    let row: Option<CommentRow> = one(db, sql, [viewer.into_value(), comment.into_value()]).await?;
    row.map(CommentView::from).ok_or_else(|| Problem::NotFound.into())
}

/// An own comment that was stored before, whatever has become of the post and its author since.
pub(super) async fn view_stored(
    db: &impl ConnectionTrait,
    author: AccountId,
    comment: CommentId,
) -> Result<CommentView, Error> {
    let sql = select_all_comments!("comment", " AND comment.author_id = $1 AND comment.id = $2");
    let row: Option<CommentRow> = one(db, sql, [author.into_value(), comment.into_value()]).await?;
    row.map(CommentView::from).ok_or_else(|| Problem::NotFound.into())
}

impl From<CommentRow> for CommentView {
    fn from(row: CommentRow) -> Self {
        Self {
            id: row.id.into(),
            client_id: row.client_id.filter(|_| row.removed_at.is_none()),
            post: row.post_id.into(),
            thread: row.thread_id.map(Into::into),
            answers: row.answered.map(Into::into),
            author: row.removed_at.is_none().then(|| row.author.into()),
            body: row.body,
            mentions: mention::parse_names(row.mentions),
            written_at: Timestamp::from_micros(row.created_at),
            edited_at: row.edited_at.map(Timestamp::from_micros),
            version: to_u32(row.version),
        }
    }
}
