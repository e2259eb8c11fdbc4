//! Reads comments in pages. Each takes a few statements, however many comments and replies there are.

use std::collections::HashMap;

use protocol::{
    AccountId, CommentId, Page, PostId,
    comment::{CommentView, FIRST_REPLIES, PageRequest, ThreadPage, ThreadView},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::store::{CommentRow, select_comments};
use crate::{
    Error,
    block::{comment_stands, visible},
    db::{IntoValue, all, one, placeholders},
};

/// Replies of one thread that come at once at most.
const MOST_REPLIES: usize = 200;

/// Where a page begins, and which way it goes.
struct Range {
    from: Uuid,
    onward: &'static str,
    order: &'static str,
    /// Finds what is on the other side of the beginning.
    opposite: &'static str,
}

impl Range {
    fn new(request: PageRequest) -> Self {
        let (from, onward, order, opposite) = match request {
            PageRequest::First => (Uuid::nil(), ">", "", "<"),
            PageRequest::After(thread) => (thread.into(), ">", "", "<="),
            PageRequest::Before(thread) => (thread.into(), "<", "DESC", ">="),
            PageRequest::At(thread) => (thread.into(), ">=", "", "<"),
        };
        Self { from, onward, order, opposite }
    }
}

/// A page of the threads of a post.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    post: PostId,
    request: PageRequest,
) -> Result<ThreadPage, Error> {
    let (request, wanted) = match request {
        PageRequest::At(wanted) => match thread_of(db, viewer, post, wanted).await? {
            Some(thread) => (PageRequest::At(thread), Some(wanted).filter(|wanted| *wanted != thread)),
            None => (PageRequest::First, None),
        },
        other => (other, None),
    };
    let range = Range::new(request);
    let sql = format!(
        "{} AND comment.post_id = $2 AND comment.thread_id IS NULL AND comment.id {} $3 ORDER BY comment.id {} LIMIT $4",
        select_comments!(""),
        range.onward,
        range.order,
    );
    let values =
        [viewer.into_value(), post.into_value(), range.from.into(), limit(Page::<ThreadView>::SIZE + 1)];
    let Page { items: mut heads, more } = Page::<CommentRow>::from_rows(all(db, &sql, values).await?);
    let behind = request != PageRequest::First && has_opposite(db, viewer, post, &range).await?;
    let (earlier, more) = match request {
        PageRequest::Before(_) => {
            heads.reverse();
            (more, behind)
        }
        _ => (behind, more),
    };
    let ids: Vec<Uuid> = heads.iter().map(|row| row.id).collect();
    let mut replies = first_replies(db, viewer, &ids).await?;
    let mut threads: Vec<ThreadView> = heads
        .into_iter()
        .map(|row| {
            let (replies, more) =
                truncate(replies.remove(&row.id).unwrap_or_default(), FIRST_REPLIES as usize);
            ThreadView { comment: row.into(), replies, more }
        })
        .collect();
    if let (Some(wanted), Some(thread)) = (wanted, threads.first_mut())
        && thread.more
    {
        (thread.replies, thread.more) = replies_around(db, viewer, thread.comment.id, wanted).await?;
    }
    Ok(ThreadPage { threads, earlier, more })
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The thread that a comment or reply is in, if `viewer` may see both.
async fn thread_of(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    post: PostId,
    comment: CommentId,
) -> Result<Option<CommentId>, Error> {
    let sql = concat!(
        "SELECT thread.id FROM comment JOIN comment AS thread ON thread.id = COALESCE(comment.thread_id, comment.id) \
         WHERE comment.id = $2 AND comment.post_id = $3 AND ",
        comment_stands!("comment"),
        " AND ",
        visible!("comment.author_id"),
        " AND ",
        visible!("thread.author_id")
    );
    let found: Option<Id> =
        one(db, sql, [viewer.into_value(), comment.into_value(), post.into_value()]).await?;
    Ok(found.map(|thread| thread.id.into()))
}

/// Whether there are threads on the other side of the beginning.
async fn has_opposite(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    post: PostId,
    range: &Range,
) -> Result<bool, Error> {
    let sql = format!(
        "SELECT id FROM comment WHERE post_id = $2 AND thread_id IS NULL AND {} AND {} AND id {} $3 LIMIT 1",
        visible!("author_id"),
        comment_stands!("comment"),
        range.opposite,
    );
    let values = [viewer.into_value(), post.into_value(), range.from.into()];
    Ok(one::<Id>(db, &sql, values).await?.is_some())
}

/// The first replies of each thread, and one more to see whether there are more: of a long thread no more is read.
async fn first_replies(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    threads: &[Uuid],
) -> Result<HashMap<Uuid, Vec<CommentView>>, Error> {
    if threads.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "{} AND thread.id IN ({}) ORDER BY comment.id",
        select_comments!(
            concat!(
                "comment AS thread JOIN comment ON comment.thread_id = thread.id AND comment.id <= COALESCE(\
                 (SELECT reply.id FROM comment AS reply WHERE reply.thread_id = thread.id AND ",
                visible!("reply.author_id"),
                " AND ",
                comment_stands!("reply"),
                " ORDER BY reply.id LIMIT 1 OFFSET $2), $3)"
            ),
            ""
        ),
        placeholders(4, threads.len())
    );
    let values: Vec<Value> = [viewer.into_value(), i64::from(FIRST_REPLIES).into(), Uuid::max().into()]
        .into_iter()
        .chain(threads.iter().map(|id| (*id).into()))
        .collect();
    let rows: Vec<CommentRow> = all(db, &sql, values).await?;
    let mut replies: HashMap<Uuid, Vec<CommentView>> = HashMap::new();
    for row in rows {
        replies.entry(row.thread_id.unwrap_or_default()).or_default().push(row.into());
    }
    Ok(replies)
}

/// The replies of a thread from the first to a page behind `wanted`, as far as they may come at once.
async fn replies_around(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    thread: CommentId,
    wanted: CommentId,
) -> Result<(Vec<CommentView>, bool), Error> {
    let sql = select_comments!(concat!(
        " AND comment.thread_id = $2 AND comment.id <= COALESCE(\
         (SELECT reply.id FROM comment AS reply WHERE reply.thread_id = $2 AND reply.id > $3 AND ",
        visible!("reply.author_id"),
        " AND ",
        comment_stands!("reply"),
        " ORDER BY reply.id LIMIT 1 OFFSET $4), $5) ORDER BY comment.id LIMIT $6"
    ));
    let values = [
        viewer.into_value(),
        thread.into_value(),
        wanted.into_value(),
        limit(Page::<CommentView>::SIZE),
        Uuid::max().into(),
        limit(MOST_REPLIES as u64 + 1),
    ];
    let rows: Vec<CommentRow> = all(db, sql, values).await?;
    let replies: Vec<CommentView> = rows.into_iter().map(Into::into).collect();
    let up_to_wanted = replies.iter().filter(|reply| reply.id <= wanted).count();
    let most = (up_to_wanted + Page::<CommentView>::SIZE as usize).min(MOST_REPLIES);
    Ok(truncate(replies, most))
}

/// A page of the replies below a comment.
pub(super) async fn replies(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    thread: CommentId,
    after: CommentId,
) -> Result<Page<CommentView>, Error> {
    let sql =
        select_comments!(" AND comment.thread_id = $2 AND comment.id > $3 ORDER BY comment.id LIMIT $4");
    let values =
        [viewer.into_value(), thread.into_value(), after.into_value(), limit(Page::<CommentView>::SIZE + 1)];
    let rows: Vec<CommentRow> = all(db, sql, values).await?;
    Ok(Page::from_rows(rows.into_iter().map(Into::into).collect()))
}

/// At most `most` of them, and whether there are more.
fn truncate(mut replies: Vec<CommentView>, most: usize) -> (Vec<CommentView>, bool) {
    let more = replies.len() > most;
    replies.truncate(most);
    (replies, more)
}

fn limit(rows: u64) -> Value {
    i64::try_from(rows).unwrap_or(i64::MAX).into()
}
