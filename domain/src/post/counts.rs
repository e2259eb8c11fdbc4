//! The counts of a post: how they change, and how its readers may know them.

use protocol::{AccountId, PostId, live::Topic, post::Counts};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    Cx, Error, Tx,
    block::{comment_stands, like_stands, visible},
    bus::{Announcement, Audience},
    db::{IntoValue, all, execute, id_list, to_u32},
};

/// How the counts of a post change.
pub(crate) struct Change {
    pub(crate) likes: i64,
    pub(crate) comments: i64,
}

/// Changes the counts of a post together with their cause, and announces them.
pub(crate) async fn change(tx: &Tx, post: PostId, by: Change) -> Result<(), Error> {
    if by.likes == 0 && by.comments == 0 {
        return Ok(());
    }
    let sql =
        "UPDATE post SET like_count = like_count + $1, comment_count = comment_count + $2 WHERE id = $3";
    execute(&**tx, sql, [by.likes.into(), by.comments.into(), post.into_value()]).await?;
    tx.announce(changed(post));
    Ok(())
}

/// Tells whoever watches a post that its counts have changed.
pub(crate) fn changed(post: PostId) -> Announcement {
    let topic = Topic::Post(post);
    Announcement::per_reader(Audience::Watchers(topic), topic)
}

/// A digest that is another one when the counts are.
pub(crate) fn digest(counts: Counts) -> u64 {
    u64::from(counts.likes) << 32 | u64::from(counts.comments)
}

/// Readers whose counts one statement reads.
const READERS: usize = 1_024;

/// SQL for the counts of the post `$1` as each of the accounts in the list knows them, without those who may not see it.
macro_rules! counts_for_readers {
    ($readers:literal) => {
        concat!(
            "WITH reader AS (SELECT id FROM account WHERE id IN (", $readers, ")), \
             hidden AS (\
               SELECT reader.id AS reader_id, blocked_id AS id FROM reader JOIN block ON blocker_id = reader.id \
               UNION SELECT reader.id AS reader_id, blocker_id AS id FROM reader JOIN block ON blocked_id = reader.id\
             ), \
             likes AS (\
               SELECT reader_id, COUNT(*) AS count FROM hidden \
               JOIN post_like ON post_like.post_id = $1 AND post_like.account_id = hidden.id \
               WHERE ", like_stands!(), " GROUP BY reader_id\
             ), \
             below AS (\
               SELECT hidden.reader_id, comment.id FROM hidden \
               JOIN comment ON comment.author_id = hidden.id AND comment.post_id = $1 \
               WHERE comment.removed_at IS NULL AND ", comment_stands!("comment"), " \
               UNION SELECT hidden.reader_id, comment.id FROM hidden \
               JOIN comment AS thread ON thread.author_id = hidden.id AND thread.post_id = $1 \
               JOIN comment ON comment.thread_id = thread.id \
               WHERE comment.removed_at IS NULL AND ", comment_stands!("comment"), "\
             ), \
             comments AS (SELECT reader_id, COUNT(*) AS count FROM below GROUP BY reader_id) \
             SELECT reader.id, like_count - COALESCE(likes.count, 0) AS likes, \
             comment_count - COALESCE(comments.count, 0) AS comments \
             FROM reader JOIN post ON post.id = $1 AND post.removed_at IS NULL \
             LEFT JOIN likes ON likes.reader_id = reader.id LEFT JOIN comments ON comments.reader_id = reader.id \
             WHERE ", visible!("post.author_id", to "reader.id")
        )
    };
}

/// The counts of a post as each of these readers knows them, in one statement for up to [`READERS`]. Those who may not see
/// the post are left out.
pub(crate) async fn for_readers(
    cx: &Cx,
    post: PostId,
    readers: &[AccountId],
) -> Result<Vec<(AccountId, Counts)>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        likes: i64,
        comments: i64,
    }
    let (mut found, revision) = (Vec::new(), cx.next_revision());
    for readers in readers.chunks(READERS) {
        let (list, values) = id_list(2, readers);
        let sql = counts_for_readers!("{readers}").replace("{readers}", &list);
        let values: Vec<Value> = std::iter::once(post.into_value()).chain(values).collect();
        let rows: Vec<Row> = all(cx.db.read(), &sql, values).await?;
        found.extend(rows.into_iter().map(|row| {
            (row.id.into(), Counts { likes: to_u32(row.likes), comments: to_u32(row.comments), revision })
        }));
    }
    Ok(found)
}
