//! Who follows whom.

use protocol::{AccountId, Problem, profile::Relation};

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{Cx, Error, Scope, account::store as accounts, block, bus::Event, limit::Limit};

pub(crate) mod store;
#[cfg(test)]
mod tests;

pub(crate) use store::followed_by;

/// Follows a person.
///
/// # Errors
/// [`Problem::NotFound`] for oneself and for whom one may not see, [`Problem::YouBlocked`].
pub async fn follow(cx: &Cx, scope: &Scope, whom: AccountId) -> Result<(), Error> {
    let follower = scope.account()?;
    if store::follows(cx.db.read(), follower, whom).await? {
        return Ok(());
    }
    cx.limits.spend(Limit::Interaction, follower)?;
    if follower == whom {
        return Err(Problem::NotFound.into());
    }
    let now = cx.now().micros();
    cx.write(move |tx| {
        Box::pin(async move {
            // Asked before the locks as well: they would take longer for somebody who is there, though hidden.
            block::member(&**tx, follower, whom).await?.unblocked()?;
            accounts::lock_both(&**tx, follower, whom).await?;
            // A block ends the follows between two people: of the two that come at once, one waits for the other.
            block::member(&**tx, follower, whom).await?.unblocked()?;
            if store::insert(&**tx, follower, whom, now).await? {
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
    if !store::follows(cx.db.read(), follower, whom).await? {
        return Ok(());
    }
    cx.limits.spend(Limit::Interaction, follower)?;
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock_both(&**tx, follower, whom).await?;
            if store::delete(&**tx, follower, whom).await? {
                tx.announce(Event::RelationsChanged { between: [follower, whom] });
            }
            Ok(())
        })
    })
    .await
}

/// How `viewer` stands to a person whom they follow, or do not.
pub(crate) fn relation(viewer: AccountId, person: AccountId, follows: bool) -> Relation {
    match follows {
        _ if person == viewer => Relation::Oneself,
        true => Relation::Following,
        false => Relation::NotFollowing,
    }
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows("follow::follow", &["a_hidden_person_cannot_be_followed"]),
    shows("follow::unfollow", &["unfollowing_a_hidden_person_tells_nothing"]),
];
