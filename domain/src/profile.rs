//! A person's page.

use protocol::{
    PostId, Problem, Timestamp,
    feed::{FeedKind, FeedQuery},
    profile::{ProfileDetails, ProfileView},
    text::Username,
};
use sea_orm::FromQueryResult;

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope,
    block::{self, Member, hidden},
    db::{IntoValue, one, to_u32},
    feed,
    follow::{FollowCounts, RelationRow, count_columns, relation_columns},
};

#[cfg(test)]
mod tests;

/// The page of the person called `username`, with their latest posts, or those that are older than `before`.
///
/// # Errors
/// [`Problem::NotFound`] when there is none whom the asker may see.
pub async fn view(
    cx: &Cx,
    scope: &Scope,
    username: &str,
    before: Option<PostId>,
) -> Result<ProfileView, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        created_at: i64,
        post_count: i64,
        #[sea_orm(nested)]
        counts: FollowCounts,
        #[sea_orm(nested)]
        relation: RelationRow,
    }
    let viewer = scope.account()?;
    let username = Username::parse(username).map_err(|_| Problem::NotFound)?;
    let Member { person, is_blocked } = block::member_called(cx.db.read(), viewer, &username).await?;
    if is_blocked {
        return Ok(ProfileView::YouBlocked { person });
    }
    let sql = concat!(
        "WITH hidden AS (",
        hidden!(),
        ") SELECT created_at, post_count, ",
        count_columns!(),
        ", ",
        relation_columns!("account.id"),
        " FROM account WHERE id = $2"
    );
    let values = [viewer.into_value(), person.id.into_value()];
    let row: Row = one(cx.db.read(), sql, values).await?.ok_or(Problem::NotFound)?;
    let relation = row.relation.of(viewer, person.id);
    let posts = feed::page(cx, scope, FeedQuery { kind: FeedKind::By(person.id), before }).await?;
    Ok(ProfileView::Open(ProfileDetails {
        person,
        joined_at: Timestamp::from_micros(row.created_at),
        followers: row.counts.followers(),
        following: row.counts.following(),
        post_count: to_u32(row.post_count),
        relation,
        posts,
    }))
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[shows(
    "profile::view",
    &[
        "a_hidden_persons_profile_is_not_found_and_a_stub_for_who_blocked",
        "hidden_people_are_not_counted_on_a_profile",
    ],
)];
