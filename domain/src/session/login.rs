//! The log of log-ins. It is apart from sessions, and says also what has ended and what failed. No address is kept in it: where
//! most people come from changes daily and tells them nothing, while the kind of device and the time do.

use protocol::{
    AccountId, SessionId, Timestamp,
    session::{LogInMethod, SessionEnd},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{
    Cx, Error,
    db::{IntoValue, execute, one},
    user_agent,
};

/// Seconds for which a log-in is kept: longer than any session lives.
pub const LOG_IN_SECONDS: i64 = 365 * 24 * 3_600;
/// Seconds for which tries that failed are kept.
pub const FAILURE_SECONDS: i64 = 90 * 24 * 3_600;
/// Rows of failed tries that an account keeps, and a few of the same hour; the oldest make room.
const FAILURES: i64 = 200;

const HOUR_MICROS: i64 = 3_600_000_000;

/// Stores the log-in that a session begins with.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    id: SessionId,
    account: AccountId,
    browser_name: &str,
    method: LogInMethod,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO login (id, account_id, device, method, created_at) VALUES ($1, $2, $3, $4, $5)";
    let values = [
        id.into_value(),
        account.into_value(),
        browser_name.into(),
        method.name().into(),
        now.micros().into(),
    ];
    execute(db, sql, values).await.map(drop)
}

/// When a log-in was, and what the browser called itself.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<(Timestamp, String)>, Error> {
    #[derive(FromQueryResult)]
    struct LogIn {
        device: String,
        created_at: i64,
    }
    let found: Option<LogIn> =
        one(db, "SELECT device, created_at FROM login WHERE id = $1", [id.into_value()]).await?;
    Ok(found.map(|log_in| (Timestamp::from_micros(log_in.created_at), log_in.device)))
}

/// Stores until when the session of a log-in was, and why it ended.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    id: SessionId,
    end: SessionEnd,
    until: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE login SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL";
    let values = [id.into_value(), until.micros().into(), end.name().into()];
    execute(db, sql, values).await.map(drop)
}

/// Whether `account` has logged in before.
pub(super) async fn is_any(db: &impl ConnectionTrait, account: AccountId) -> Result<bool, Error> {
    #[derive(FromQueryResult)]
    struct Any {}
    let sql = "SELECT id FROM login WHERE account_id = $1 LIMIT 1";
    Ok(one::<Any>(db, sql, [account.into_value()]).await?.is_some())
}

/// Counts a try that failed, in a task of its own: its answer takes as long as that to a name that no account has. Counted by the
/// hour and the kind of device, so that whoever tries fills no table.
pub(super) fn record_failure(cx: &Cx, account: AccountId, browser_name: &str, method: LogInMethod) {
    let (device, now) = (user_agent::in_words(browser_name), cx.now());
    let Ok(key) = cx.new_id().inspect_err(Error::log) else { return };
    let cx = cx.clone();
    cx.clone().background_writes.start(key, async move {
        cx.write(move |tx| Box::pin(async move { count_failure(&**tx, account, device, method, now).await }))
            .await
    });
}

async fn count_failure(
    db: &impl ConnectionTrait,
    account: AccountId,
    device: String,
    method: LogInMethod,
    now: Timestamp,
) -> Result<(), Error> {
    let count = "INSERT INTO failed_login (account_id, hour, device, method, tries, last_at) \
                 VALUES ($1, $2, $3, $4, 1, $5) ON CONFLICT (account_id, hour, device, method) \
                 DO UPDATE SET tries = failed_login.tries + 1, last_at = $5";
    let hour = now.micros().div_euclid(HOUR_MICROS) * HOUR_MICROS;
    let values =
        [account.into_value(), hour.into(), device.into(), method.name().into(), now.micros().into()];
    execute(db, count, values).await?;
    let surplus = "DELETE FROM failed_login WHERE account_id = $1 AND hour < (\
                   SELECT hour FROM failed_login WHERE account_id = $1 ORDER BY hour DESC LIMIT 1 OFFSET $2)";
    execute(db, surplus, [account.into_value(), (FAILURES - 1).into()]).await.map(drop)
}

/// Forgets everything of `account`.
pub(super) async fn delete_all(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    for table in ["login", "failed_login"] {
        let sql = format!("DELETE FROM {table} WHERE account_id = $1");
        execute(db, &sql, [account.into_value()]).await?;
    }
    Ok(())
}

/// Forgets what is long ago.
pub(super) async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
    let oldest = now.plus_seconds(-LOG_IN_SECONDS).micros();
    execute(db, "DELETE FROM login WHERE created_at < $1", [oldest.into()]).await?;
    let oldest = now.plus_seconds(-FAILURE_SECONDS).micros();
    execute(db, "DELETE FROM failed_login WHERE hour < $1", [oldest.into()]).await.map(drop)
}
