//! Accounts that their owners have closed, until they are deleted or opened again.

use protocol::{AccountId, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Error,
    db::{Count, IntoValue, execute, one},
};

/// Notes that an account is closed, and when it is to be deleted.
pub(crate) async fn close(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
    delete_at: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO closed_account (account_id, closed_at, delete_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    execute(db, sql, [account.into_value(), now.micros().into(), delete_at.micros().into()]).await.map(drop)
}

/// What logging in does to an account that may be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reopening {
    /// It was open.
    NotNeeded,
    /// It was closed, and is open again.
    Done,
    /// It is being deleted.
    TooLate,
}

/// Opens an account again, unless the time for that is over. The caller has locked it.
pub(crate) async fn reopen(
    db: &impl ConnectionTrait,
    account: AccountId,
    now: Timestamp,
) -> Result<Reopening, Error> {
    let sql = "DELETE FROM closed_account WHERE account_id = $1 AND delete_at > $2";
    if execute(db, sql, [account.into_value(), now.micros().into()]).await? > 0 {
        return Ok(Reopening::Done);
    }
    let sql = "SELECT COUNT(*) AS count FROM closed_account WHERE account_id = $1";
    let closed: Option<Count> = one(db, sql, [account.into_value()]).await?;
    let is_closed = closed.is_some_and(|closed| closed.count > 0);
    Ok(if is_closed { Reopening::TooLate } else { Reopening::NotNeeded })
}

/// When a closed account is to be deleted; none for an open one.
pub(crate) async fn delete_at(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Option<Timestamp>, Error> {
    #[derive(FromQueryResult)]
    struct Closed {
        delete_at: i64,
    }
    let sql = "SELECT delete_at FROM closed_account WHERE account_id = $1";
    let closed: Option<Closed> = one(db, sql, [account.into_value()]).await?;
    Ok(closed.map(|closed| Timestamp::from_micros(closed.delete_at)))
}

/// Forgets that an account was closed, because it is deleted.
pub(super) async fn forget(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    execute(db, "DELETE FROM closed_account WHERE account_id = $1", [account.into_value()]).await.map(drop)
}
