//! A person's page: what they tell of themselves, their picture, and the name in their address.

use protocol::{
    PictureId, Problem, ProfilePictureId, Timestamp,
    country::Country,
    feed::{FeedKind, FeedQuery},
    profile::{
        EditProfile, OwnProfileView, ProfileContent, ProfileDetails, ProfileTab, ProfileView, Relation,
        SquareCrop, Visibility,
    },
    text::Username,
};
use sea_orm::FromQueryResult;

#[cfg(test)]
use crate::block::matrix::{Entry, neutral, shows};
use crate::{
    Cx, Error, Scope,
    account::store as accounts,
    block::{self, Member, hidden},
    db::{IntoValue, one, to_u32},
    feed,
    follow::{FollowCounts, RelationRow, count_columns, relation_columns},
    limit::Limit,
    media::{self, profile_picture},
    presence::{
        self,
        store::{LastSeenRow, last_seen_columns},
    },
    search,
};

pub(crate) mod store;
#[cfg(test)]
mod tests;
mod username;

use store::{DetailsRow, details_columns};

/// The page of the person called `username`, or called so until lately, with what one of its tabs shows; without one, the latest posts.
///
/// # Errors
/// [`Problem::NotFound`] when there is none whom the asker may see.
pub async fn view(
    cx: &Cx,
    scope: &Scope,
    username: &str,
    tab: Option<ProfileTab>,
) -> Result<ProfileView, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        created_at: i64,
        post_count: i64,
        #[sea_orm(nested)]
        details: DetailsRow,
        #[sea_orm(nested)]
        counts: FollowCounts,
        #[sea_orm(nested)]
        relation: RelationRow,
        #[sea_orm(nested)]
        last: LastSeenRow,
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
        ", ",
        details_columns!(),
        ", ",
        last_seen_columns!(),
        " FROM account LEFT JOIN profile ON profile.account_id = account.id WHERE account.id = $2"
    );
    let values = [viewer.into_value(), person.id.into_value()];
    let row: Row = one(cx.db.read(), sql, values).await?.ok_or(Problem::NotFound)?;
    let relation = row.relation.of(viewer, person.id);
    let reader = match relation {
        Relation::Oneself => Visibility::OnlyMe,
        relation if relation.follows() => Visibility::Followers,
        _ => Visibility::Everyone,
    };
    let content = match tab.unwrap_or(ProfileTab::Posts(None)) {
        ProfileTab::Posts(before) => ProfileContent::Posts(
            feed::page(cx, scope, FeedQuery { kind: FeedKind::By(person.id), before }).await?,
        ),
        ProfileTab::Pictures(before) => {
            ProfileContent::Pictures(media::store::posted_by(cx.db.read(), viewer, person.id, before).await?)
        }
        ProfileTab::About => ProfileContent::About,
    };
    Ok(ProfileView::Open(ProfileDetails {
        presence: presence::view(cx, person.id, row.last.last_seen()),
        person,
        joined_at: Timestamp::from_micros(row.created_at),
        followers: row.counts.followers(),
        following: row.counts.following(),
        post_count: to_u32(row.post_count),
        relation,
        about: row.details.into_view_for(reader)?,
        content,
    }))
}

/// One's own profile, for the page that changes it.
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn own(cx: &Cx, scope: &Scope) -> Result<OwnProfileView, Error> {
    let person = scope.member()?.clone();
    let profile = store::own(cx.db.read(), person.id).await?.into_form();
    Ok(OwnProfileView { person, profile, countries: Country::all().map(Into::into).collect() })
}

/// Changes what one tells of oneself.
///
/// # Errors
/// [`Problem::Invalid`] with all fields that cannot be taken; [`Problem::Changed`] when it was changed since it was read;
/// [`Problem::TooMany`].
pub async fn edit(cx: &Cx, scope: &Scope, edit: EditProfile) -> Result<(), Error> {
    let account = scope.account()?;
    let checked = edit.check()?;
    cx.limits.spend(Limit::Profile, account)?;
    let version = i64::from(edit.version);
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            let before = store::own(&**tx, account).await?;
            // Saved already, and the answer was lost.
            if before.says(&checked) {
                return Ok(());
            }
            if before.version != version {
                return Err(Problem::Changed.into());
            }
            store::save(&**tx, account, &checked).await?;
            search::index_person(&**tx, account).await
        })
    })
    .await
}

/// Changes the own username. For a while, the one before leads to the person and is nobody else's.
///
/// # Errors
/// [`Problem::Invalid`] for the field `username`; [`Problem::TooMany`].
pub async fn change_username(cx: &Cx, scope: &Scope, typed: &str) -> Result<(), Error> {
    username::change(cx, scope.account()?, typed).await
}

/// Makes a square of an own picture the profile picture: that of `crop`, or the middle of it. The picture itself goes, unless a
/// post shows it.
///
/// # Errors
/// [`Problem::Invalid`] for the field `pictures` when there is no such picture of the asker's; [`Problem::BadRequest`] for what
/// is no square of it; [`Problem::TooMany`].
pub async fn set_picture(
    cx: &Cx,
    scope: &Scope,
    picture: PictureId,
    crop: Option<SquareCrop>,
) -> Result<ProfilePictureId, Error> {
    let account = scope.account()?;
    cx.limits.spend(Limit::Profile, account)?;
    let cut = profile_picture::cut(cx, account, picture, crop).await?;
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            profile_picture::set(tx, account, Some(cut)).await?;
            profile_picture::discard_source(tx, account, picture).await
        })
    })
    .await?;
    Ok(cut)
}

/// Takes the profile picture away. Initials are shown again.
///
/// # Errors
/// [`Problem::TooMany`]; without a picture there is nothing to do.
pub async fn remove_picture(cx: &Cx, scope: &Scope) -> Result<(), Error> {
    let account = scope.account()?;
    cx.limits.spend(Limit::Profile, account)?;
    cx.write(move |tx| {
        Box::pin(async move {
            accounts::lock(&**tx, account).await?;
            profile_picture::set(tx, account, None).await
        })
    })
    .await
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows(
        "profile::view",
        &[
            "a_hidden_persons_profile_is_not_found_and_a_stub_for_who_blocked",
            "hidden_people_are_not_counted_on_a_profile",
            "a_former_username_of_a_hidden_person_is_not_found",
            "what_a_hidden_person_tells_and_their_pictures_are_not_found",
        ],
    ),
    neutral("profile::own", "shows the own profile"),
    neutral("profile::edit", "acts on the own profile"),
    neutral(
        "profile::change_username",
        "acts on the own account; a username that is taken is taken for everybody",
    ),
    neutral("profile::set_picture", "acts on own pictures; those of others are not there, whoever they are"),
    neutral("profile::remove_picture", "acts on the own picture"),
];
