use std::collections::HashMap;

use protocol::{
    AccountId, CommentId, Page, PostId, Problem, Timestamp,
    account::PersonView,
    comment::{CommentView, ThreadView},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Error,
    block::visible,
    db::{IntoValue, all, one},
};

/// Where a new comment stands.
#[derive(Default)]
pub(crate) struct Place {
    /// The comment above it.
    pub(crate) thread: Option<CommentId>,
    /// Who wrote that.
    pub(crate) thread_author: Option<AccountId>,
    /// Whom it answers, when that is a reply.
    pub(crate) answered: Option<AccountId>,
}

/// The place of a reply to `answered`, if `viewer` may see that and the thread that it is in.
pub(crate) async fn place_below(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    post: PostId,
    answered: CommentId,
) -> Result<Place, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        author_id: Uuid,
        thread_id: Option<Uuid>,
        thread_author_id: Option<Uuid>,
    }
    let sql = concat!(
        "SELECT comment.author_id, comment.thread_id, thread.author_id AS thread_author_id \
         FROM comment LEFT JOIN comment AS thread ON thread.id = comment.thread_id \
         WHERE comment.id = $2 AND comment.post_id = $3 AND ",
        visible!("comment.author_id"),
        " AND (thread.id IS NULL OR ",
        visible!("thread.author_id"),
        ")"
    );
    let values = [viewer.into_value(), answered.into_value(), post.into_value()];
    let row: Row = one(db, sql, values).await?.ok_or(Problem::NotFound)?;
    Ok(match row.thread_id {
        Some(thread) => Place {
            thread: Some(thread.into()),
            thread_author: row.thread_author_id.map(Into::into),
            answered: Some(row.author_id.into()),
        },
        None => Place { thread: Some(answered), thread_author: Some(row.author_id.into()), answered: None },
    })
}

/// What every query for comments selects; `$1` is the reader. Goes on with `AND …`.
macro_rules! select_comments {
    ($rest:literal) => {
        concat!(
            "SELECT comment.id, comment.post_id, comment.thread_id, comment.body, comment.created_at, \
             author.id AS person_id, author.username, author.first_name, author.last_name, \
             answered.id AS answered_id, answered.username AS answered_username, \
             answered.first_name AS answered_first_name, answered.last_name AS answered_last_name \
             FROM comment JOIN account AS author ON author.id = comment.author_id \
             LEFT JOIN account AS answered ON answered.id = comment.answered_id AND ",
            visible!("answered.id"),
            " WHERE ",
            visible!("comment.author_id"),
            $rest
        )
    };
}

#[derive(Debug, FromQueryResult)]
struct CommentRow {
    id: Uuid,
    post_id: Uuid,
    thread_id: Option<Uuid>,
    body: String,
    created_at: i64,
    person_id: Uuid,
    username: String,
    first_name: String,
    last_name: String,
    answered_id: Option<Uuid>,
    answered_username: Option<String>,
    answered_first_name: Option<String>,
    answered_last_name: Option<String>,
}

/// A page of threads: two statements, one for the comments and one for all their replies.
pub(crate) async fn threads(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    post: PostId,
    after: Option<CommentId>,
) -> Result<Page<ThreadView>, Error> {
    let sql = select_comments!(
        " AND comment.post_id = $2 AND comment.thread_id IS NULL AND comment.id > $3 ORDER BY comment.id LIMIT $4"
    );
    let after = after.map_or(Uuid::nil(), Uuid::from);
    let limit = i64::try_from(Page::<ThreadView>::SIZE + 1).unwrap_or(i64::MAX);
    let values = [viewer.into_value(), post.into_value(), after.into(), limit.into()];
    let comments: Page<CommentRow> = Page::from_rows(all(db, sql, values).await?);
    let ids: Vec<Uuid> = comments.items.iter().map(|row| row.id).collect();
    let mut replies = replies(db, viewer, &ids).await?;
    let items = comments.items.into_iter().map(|row| {
        let replies = replies.remove(&row.id).unwrap_or_default();
        ThreadView { comment: row.into(), replies }
    });
    Ok(Page { items: items.collect(), more: comments.more })
}

async fn replies(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    threads: &[Uuid],
) -> Result<HashMap<Uuid, Vec<CommentView>>, Error> {
    if threads.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (2..threads.len() + 2).map(|place| format!("${place}")).collect();
    let sql = format!(
        "{} AND comment.thread_id IN ({}) ORDER BY comment.id",
        select_comments!(""),
        places.join(", ")
    );
    let values: Vec<Value> =
        std::iter::once(viewer.into_value()).chain(threads.iter().map(|id| (*id).into())).collect();
    let rows: Vec<CommentRow> = all(db, &sql, values).await?;
    let mut replies: HashMap<Uuid, Vec<CommentView>> = HashMap::new();
    for row in rows {
        replies.entry(row.thread_id.unwrap_or_default()).or_default().push(row.into());
    }
    Ok(replies)
}

impl From<CommentRow> for CommentView {
    fn from(row: CommentRow) -> Self {
        let answers = row.answered_id.map(|id| PersonView {
            id: id.into(),
            username: row.answered_username.unwrap_or_default(),
            first_name: row.answered_first_name.unwrap_or_default(),
            last_name: row.answered_last_name.unwrap_or_default(),
        });
        Self {
            id: row.id.into(),
            post: row.post_id.into(),
            thread: row.thread_id.map(Into::into),
            answers,
            author: PersonView {
                id: row.person_id.into(),
                username: row.username,
                first_name: row.first_name,
                last_name: row.last_name,
            },
            body: row.body,
            written_at: Timestamp::from_micros(row.created_at),
        }
    }
}
