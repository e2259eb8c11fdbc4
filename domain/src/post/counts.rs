//! The counts of a post, which change together with their cause.

use protocol::{AccountId, PostId};

use crate::{
    Error, Tx,
    db::{IntoValue, execute},
    live::Event,
};

/// How the counts of a post change.
pub(crate) struct CountChange {
    pub(crate) likes: i64,
    pub(crate) comments: i64,
}

/// Changes the counts of a post together with their cause, and announces them.
pub(crate) async fn change(tx: &Tx, post: PostId, author: AccountId, by: CountChange) -> Result<(), Error> {
    if by.likes == 0 && by.comments == 0 {
        return Ok(());
    }
    let sql =
        "UPDATE post SET like_count = like_count + $1, comment_count = comment_count + $2 WHERE id = $3";
    execute(&**tx, sql, [by.likes.into(), by.comments.into(), post.into_value()]).await?;
    tx.announce(Event::Counted { post, author });
    Ok(())
}
