use protocol::{PostId, post::UNDO_SECONDS};

use crate::{Cx, Error, Tx, comment, like, media, mention, notification, post, search};

/// Deletes a post whose time to be brought back is over. Its author's count changed when it was removed.
pub(crate) async fn delete_removed_post(cx: &Cx, post: PostId) -> Result<(), Error> {
    let removed_before = cx.now().plus_seconds(-i64::from(UNDO_SECONDS));
    cx.write(move |tx| {
        Box::pin(async move {
            if post::store::lock_removed(&**tx, post, removed_before).await? {
                delete_rows(tx, post).await?;
            }
            Ok(())
        })
    })
    .await
}

/// Deletes a locked post and what hangs on it.
pub(super) async fn delete_rows(tx: &Tx, post: PostId) -> Result<(), Error> {
    media::store::remove_all_of(tx, post).await?;
    notification::record::delete_post(&**tx, post).await?;
    like::delete_all_of(&**tx, post).await?;
    comment::store::delete_all_of(&**tx, post).await?;
    mention::delete(&**tx, mention::Source::Post(post)).await?;
    search::remove_post(&**tx, post).await?;
    post::store::delete(&**tx, post).await
}
