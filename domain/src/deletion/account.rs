//! Deletes a closed account whose time is over. Its posts, comments, likes, follows and pictures go in transactions of their own, so
//! that no other writer waits long; what a run cannot do, the next one does.

use protocol::{AccountId, CommentId, PostId};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::post_rows;
use crate::{
    Cx, Error, Tx,
    account::{self, closing, store as accounts},
    block, chat, comment,
    db::{IntoValue, all},
    export, follow,
    job::{self, Task},
    like, media, mention, notification, passkey, post, profile, search, session, suggestion, two_factor,
};

/// Things of one kind that one run deletes at most.
pub(super) const AT_ONCE: usize = 200;

/// Deletes what is left of an account. Does nothing when its owner has come back, or closed it anew for a later time.
pub(crate) async fn delete_account(cx: &Cx, account: AccountId) -> Result<(), Error> {
    if !is_due(cx, cx.db.read(), account).await? {
        return Ok(());
    }
    let is_empty = delete_posts(cx, account).await?
        && delete_comments(cx, account).await?
        && delete_likes(cx, account).await?
        && delete_follows(cx, account).await?
        && delete_pictures(cx, account).await?;
    let own_cx = cx.clone();
    cx.write(move |tx| {
        Box::pin(async move {
            if !is_empty {
                return tx.enqueue(&Task::DeleteAccount { account }).await;
            }
            accounts::lock(&**tx, account).await?;
            // A run beside this one may have ended it.
            if is_due(&own_cx, &**tx, account).await? {
                delete_rest(&own_cx, tx, account).await?;
            }
            Ok(())
        })
    })
    .await
}

async fn is_due(cx: &Cx, db: &impl ConnectionTrait, account: AccountId) -> Result<bool, Error> {
    Ok(closing::delete_at(db, account).await?.is_some_and(|at| at <= cx.now()))
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// The first things that `sql` finds for the account `$1`, `$2` of them at most.
async fn first(cx: &Cx, sql: &str, account: AccountId) -> Result<Vec<Uuid>, Error> {
    let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let found: Vec<Id> = all(cx.db.read(), sql, [account.into_value(), limit.into()]).await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

async fn delete_posts(cx: &Cx, account: AccountId) -> Result<bool, Error> {
    let posts = first(cx, "SELECT id FROM post WHERE author_id = $1 ORDER BY id LIMIT $2", account).await?;
    let is_last = posts.len() < AT_ONCE;
    for id in posts {
        let post = PostId::from(id);
        cx.write(move |tx| {
            Box::pin(async move {
                accounts::lock(&**tx, account).await?;
                if post::uncount(tx, account, post).await? {
                    post_rows::delete_rows(tx, post).await?;
                }
                Ok(())
            })
        })
        .await?;
    }
    Ok(is_last)
}

async fn delete_comments(cx: &Cx, account: AccountId) -> Result<bool, Error> {
    let sql = "SELECT id FROM comment WHERE author_id = $1 AND removed_at IS NULL LIMIT $2";
    let (comments, now) = (first(cx, sql, account).await?, cx.now());
    let is_last = comments.len() < AT_ONCE;
    for id in comments {
        cx.write(move |tx| Box::pin(comment::delete_by_account(tx, CommentId::from(id), now))).await?;
    }
    Ok(is_last)
}

async fn delete_likes(cx: &Cx, account: AccountId) -> Result<bool, Error> {
    let sql = "SELECT post_id AS id FROM post_like WHERE account_id = $1 LIMIT $2";
    let posts = first(cx, sql, account).await?;
    let is_last = posts.len() < AT_ONCE;
    for id in posts {
        cx.write(move |tx| Box::pin(like::delete_by_account(tx, PostId::from(id), account))).await?;
    }
    Ok(is_last)
}

async fn delete_follows(cx: &Cx, account: AccountId) -> Result<bool, Error> {
    let following = "SELECT followed_id AS id FROM follow WHERE follower_id = $1 LIMIT $2";
    let followers = "SELECT follower_id AS id FROM follow WHERE followed_id = $1 LIMIT $2";
    let others = [first(cx, following, account).await?, first(cx, followers, account).await?];
    let is_last = others.iter().all(|others| others.len() < AT_ONCE);
    for other in others.into_iter().flatten().map(AccountId::from) {
        cx.write(move |tx| {
            Box::pin(async move {
                accounts::lock_both(&**tx, account, other).await?;
                follow::store::delete(&**tx, account, other).await?;
                follow::store::delete(&**tx, other, account).await.map(drop)
            })
        })
        .await?;
    }
    Ok(is_last)
}

async fn delete_pictures(cx: &Cx, account: AccountId) -> Result<bool, Error> {
    let pictures = first(cx, "SELECT id FROM picture WHERE owner_id = $1 LIMIT $2", account).await?;
    let is_last = pictures.len() < AT_ONCE;
    cx.write(move |tx| Box::pin(media::store::remove(tx, pictures.into_iter()))).await?;
    Ok(is_last)
}

/// Deletes what goes in one statement for each slice, and empties the row of the account.
async fn delete_rest(cx: &Cx, tx: &Tx, account: AccountId) -> Result<(), Error> {
    job::delete_all_of(&**tx, account).await?;
    export::delete_all_of(tx, account).await?;
    session::delete_all_of(&**tx, account, cx.now()).await?;
    two_factor::store::delete_all(&**tx, account).await?;
    passkey::store::delete_all_of(&**tx, account).await?;
    block::delete_all_of(&**tx, account).await?;
    mention::delete_all_of(&**tx, account).await?;
    suggestion::delete_all_of(&**tx, account).await?;
    search::remove_person(&**tx, account).await?;
    comment::store::forget_answered(&**tx, account).await?;
    notification::record::delete_all_of(&**tx, account).await?;
    chat::delete_all_of(&**tx, account).await?;
    profile::store::delete_all_of(&**tx, account).await?;
    media::profile_picture::set(tx, account, None).await?;
    account::delete(&**tx, account, cx.now()).await
}
