use protocol::{
    AccountId, ExportId, Timestamp,
    export::{EXPORT_DAYS, ExportState, ExportView},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error,
    db::{Count, IntoValue, all, execute, one, to_u32},
};

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

pub(super) async fn insert(
    db: &impl ConnectionTrait,
    export: ExportId,
    account: AccountId,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO export (id, account_id, requested_at) VALUES ($1, $2, $3)";
    execute(db, sql, [export.into_value(), account.into_value(), now.micros().into()]).await.map(drop)
}

/// Whether a copy of an account is being made.
pub(super) async fn is_under_way(db: &impl ConnectionTrait, account: AccountId) -> Result<bool, Error> {
    let sql = "SELECT COUNT(*) AS count FROM export WHERE account_id = $1 AND ready_at IS NULL";
    let found: Option<Count> = one(db, sql, [account.into_value()]).await?;
    Ok(found.is_some_and(|found| found.count > 0))
}

/// The latest copy of an account that was asked for after `oldest`.
pub(super) async fn latest(
    db: &impl ConnectionTrait,
    account: AccountId,
    oldest: Timestamp,
) -> Result<Option<ExportView>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        requested_at: i64,
        done: i64,
        total: i64,
        ready_at: Option<i64>,
        bytes: i64,
    }
    let sql = "SELECT id, requested_at, done, total, ready_at, bytes FROM export \
               WHERE account_id = $1 AND requested_at > $2 ORDER BY requested_at DESC LIMIT 1";
    let row: Option<Row> = one(db, sql, [account.into_value(), oldest.micros().into()]).await?;
    Ok(row.map(|row| {
        let requested_at = Timestamp::from_micros(row.requested_at);
        let state = match row.ready_at {
            Some(_) => ExportState::Ready {
                bytes: row.bytes.unsigned_abs(),
                expires_at: requested_at.plus_seconds(EXPORT_DAYS * 24 * 3_600),
            },
            None => ExportState::Making { done: to_u32(row.done), total: to_u32(row.total) },
        };
        ExportView { id: row.id.into(), requested_at, state }
    }))
}

/// Whether `account` can fetch this copy.
pub(super) async fn is_ready(
    db: &impl ConnectionTrait,
    account: AccountId,
    export: ExportId,
    oldest: Timestamp,
) -> Result<bool, Error> {
    let sql = "SELECT COUNT(*) AS count FROM export \
               WHERE id = $1 AND account_id = $2 AND requested_at > $3 AND ready_at IS NOT NULL";
    let values = [export.into_value(), account.into_value(), oldest.micros().into()];
    let found: Option<Count> = one(db, sql, values).await?;
    Ok(found.is_some_and(|found| found.count > 0))
}

/// Deletes the rows of all copies of an account, and says which.
pub(super) async fn delete_all_of(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<ExportId>, Error> {
    let gone: Vec<Id> =
        all(db, "DELETE FROM export WHERE account_id = $1 RETURNING id", [account.into_value()]).await?;
    Ok(gone.into_iter().map(|export| export.id.into()).collect())
}

/// Deletes the rows of copies that were asked for until then, and says which.
pub(super) async fn delete_old(db: &impl ConnectionTrait, oldest: Timestamp) -> Result<Vec<ExportId>, Error> {
    let sql = "DELETE FROM export WHERE requested_at <= $1 RETURNING id";
    let gone: Vec<Id> = all(db, sql, [oldest.micros().into()]).await?;
    Ok(gone.into_iter().map(|export| export.id.into()).collect())
}

/// Whose copy is to be made; none when it is gone or made, or when somebody else makes it.
pub(super) async fn claim(
    db: &impl ConnectionTrait,
    export: ExportId,
    now: Timestamp,
    until: Timestamp,
) -> Result<Claim, Error> {
    #[derive(FromQueryResult)]
    struct Owner {
        account_id: Uuid,
    }
    let claim = "UPDATE export SET busy_until = $1 WHERE id = $2 AND ready_at IS NULL AND busy_until <= $3 \
                 RETURNING account_id";
    let values = [until.micros().into(), export.into_value(), now.micros().into()];
    if let Some(owner) = one::<Owner>(db, claim, values).await? {
        return Ok(Claim::Mine(owner.account_id.into()));
    }
    let sql = "SELECT COUNT(*) AS count FROM export WHERE id = $1 AND ready_at IS NULL";
    let waiting: Option<Count> = one(db, sql, [export.into_value()]).await?;
    Ok(if waiting.is_some_and(|waiting| waiting.count > 0) { Claim::Taken } else { Claim::Over })
}

/// Who makes a copy.
pub(super) enum Claim {
    /// Whoever asked, for this account.
    Mine(AccountId),
    /// Somebody else, at the moment.
    Taken,
    /// Nobody any more.
    Over,
}

/// Notes how far a copy is, and that somebody is still at it. False when it is gone.
pub(super) async fn record_progress(
    db: &impl ConnectionTrait,
    export: ExportId,
    (done, total): (i64, i64),
    until: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE export SET done = $1, total = $2, busy_until = $3 WHERE id = $4";
    let values = [done.into(), total.into(), until.micros().into(), export.into_value()];
    Ok(execute(db, sql, values).await? == 1)
}

/// Notes that a copy can be fetched. False when it is gone.
pub(super) async fn finish(
    db: &impl ConnectionTrait,
    export: ExportId,
    bytes: u64,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE export SET ready_at = $1, bytes = $2, done = total WHERE id = $3";
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    Ok(execute(db, sql, [now.micros().into(), bytes.into(), export.into_value()]).await? == 1)
}
