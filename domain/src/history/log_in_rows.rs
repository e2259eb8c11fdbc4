use protocol::{
    AccountId, Page, SessionId, Timestamp,
    session::{FailedTriesView, LogInMethod, LogInView, SessionEnd},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error,
    db::{IntoValue, all, to_u32},
    user_agent,
};

/// Rows of failed tries that are shown, the latest.
const FAILED: i64 = 20;

/// A page of log-ins.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    account: AccountId,
    this: Option<SessionId>,
    before: Option<SessionId>,
) -> Result<Page<LogInView>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        device: String,
        method: String,
        created_at: i64,
        ended_at: Option<i64>,
        ended_by: Option<String>,
        seen_at: Option<i64>,
    }
    let sql = "SELECT login.id, login.device, login.method, login.created_at, ended_at, ended_by, seen_at \
               FROM login LEFT JOIN session ON session.id = login.id \
               WHERE login.account_id = $1 AND login.id < $2 ORDER BY login.id DESC LIMIT $3";
    let before = before.map_or(Uuid::max(), Uuid::from);
    let rows: Vec<Row> = all(db, sql, [account.into_value(), before.into(), super::limit().into()]).await?;
    let views = rows.into_iter().map(|row| LogInView {
        id: row.id.into(),
        at: Timestamp::from_micros(row.created_at),
        until: row.ended_at.map(Timestamp::from_micros),
        end: row.ended_by.as_deref().and_then(SessionEnd::from_name),
        used_at: row.seen_at.map(Timestamp::from_micros),
        device: user_agent::in_words(&row.device),
        method: method(&row.method),
        is_this: Some(row.id.into()) == this,
    });
    Ok(Page::from_rows(views.collect()))
}

/// The latest tries that failed.
pub(super) async fn failed(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<FailedTriesView>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        device: String,
        method: String,
        tries: i64,
        last_at: i64,
    }
    let sql = "SELECT device, method, tries, last_at FROM failed_login WHERE account_id = $1 \
               ORDER BY hour DESC, device DESC, method DESC LIMIT $2";
    let rows: Vec<Row> = all(db, sql, [account.into_value(), FAILED.into()]).await?;
    let mut views: Vec<FailedTriesView> = rows
        .into_iter()
        .map(|row| FailedTriesView {
            last_at: Timestamp::from_micros(row.last_at),
            tries: to_u32(row.tries),
            device: row.device,
            method: method(&row.method),
        })
        .collect();
    views.sort_by_key(|failed| std::cmp::Reverse(failed.last_at));
    Ok(views)
}

/// What a later version has stored is taken for the plainest.
fn method(name: &str) -> LogInMethod {
    LogInMethod::from_name(name).unwrap_or(LogInMethod::Password)
}
