//! The browsers that are signed in to one's own account.

use protocol::{
    Problem, SessionId, Timestamp,
    session::{DeviceView, SessionEnd},
};

use super::{oldest, store};
use crate::{Cx, Error, Scope, bus::Event, limit::Limit, user_agent};

/// Devices that are listed, those that were used last. Signing out everywhere else ends the others, too.
const LISTED: i64 = 50;

/// The browsers that are signed in: first the one that asks, then those that were used last.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn list(cx: &Cx, scope: &Scope) -> Result<Vec<DeviceView>, Error> {
    let account = scope.account()?;
    let this = scope.session().map(|session| session.id);
    let found = store::list(cx.db.read(), oldest(cx), account, LISTED).await?;
    let mut devices: Vec<DeviceView> = found
        .into_iter()
        .map(|session| DeviceView {
            id: session.id.into(),
            device: user_agent::in_words(&session.device),
            signed_in_at: Timestamp::from_micros(session.created_at),
            used_at: Timestamp::from_micros(session.seen_at),
            is_this: Some(session.id.into()) == this,
        })
        .collect();
    devices.sort_by_key(|device| !device.is_this);
    Ok(devices)
}

/// Signs one of one's own browsers out. Its sockets close with it.
///
/// # Errors
/// [`Problem::NotFound`] when it is none of one's own, or is not signed in any more; [`Problem::TooMany`].
pub async fn sign_out(cx: &Cx, scope: &Scope, session: SessionId) -> Result<(), Error> {
    let (account, now) = (scope.account()?, cx.now());
    cx.limits.spend(Limit::Security, account)?;
    cx.write(move |tx| {
        Box::pin(async move {
            if !store::end_own(&**tx, account, session, now).await? {
                return Err(Problem::NotFound.into());
            }
            tx.announce(Event::SignedOut { account, session: Some(session) });
            Ok(())
        })
    })
    .await
}

/// Signs out everywhere but in the browser that asks.
///
/// # Errors
/// [`Problem::SignInNeeded`], [`Problem::TooMany`].
pub async fn sign_out_others(cx: &Cx, scope: &Scope) -> Result<(), Error> {
    let (account, now) = (scope.account()?, cx.now());
    let this = scope.session().map(|session| session.id);
    cx.limits.spend(Limit::Security, account)?;
    cx.write(move |tx| {
        Box::pin(async move {
            for session in store::end_all(&**tx, account, this, SessionEnd::SignedOut, now).await? {
                tx.announce(Event::SignedOut { account, session: Some(session) });
            }
            Ok(())
        })
    })
    .await
}
