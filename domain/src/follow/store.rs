use protocol::AccountId;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error,
    account::store::{CountChange, change_counts},
    db::{Count, IntoValue, all, execute, one},
};

/// Whether one follows the other, which a block between them would have ended.
pub(super) async fn follows(
    db: &impl ConnectionTrait,
    follower: AccountId,
    followed: AccountId,
) -> Result<bool, Error> {
    let sql = "SELECT COUNT(*) AS count FROM follow WHERE follower_id = $1 AND followed_id = $2";
    let found: Option<Count> = one(db, sql, [follower.into_value(), followed.into_value()]).await?;
    Ok(found.is_some_and(|found| found.count > 0))
}

/// Stores and counts a follow. False when it was there. The caller has locked both accounts.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    follower: AccountId,
    followed: AccountId,
    now: i64,
) -> Result<bool, Error> {
    let sql = "INSERT INTO follow (follower_id, followed_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let added = execute(db, sql, [follower.into_value(), followed.into_value(), now.into()]).await? > 0;
    if added {
        count(db, follower, followed, 1).await?;
    }
    Ok(added)
}

/// Deletes a follow and takes it out of the counts. False when there was none. The caller has locked both accounts.
pub(crate) async fn delete(
    db: &impl ConnectionTrait,
    follower: AccountId,
    followed: AccountId,
) -> Result<bool, Error> {
    let sql = "DELETE FROM follow WHERE follower_id = $1 AND followed_id = $2";
    let removed = execute(db, sql, [follower.into_value(), followed.into_value()]).await? > 0;
    if removed {
        count(db, follower, followed, -1).await?;
    }
    Ok(removed)
}

async fn count(
    db: &impl ConnectionTrait,
    follower: AccountId,
    followed: AccountId,
    by: i64,
) -> Result<(), Error> {
    change_counts(db, follower, CountChange { following: by, ..CountChange::default() }).await?;
    change_counts(db, followed, CountChange { followers: by, ..CountChange::default() }).await
}

/// Everybody whom `follower` follows.
pub(crate) async fn followed_by(
    db: &impl ConnectionTrait,
    follower: AccountId,
) -> Result<Vec<AccountId>, Error> {
    #[derive(FromQueryResult)]
    struct Followed {
        followed_id: Uuid,
    }
    let sql = "SELECT followed_id FROM follow WHERE follower_id = $1";
    let rows: Vec<Followed> = all(db, sql, [follower.into_value()]).await?;
    Ok(rows.into_iter().map(|row| row.followed_id.into()).collect())
}
