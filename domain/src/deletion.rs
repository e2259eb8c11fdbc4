//! Deletes accounts and posts with everything that belongs to them, slice by slice: no foreign key takes anything along.
//!
//! Whoever deletes their account closes it first. From then on nobody sees it (`block::visible!`), and logging in opens it again;
//! when the time for that is over, a job deletes it.

use protocol::{AccountId, Problem, Timestamp, session::SessionEnd};

#[cfg(test)]
use crate::block::matrix::{Entry, neutral};
use crate::{
    Cx, Error, Scope,
    account::{closing, entity, reauthentication::check_password, store as accounts},
    bus::Event,
    job::Task,
    mail::Letter,
    notification::record as notification,
    post,
    session::store as sessions,
};

mod account;
mod post_rows;
#[cfg(test)]
mod tests;

pub(crate) use account::delete_account;
pub(crate) use post_rows::delete_removed_post;

const DAY_SECONDS: i64 = 24 * 3_600;

/// Closes the account of the one who asks, and says when it will be deleted: nobody sees it from now on, and all its sessions end.
///
/// # Errors
/// [`Problem::Invalid`] for the field `current_password` when it is not theirs; [`Problem::TooMany`]; [`Problem::Changed`] when the
/// password was changed at that moment.
pub async fn close_account(cx: &Cx, scope: &Scope, password: String) -> Result<Timestamp, Error> {
    let entity::Model { id, password_hash, .. } = check_password(cx, scope, password).await?;
    let account = AccountId::from(id);
    let (now, days) = (cx.now(), i64::from(cx.deletion_days));
    let delete_at = now.plus_seconds(days * DAY_SECONDS);
    cx.write(move |tx| {
        Box::pin(async move {
            if !accounts::lock_with_password(&**tx, account, &password_hash).await? {
                return Err(Problem::Changed.into());
            }
            closing::close(&**tx, account, now, delete_at).await?;
            sessions::end_all(&**tx, account, None, SessionEnd::Closed, now).await?;
            post::announce_closing(tx, account).await?;
            notification::recount_account(tx, account).await?;
            tx.announce(Event::SignedOut { account, session: None });
            if days > 0 {
                tx.enqueue(&Task::Mail { letter: Letter::Closed { account } }).await?;
            }
            tx.enqueue_at(&Task::DeleteAccount { account }, delete_at).await
        })
    })
    .await?;
    tracing::info!(%account, "an account was closed");
    Ok(delete_at)
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[neutral("deletion::close_account", "acts on the own account")];
