//! The second step of a log-in: a code that an authenticator app shows, or a recovery code.
//!
//! The secret is shown while it is set up, until the first code of it was typed, and never again. It is stored as it is, because codes
//! are made of it; recovery codes are stored as hashes.

use protocol::{
    Problem, Reason,
    text::Username,
    two_factor::{RECOVERY_CODES, SetUpView, TwoFactorView},
};

#[cfg(test)]
use crate::block::matrix::{Entry, neutral};
use crate::{
    Cx, Error, Scope,
    account::{reauthentication::check_password, store as accounts},
    job::Task,
    limit::Limit,
    mail::{Letter, SecurityChange},
};

mod qr_code;
mod recovery_code;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod totp;

use recovery_code::RecoveryCode;
use totp::TotpSecret;

/// Seconds in which the first code has to be typed.
const SET_UP_SECONDS: i64 = 900;

/// Whether the asker's log-in asks for codes, and how many recovery codes are left.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn view(cx: &Cx, scope: &Scope) -> Result<TwoFactorView, Error> {
    store::view(cx.db.read(), scope.account()?).await
}

/// Draws a secret, which asks for nothing yet. One that was drawn before and not confirmed is forgotten.
///
/// # Errors
/// [`Problem::Invalid`] for the field `current_password`; [`Problem::Changed`] when codes are asked for already; [`Problem::TooMany`].
pub async fn begin(cx: &Cx, scope: &Scope, password: String) -> Result<(), Error> {
    let account = scope.account()?;
    check_password(cx, scope, password).await?;
    cx.limits.spend(Limit::Security, account)?;
    let (secret, now) = (TotpSecret::draw(&*cx.entropy)?, cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            if !store::begin(&**tx, account, &secret, now).await? {
                return Err(Problem::Changed.into());
            }
            Ok(())
        })
    })
    .await
}

/// What an authenticator app has to know of the secret that is being set up.
///
/// # Errors
/// [`Problem::NotFound`] when none is, or it was drawn too long ago.
pub async fn set_up(cx: &Cx, scope: &Scope) -> Result<SetUpView, Error> {
    let person = scope.member()?;
    let after = cx.now().plus_seconds(-SET_UP_SECONDS);
    let secret = store::unconfirmed(cx.db.read(), person.id, after).await?.ok_or(Problem::NotFound)?;
    let host = cx.public_url.split_once("://").map_or(cx.public_url.as_str(), |(_, host)| host);
    let label = format!("{}@{}", person.username, host.replace(':', "%3A"));
    let text = secret.base32();
    let address = format!("otpauth://totp/Kith:{label}?secret={text}&issuer=Kith");
    let code = qr_code::encode(&address)?;
    let groups: Vec<&str> =
        text.as_bytes().chunks(4).filter_map(|group| str::from_utf8(group).ok()).collect();
    Ok(SetUpView { secret: groups.join(" "), address, code })
}

/// Asks for codes from now on, if `code` is the first one. Says the recovery codes, which are shown once.
///
/// # Errors
/// [`Problem::Invalid`] for the field `code`; [`Problem::NotFound`] when nothing is being set up; [`Problem::TooMany`].
pub async fn confirm(cx: &Cx, scope: &Scope, code: &str) -> Result<Vec<String>, Error> {
    let account = scope.account()?;
    cx.limits.spend(Limit::Password, account)?;
    let (code, now, after) = (code.to_owned(), cx.now(), cx.now().plus_seconds(-SET_UP_SECONDS));
    let recovery_codes = draw_recovery_codes(cx)?;
    let shown = recovery_codes.iter().map(RecoveryCode::in_groups).collect();
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            let secret = store::unconfirmed(&**tx, account, after).await?.ok_or(Problem::NotFound)?;
            let step =
                totp::digits(&code).map(|code| secret.matching_step(&code, now)).transpose()?.flatten();
            let step = step.ok_or(Problem::field("code", Reason::Wrong))?;
            store::confirm(&**tx, account, step, now).await?;
            store::replace_recovery_codes(&**tx, account, &recovery_codes).await?;
            let change = SecurityChange::TwoFactorOn;
            tx.enqueue(&Task::Mail { letter: Letter::SecurityChanged { account, change } }).await
        })
    })
    .await?;
    cx.limits.refund(Limit::Password, account);
    tracing::info!(%account, network = %scope.address().network(), "two-factor authentication was turned on");
    Ok(shown)
}

/// Makes other recovery codes, which are shown once. Those before are of no use any more.
///
/// # Errors
/// [`Problem::Invalid`] for the field `current_password`; [`Problem::NotFound`] when no codes are asked for; [`Problem::TooMany`].
pub async fn renew_recovery_codes(cx: &Cx, scope: &Scope, password: String) -> Result<Vec<String>, Error> {
    let account = scope.account()?;
    check_password(cx, scope, password).await?;
    cx.limits.spend(Limit::Security, account)?;
    let recovery_codes = draw_recovery_codes(cx)?;
    let shown = recovery_codes.iter().map(RecoveryCode::in_groups).collect();
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            if !store::is_on(&**tx, account).await? {
                return Err(Problem::NotFound.into());
            }
            store::replace_recovery_codes(&**tx, account, &recovery_codes).await?;
            let change = SecurityChange::RecoveryCodes;
            tx.enqueue(&Task::Mail { letter: Letter::SecurityChanged { account, change } }).await
        })
    })
    .await?;
    Ok(shown)
}

/// Asks for codes no more. It takes the password and a code, or a recovery code.
///
/// # Errors
/// [`Problem::Invalid`] for the fields `current_password` and `code`; [`Problem::NotFound`] when no codes are asked for;
/// [`Problem::TooMany`].
pub async fn turn_off(cx: &Cx, scope: &Scope, password: String, code: &str) -> Result<(), Error> {
    let account = scope.account()?;
    check_password(cx, scope, password).await?;
    cx.limits.spend(Limit::Password, account)?;
    let (code, now) = (code.to_owned(), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            if !store::is_on(&**tx, account).await? {
                return Err(Problem::NotFound.into());
            }
            if store::take_code(&**tx, account, &code, now).await?.is_none() {
                return Err(Problem::field("code", Reason::Wrong).into());
            }
            store::delete_all(&**tx, account).await?;
            let change = SecurityChange::TwoFactorOff;
            tx.enqueue(&Task::Mail { letter: Letter::SecurityChanged { account, change } }).await
        })
    })
    .await?;
    cx.limits.refund(Limit::Password, account);
    tracing::info!(%account, network = %scope.address().network(), "two-factor authentication was turned off");
    Ok(())
}

/// Turns codes off by hand, for somebody who has lost their app and all recovery codes: an operator makes sure who it is. Says whether
/// there was something to turn off.
///
/// # Errors
/// Those of the database.
pub async fn turn_off_by_hand(cx: &Cx, username: &Username) -> Result<bool, Error> {
    let Some(account) = accounts::by_username(cx.db.read(), username).await? else { return Ok(false) };
    let account = account.id.into();
    let was_on = cx
        .write(move |tx| {
            Box::pin(async move {
                accounts::lock(&**tx, account).await?;
                if !store::is_on(&**tx, account).await? {
                    return Ok(false);
                }
                store::delete_all(&**tx, account).await?;
                let change = SecurityChange::TwoFactorOff;
                tx.enqueue(&Task::Mail { letter: Letter::SecurityChanged { account, change } }).await?;
                Ok(true)
            })
        })
        .await?;
    tracing::info!(%account, "two-factor authentication was turned off by hand");
    Ok(was_on)
}

fn draw_recovery_codes(cx: &Cx) -> Result<Vec<RecoveryCode>, Error> {
    (0..RECOVERY_CODES).map(|_| RecoveryCode::draw(&*cx.entropy)).collect()
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    neutral("two_factor::view", "shows the own account"),
    neutral("two_factor::begin", "acts on the own account"),
    neutral("two_factor::set_up", "shows the own account"),
    neutral("two_factor::confirm", "acts on the own account"),
    neutral("two_factor::renew_recovery_codes", "acts on the own account"),
    neutral("two_factor::turn_off", "acts on the own account"),
];
