//! Who follows whom.

use protocol::{AccountId, Problem, profile::Relation};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Cx, Error, Scope, account, block,
    db::{Count, IntoValue, all, execute, one},
    live::Event,
};

#[cfg(test)]
mod tests;

/// Follows a person.
///
/// # Errors
/// [`Problem::NotFound`] for oneself and for whom one may not see, [`Problem::YouBlocked`].
pub async fn follow(cx: &Cx, scope: &Scope, whom: AccountId) -> Result<(), Error> {
    let follower = scope.account()?;
    if follows(cx.db.read(), follower, whom).await? {
        return Ok(());
    }
    cx.limits.touch.spend(&follower)?;
    if follower == whom {
        return Err(Problem::NotFound.into());
    }
    let now = cx.now().micros();
    cx.write(move |tx| {
        Box::pin(async move {
            // A block ends the follows between two people: of the two that come at once, one waits for the other.
            account::store::lock(&**tx, follower).await?;
            block::member(&**tx, follower, whom).await?.unblocked()?;
            let sql = "INSERT INTO follow (follower_id, followed_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            if execute(&**tx, sql, [follower.into_value(), whom.into_value(), now.into()]).await? > 0 {
                tx.announce(Event::RelationsChanged { between: [follower, whom] });
            }
            Ok(())
        })
    })
    .await
}

/// Follows a person no more.
///
/// # Errors
/// [`Problem::SignInNeeded`]; whom one did not follow is no error.
pub async fn unfollow(cx: &Cx, scope: &Scope, whom: AccountId) -> Result<(), Error> {
    let follower = scope.account()?;
    if !follows(cx.db.read(), follower, whom).await? {
        return Ok(());
    }
    cx.limits.touch.spend(&follower)?;
    cx.write(move |tx| {
        Box::pin(async move {
            let sql = "DELETE FROM follow WHERE follower_id = $1 AND followed_id = $2";
            if execute(&**tx, sql, [follower.into_value(), whom.into_value()]).await? > 0 {
                tx.announce(Event::RelationsChanged { between: [follower, whom] });
            }
            Ok(())
        })
    })
    .await
}

/// Whether one follows the other, which a block between them would have ended.
async fn follows(db: &impl ConnectionTrait, follower: AccountId, whom: AccountId) -> Result<bool, Error> {
    let sql = "SELECT COUNT(*) AS count FROM follow WHERE follower_id = $1 AND followed_id = $2";
    let found: Option<Count> = one(db, sql, [follower.into_value(), whom.into_value()]).await?;
    Ok(found.is_some_and(|found| found.count > 0))
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

/// How `viewer` stands to a person whom they follow, or do not.
pub(crate) fn relation(viewer: AccountId, person: AccountId, follows: bool) -> Relation {
    match follows {
        _ if person == viewer => Relation::Oneself,
        true => Relation::Following,
        false => Relation::NotFollowing,
    }
}
