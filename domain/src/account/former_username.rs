//! Usernames that people had before. For a while each leads to whoever gave it up, and is nobody else's.

use protocol::{AccountId, Problem, Reason, Timestamp, text::Username};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    Error,
    db::{Count, IntoValue, execute, one},
};

/// Days for which a username that was given up leads to its person.
pub(crate) const DAYS: i64 = 90;

/// Since when a username was given up that is kept.
pub(super) fn oldest(now: Timestamp) -> Timestamp {
    now.plus_seconds(-DAYS * 24 * 3_600)
}

/// Keeps a username that its person has just given up.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    id: Uuid,
    account: AccountId,
    username: &Username,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO former_username (id, account_id, username, likeness, given_up_at) VALUES ($1, $2, $3, $4, $5)";
    let values = [
        id.into(),
        account.into_value(),
        username.as_str().into(),
        username.skeleton().into(),
        now.micros().into(),
    ];
    execute(db, sql, values).await.map(drop)
}

/// How many usernames somebody has given up since then.
pub(crate) async fn count_since(
    db: &impl ConnectionTrait,
    account: AccountId,
    since: Timestamp,
) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) AS count FROM former_username WHERE account_id = $1 AND given_up_at > $2";
    let found: Option<Count> = one(db, sql, [account.into_value(), since.micros().into()]).await?;
    Ok(found.map_or(0, |found| found.count))
}

/// Refuses a username that somebody else gave up lately, or one that looks like it. Asked after `account` has got it, in the
/// same transaction: whoever gave it up at that moment has committed by then, and the unique index did the rest.
///
/// # Errors
/// [`Problem::Invalid`] for the field `username`.
pub(crate) async fn assert_free(
    db: &impl ConnectionTrait,
    account: AccountId,
    username: &Username,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "SELECT COUNT(*) AS count FROM former_username WHERE likeness = $1 AND given_up_at > $2 AND account_id <> $3";
    let values = [username.skeleton().into(), oldest(now).micros().into(), account.into_value()];
    let found: Option<Count> = one(db, sql, values).await?;
    match found {
        Some(found) if found.count > 0 => Err(Problem::field("username", Reason::Taken).into()),
        _ => Ok(()),
    }
}

/// Lets go of those that were kept long enough.
pub(super) async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
    let sql = "DELETE FROM former_username WHERE given_up_at <= $1";
    execute(db, sql, [oldest(now).micros().into()]).await.map(drop)
}

/// Deletes those of an account that goes itself, and keeps them from everybody else.
pub(super) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    let reserve = "INSERT INTO reserved_username (likeness) SELECT DISTINCT likeness FROM former_username \
                   WHERE account_id = $1 ON CONFLICT DO NOTHING";
    execute(db, reserve, [account.into_value()]).await?;
    execute(db, "DELETE FROM former_username WHERE account_id = $1", [account.into_value()]).await.map(drop)
}
