//! The counts of posts below which two people met: what stands across a block counts for nobody.
//!
//! Both functions run while there is no block between the two, so that [`comment_stands`] says what their block alone
//! changes. Who likes or comments holds their own account's row, which a block takes first, and whoever changes comments
//! holds the post's: nothing is counted that crosses a block.

use protocol::AccountId;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{comment_stands, like_stands};
use crate::{
    Error, Tx,
    db::{IntoValue, all, execute},
    notification::record as notification,
    post::counts::changed,
};

/// SQL for `said`, the comments of each of the two (`$1`, `$2`) below something of the other's, and `below`, the same with
/// the replies in their threads.
macro_rules! comments_across {
    () => {
        "WITH said AS (\
           SELECT comment.id FROM comment JOIN post ON post.id = comment.post_id \
           LEFT JOIN comment AS head ON head.id = comment.thread_id \
           WHERE comment.author_id = $1 AND $2 IN (post.author_id, head.author_id, comment.answered_id) \
           UNION ALL \
           SELECT comment.id FROM comment JOIN post ON post.id = comment.post_id \
           LEFT JOIN comment AS head ON head.id = comment.thread_id \
           WHERE comment.author_id = $2 AND $1 IN (post.author_id, head.author_id, comment.answered_id)\
         ), below AS (\
           SELECT id FROM said UNION SELECT reply.id FROM said JOIN comment AS reply ON reply.thread_id = said.id\
         )"
    };
}

/// SQL for the likes of each of the two on posts of the other.
macro_rules! likes_across {
    () => {
        "SELECT post_like.post_id, 0 AS comments, 1 AS likes FROM post_like JOIN post ON post.id = post_like.post_id \
         WHERE ((post_like.account_id = $1 AND post.author_id = $2) OR (post_like.account_id = $2 AND post.author_id = $1))"
    };
}

/// Takes what the two have below each other out of the counts.
pub(super) async fn hide(tx: &Tx, one: AccountId, other: AccountId) -> Result<(), Error> {
    change(tx, one, other, -1).await
}

/// Counts it again.
pub(super) async fn show(tx: &Tx, one: AccountId, other: AccountId) -> Result<(), Error> {
    change(tx, one, other, 1).await
}

async fn change(tx: &Tx, one: AccountId, other: AccountId, by: i64) -> Result<(), Error> {
    #[derive(FromQueryResult)]
    struct Changed {
        id: Uuid,
    }
    // Counted by a statement of its own, behind the locks of the posts: PostgreSQL shows a statement what was committed
    // before it began, not what it waited for.
    let lock = concat!(
        comments_across!(),
        " UPDATE post SET version = version WHERE id IN (SELECT post_id FROM comment JOIN below ON below.id = comment.id) \
         OR id IN (SELECT post_id FROM (",
        likes_across!(),
        ") AS liked)"
    );
    let values = [one.into_value(), other.into_value()];
    if execute(&**tx, lock, values.clone()).await? == 0 {
        return Ok(());
    }
    let count = concat!(
        comments_across!(),
        " UPDATE post SET like_count = like_count + $3 * across.likes, \
         comment_count = comment_count + $3 * across.comments \
         FROM (SELECT post_id, SUM(comments) AS comments, SUM(likes) AS likes FROM (\
           SELECT comment.post_id, 1 AS comments, 0 AS likes FROM below JOIN comment ON comment.id = below.id \
           WHERE comment.removed_at IS NULL AND ",
        comment_stands!("comment"),
        " UNION ALL ",
        likes_across!(),
        " AND ",
        like_stands!(),
        ") AS one GROUP BY post_id) AS across WHERE post.id = across.post_id \
         RETURNING id"
    );
    let values = values.into_iter().chain([by.into()]);
    let told = concat!(
        comments_across!(),
        " SELECT DISTINCT account_id AS id FROM notification WHERE comment_id IN (SELECT id FROM below) AND read_at IS NULL LIMIT 1000"
    );
    let told = all::<Changed>(&**tx, told, [one.into_value(), other.into_value()]).await?;
    notification::recount_for(tx, told.into_iter().map(|told| told.id.into()).collect());
    for post in all::<Changed>(&**tx, count, values).await? {
        tx.announce(changed(post.id.into()));
    }
    Ok(())
}
