//! Deletes what was removed, with everything that belongs to it, slice by slice: no foreign key takes anything along.

use protocol::{PostId, post::UNDO_SECONDS};

use crate::{Cx, Error, comment, like, media, mention, post, search};

/// Deletes a post whose time to be brought back is over. Its author's count changed when it was removed.
pub(crate) async fn delete_removed_post(cx: &Cx, post: PostId) -> Result<(), Error> {
    let removed_before = cx.now().plus_seconds(-i64::from(UNDO_SECONDS));
    cx.write(move |tx| {
        Box::pin(async move {
            if !post::store::lock_removed(&**tx, post, removed_before).await? {
                return Ok(());
            }
            media::store::remove_all_of(tx, post).await?;
            like::delete_all_of(&**tx, post).await?;
            comment::store::delete_all_of(&**tx, post).await?;
            mention::delete(&**tx, mention::Source::Post(post)).await?;
            search::remove_post(&**tx, post).await?;
            post::store::delete(&**tx, post).await
        })
    })
    .await
}
