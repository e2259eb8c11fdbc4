//! Another address for an account. It is nobody's until whoever reads its mail has confirmed it, so nobody learns here whether it
//! has an account already: the letter to it differs, which only its owner reads.

use protocol::{AccountId, Problem, Reason, Timestamp, text::EmailAddress};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{
    reauthentication::check_password,
    recipient_key, store,
    token::{self, Purpose},
};
use crate::{
    Cx, Error, Scope,
    db::{IntoValue, execute, one},
    entropy::Secret,
    job::Task,
    limit::{Key, Limit},
    mail::Letter,
};

/// Seconds for which the link in the letter can be used.
pub(super) const LIFETIME_SECONDS: i64 = 24 * 3_600;

/// Asks for another address: a letter with a link goes to it, and one that says so to the address of now.
///
/// # Errors
/// [`Problem::Invalid`] for the fields `email` and `current_password`; [`Problem::TooMany`].
pub async fn request(cx: &Cx, scope: &Scope, email: &str, password: String) -> Result<(), Error> {
    let account = scope.account()?;
    let row = check_password(cx, scope, password).await?;
    let email = EmailAddress::parse(email).map_err(|reason| Problem::field("email", reason))?;
    if email.as_str() == row.email {
        return Err(Problem::field("email", Reason::Unchanged).into());
    }
    cx.limits.spend(Limit::MailAddress, scope.address())?;
    cx.limits.spend(Limit::MailRecipient, Key::Recipient(recipient_key(&email)))?;
    let (email_key, email) = (store::email_key(&email), email.as_str().to_owned());
    let expires_at = cx.now().plus_seconds(LIFETIME_SECONDS).micros();
    cx.write(move |tx| {
        Box::pin(async move {
            if !store::lock_with_password(&**tx, account, &row.password_hash).await? {
                return Err(Problem::Changed.into());
            }
            // Another address makes the link of the one before useless.
            let sql = "INSERT INTO email_change (account_id, email, email_key, expires_at) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (account_id) DO UPDATE SET email = $2, email_key = $3, expires_at = $4, token_hash = NULL";
            execute(&**tx, sql, [account.into_value(), email.into(), email_key.into(), expires_at.into()]).await?;
            tx.enqueue(&Task::Mail { letter: Letter::ConfirmEmail { account } }).await?;
            tx.enqueue(&Task::Mail { letter: Letter::EmailRequested { account } }).await
        })
    })
    .await
}

/// Takes a wanted address back, before it was confirmed.
///
/// # Errors
/// [`Problem::SignInNeeded`], [`Problem::TooMany`]; that there is none is no error.
pub async fn cancel(cx: &Cx, scope: &Scope) -> Result<(), Error> {
    let account = scope.account()?;
    cx.limits.spend(Limit::Security, account)?;
    cx.write(move |tx| Box::pin(async move { delete(&**tx, account).await })).await
}

/// Gives the account behind a link the address that the link was sent to.
///
/// # Errors
/// [`Problem::LinkUnusable`] when the link is used, expired or none of ours, or the address has got an owner.
pub async fn confirm(cx: &Cx, scope: &Scope, link: &str) -> Result<(), Error> {
    cx.limits.spend(Limit::MailAddress, scope.address())?;
    let (token_hash, now) = (Secret::parse(link).ok_or(Problem::LinkUnusable)?.hash(), cx.now());
    cx.write(move |tx| {
        Box::pin(async move {
            let account = wanted(&**tx, &token_hash, now).await?.account_id.into();
            store::lock(&**tx, account).await?;
            let wanted = wanted(&**tx, &token_hash, now).await?;
            let before = store::find(&**tx, account).await?.ok_or(Problem::LinkUnusable)?;
            let sql = "UPDATE account SET email = $2, email_key = $3 WHERE id = $1";
            let values = [account.into_value(), wanted.email.into(), wanted.email_key.into()];
            execute(&**tx, sql, values).await.map_err(|error| {
                if error.violates_unique() { Problem::LinkUnusable.into() } else { error }
            })?;
            delete(&**tx, account).await?;
            // They lie in the mailbox of the old address.
            token::spend_all(&**tx, account, Purpose::Reset).await?;
            tx.enqueue(&Task::Mail { letter: Letter::EmailChanged { account, old: before.email } }).await
        })
    })
    .await
}

#[derive(Debug, FromQueryResult)]
struct Wanted {
    account_id: Uuid,
    email: String,
    email_key: String,
}

async fn wanted(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<Wanted, Error> {
    let sql =
        "SELECT account_id, email, email_key FROM email_change WHERE token_hash = $1 AND expires_at > $2";
    let found = one(db, sql, [token_hash.to_vec().into(), now.micros().into()]).await?;
    found.ok_or_else(|| Problem::LinkUnusable.into())
}

/// The address that `account` wants, and its spelling of which there is one.
pub(super) async fn wanted_by(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
) -> Result<Option<(String, String)>, Error> {
    let sql =
        "SELECT account_id, email, email_key FROM email_change WHERE account_id = $1 AND expires_at > $2";
    let found: Option<Wanted> = one(db, sql, [account.into_value(), now.micros().into()]).await?;
    Ok(found.map(|wanted| (wanted.email, wanted.email_key)))
}

/// Stores the link of the letter to this address; false when another one is wanted by now.
pub(super) async fn store_link(
    db: &impl ConnectionTrait,
    account: AccountId,
    email_key: &str,
    link: &Secret,
) -> Result<bool, Error> {
    let sql = "UPDATE email_change SET token_hash = $3 WHERE account_id = $1 AND email_key = $2";
    Ok(execute(db, sql, [account.into_value(), email_key.into(), link.hash().into()]).await? == 1)
}

/// Forgets what address `account` wants.
pub(crate) async fn delete(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    execute(db, "DELETE FROM email_change WHERE account_id = $1", [account.into_value()]).await.map(drop)
}

/// Forgets addresses that nobody has confirmed.
pub(super) async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
    execute(db, "DELETE FROM email_change WHERE expires_at <= $1", [now.micros().into()]).await.map(drop)
}
