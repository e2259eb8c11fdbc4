//! Passkeys: keys that a device or a password manager holds, and that log their owner in without a password or a code (Web
//! Authentication, level 3). What a browser answers is verified by webauthn-rs, which draws its challenges itself. Logging in by
//! them is in `session::passkey`.

use protocol::{
    PasskeyId, Problem,
    passkey::{MAX_PASSKEYS, PasskeysView},
};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

#[cfg(test)]
use crate::block::matrix::{Entry, neutral};
use crate::{
    Cx, Error, Scope,
    account::{reauthentication::check_password, store as accounts},
    job::Task,
    limit::Limit,
    mail::{Letter, SecurityChange},
};

mod relying_party;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub(crate) use relying_party::relying_party;
use store::{NewPasskey, SetUp};

/// Seconds in which a passkey has to be made, or to answer at a log-in, once it was asked for.
pub(crate) const ANSWER_SECONDS: i64 = 300;

/// The asker's passkeys.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn list(cx: &Cx, scope: &Scope) -> Result<PasskeysView, Error> {
    let passkeys = store::list(cx.db.read(), scope.account()?).await?;
    Ok(PasskeysView { is_available: relying_party(cx).is_some(), passkeys })
}

/// Begins a new passkey. One that was begun before and not made is forgotten.
///
/// # Errors
/// [`Problem::Invalid`] for the field `current_password`; [`Problem::NotFound`] where browsers make none; [`Problem::Changed`] when
/// the asker has [`MAX_PASSKEYS`]; [`Problem::TooMany`].
pub async fn begin(cx: &Cx, scope: &Scope, password: String) -> Result<(), Error> {
    let person = scope.member()?;
    let relying_party = relying_party(cx).ok_or(Problem::NotFound)?;
    check_password(cx, scope, password).await?;
    cx.limits.spend(Limit::Security, person.id)?;
    let (account, expires_at) = (person.id, cx.now().plus_seconds(ANSWER_SECONDS));
    let known = store::credential_ids(cx.db.read(), account).await?;
    if known.len() >= MAX_PASSKEYS as usize {
        return Err(Problem::Changed.into());
    }
    let set_up = SetUp::begin(&relying_party, person, known)?;
    cx.write(move |tx| Box::pin(async move { store::begin(&**tx, account, &set_up, expires_at).await })).await
}

/// What the browser is asked for, to make the passkey that was begun: the JSON that
/// `PublicKeyCredential.parseCreationOptionsFromJSON` takes.
///
/// # Errors
/// [`Problem::NotFound`] when none was begun, or too long ago.
pub async fn set_up(cx: &Cx, scope: &Scope) -> Result<String, Error> {
    let found = store::set_up(cx.db.read(), scope.account()?, cx.now()).await?;
    Ok(found.ok_or(Problem::NotFound)?.options)
}

/// Keeps the passkey that a browser made: `credential` is the JSON of its `PublicKeyCredential`, and `browser` what it calls itself.
///
/// # Errors
/// [`Problem::NotFound`] when none was begun, or too long ago; [`Problem::BadRequest`] when this is no answer to what it was asked
/// for; [`Problem::TooMany`].
pub async fn confirm(cx: &Cx, scope: &Scope, credential: &str, browser: &str) -> Result<(), Error> {
    let account = scope.account()?;
    let relying_party = relying_party(cx).ok_or(Problem::NotFound)?;
    cx.limits.spend(Limit::Security, account)?;
    let (now, id) = (cx.now(), PasskeyId::from(cx.new_id()?));
    let set_up = store::set_up(cx.db.read(), account, now).await?.ok_or(Problem::NotFound)?;
    let answer: RegisterPublicKeyCredential =
        serde_json::from_str(credential).map_err(|_| Problem::BadRequest)?;
    let state = set_up.state()?;
    let passkey = relying_party.finish_passkey_registration(&answer, &state).map_err(|error| {
        tracing::info!(%account, %error, "a passkey was not taken");
        Problem::BadRequest
    })?;
    let new = NewPasskey::new(id, account, &passkey, browser, now)?;
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            // Of two answers that come at once, one is kept.
            if !store::end_set_up(&**tx, account, &set_up).await? {
                return Err(Problem::NotFound.into());
            }
            if !store::insert(&**tx, new).await? {
                return Err(Problem::BadRequest.into());
            }
            let change = SecurityChange::PasskeyAdded;
            tx.enqueue(&Task::Mail { letter: Letter::SecurityChanged { account, change } }).await
        })
    })
    .await?;
    tracing::info!(%account, network = %scope.address().network(), "a passkey was added");
    Ok(())
}

/// Forgets a passkey of the asker, by which nobody can log in any more.
///
/// # Errors
/// [`Problem::Invalid`] for the field `current_password`; [`Problem::NotFound`] when the asker has no such passkey;
/// [`Problem::TooMany`].
pub async fn remove(cx: &Cx, scope: &Scope, password: String, passkey: PasskeyId) -> Result<(), Error> {
    let account = scope.account()?;
    check_password(cx, scope, password).await?;
    cx.limits.spend(Limit::Security, account)?;
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            if !store::delete(&**tx, account, passkey).await? {
                return Err(Problem::NotFound.into());
            }
            let change = SecurityChange::PasskeyRemoved;
            tx.enqueue(&Task::Mail { letter: Letter::SecurityChanged { account, change } }).await
        })
    })
    .await?;
    tracing::info!(%account, network = %scope.address().network(), "a passkey was removed");
    Ok(())
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    neutral("passkey::list", "shows the own passkeys"),
    neutral("passkey::begin", "acts on the own account"),
    neutral("passkey::set_up", "shows the own passkey"),
    neutral("passkey::confirm", "acts on the own account"),
    neutral("passkey::remove", "acts on the own passkeys"),
];
