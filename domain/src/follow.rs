//! Who follows whom.

use protocol::{
    AccountId, Problem,
    follow::{FollowListView, FollowQuery},
    notification::{Cause, NotificationMessage},
    text::Username,
};

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope, account::store as accounts, block, bus::Event, limit::Limit,
    notification::record as notification, search::Terms,
};

mod list;
pub(crate) mod listed;
mod relation;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub(crate) use list::{FollowCounts, count_columns, counts, latest};
pub(crate) use relation::{RelationRow, relation_columns};
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
                notification::insert(tx, follower, &[follower], [(whom, Cause::Follow)]).await?;
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
                notification::announce(tx, whom, &[follower], NotificationMessage::Changed);
                tx.announce(Event::RelationsChanged { between: [follower, whom] });
            }
            Ok(())
        })
    })
    .await
}

/// A part of the list of somebody's followers, or of the people whom they follow, as far as the asker may see them: the latest
/// first.
///
/// # Errors
/// [`Problem::NotFound`] when there is nobody of that name whom one may see, [`Problem::YouBlocked`], [`Problem::TooMany`] for a
/// search.
pub async fn list(cx: &Cx, scope: &Scope, query: FollowQuery) -> Result<FollowListView, Error> {
    let viewer = scope.account()?;
    let username = Username::parse(&query.username).map_err(|_| Problem::NotFound)?;
    let person = block::member_called(cx.db.read(), viewer, &username).await?.unblocked()?;
    let terms = Terms::parse(&query.name);
    if terms.is_some() {
        cx.limits.spend(Limit::Search, viewer)?;
    }
    let counts = counts(cx.db.read(), viewer, person.id).await?;
    let people = list::page(cx.db.read(), viewer, person.id, &query, terms.as_ref()).await?;
    Ok(FollowListView { person, followers: counts.followers(), following: counts.following(), people })
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows("follow::follow", &["a_hidden_person_cannot_be_followed"]),
    shows(
        "follow::list",
        &[
            "a_hidden_persons_lists_of_people_are_not_found",
            "a_hidden_person_is_on_no_list_of_followers_or_of_people_who_are_followed",
        ],
    ),
    shows("follow::unfollow", &["unfollowing_a_hidden_person_tells_nothing"]),
];
