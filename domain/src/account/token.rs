//! The links of mails: single use, expiring, only their hash stored.

use protocol::{AccountId, Problem, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error,
    db::{IntoValue, execute, one},
    entropy::Secret,
};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To verify the address.
    Verify,
    /// To choose a new password.
    Reset,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Reset => "reset",
        }
    }

    /// Seconds that a link of this kind can be used.
    pub(crate) const fn lifetime(self) -> i64 {
        match self {
            Self::Verify => 2 * 24 * 3_600,
            Self::Reset => 3_600,
        }
    }
}

/// Stores a new link of `account`.
pub(crate) async fn store(
    db: &impl ConnectionTrait,
    secret: &Secret,
    account: AccountId,
    purpose: Purpose,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO mail_token (token_hash, account_id, purpose, expires_at) VALUES ($1, $2, $3, $4)";
    let expires_at = now.plus_seconds(purpose.lifetime()).micros();
    let values = [secret.hash().into(), account.into_value(), purpose.name().into(), expires_at.into()];
    execute(db, sql, values).await.map(drop)
}

/// Whose link this is, if it can still be used.
pub(crate) async fn owner(
    db: &impl ConnectionTrait,
    link: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<AccountId, Error> {
    #[derive(FromQueryResult)]
    struct Owner {
        account_id: Uuid,
    }
    let secret = Secret::parse(link).ok_or(Problem::LinkUnusable)?;
    let sql = "SELECT account_id FROM mail_token WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3";
    let found: Option<Owner> =
        one(db, sql, [secret.hash().into(), purpose.name().into(), now.micros().into()]).await?;
    found.map(|owner| owner.account_id.into()).ok_or_else(|| Problem::LinkUnusable.into())
}

/// The same, with the row of the account taken: of two that use a link at once, the second finds it spent.
pub(crate) async fn owner_locked(
    db: &impl ConnectionTrait,
    link: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<AccountId, Error> {
    let account = owner(db, link, purpose, now).await?;
    super::store::lock(db, account).await?;
    owner(db, link, purpose, now).await
}

/// Makes all links of `account` for this purpose useless.
pub(crate) async fn spend_all(
    db: &impl ConnectionTrait,
    account: AccountId,
    purpose: Purpose,
) -> Result<(), Error> {
    let sql = "DELETE FROM mail_token WHERE account_id = $1 AND purpose = $2";
    execute(db, sql, [account.into_value(), purpose.name().into()]).await.map(drop)
}

/// Deletes all links of an account that goes.
pub(super) async fn delete_all(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    execute(db, "DELETE FROM mail_token WHERE account_id = $1", [account.into_value()]).await.map(drop)
}
