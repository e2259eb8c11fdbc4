//! People whom somebody may want to follow.

use protocol::{
    AccountId, Timestamp,
    account::PersonView,
    follow::FollowList,
    suggestion::{SidePanel, Suggestion, SuggestionReason},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope,
    account::store::PersonRow,
    block,
    db::{IntoValue, all, execute, to_u32},
    follow::{self, RelationRow},
    limit::Limit,
};

mod sql;
#[cfg(test)]
mod tests;

/// Suggestions on the page of people.
const MANY: i64 = 24;
/// Suggestions beside the feed.
const FEW: i64 = 3;
/// Faces of each list beside the feed.
const FACES: i64 = 6;
/// Whoever has joined less long ago is new.
const NEW_SECONDS: i64 = 30 * 24 * 3_600;

/// People whom the asker may want to follow: first those whom people follow whom the asker follows, then those who like what the
/// asker likes, then newcomers, first of all those who write. Never the asker, whom they follow, who is hidden from them, and
/// whom they have dismissed.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn list(cx: &Cx, scope: &Scope) -> Result<Vec<Suggestion>, Error> {
    suggest(cx, scope.account()?, MANY).await
}

/// What stands beside the feed.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`].
pub async fn panel(cx: &Cx, scope: &Scope) -> Result<SidePanel, Error> {
    let (db, me) = (cx.db.read(), scope.account()?);
    let counts = follow::counts(db, me, me).await?;
    Ok(SidePanel {
        suggestions: suggest(cx, me, FEW).await?,
        followers: follow::latest(db, me, FollowList::Followers, FACES).await?,
        follower_count: counts.followers(),
        following: follow::latest(db, me, FollowList::Following, FACES).await?,
        following_count: counts.following(),
    })
}

/// Suggests a person to the asker no more. Dismissing twice is dismissing once.
///
/// # Errors
/// [`protocol::Problem::NotFound`] for whom one may not see, [`protocol::Problem::TooMany`].
pub async fn dismiss(cx: &Cx, scope: &Scope, whom: AccountId) -> Result<(), Error> {
    let by = scope.account()?;
    cx.limits.spend(Limit::Interaction, by)?;
    let now = cx.now().micros();
    cx.write(move |tx| {
        Box::pin(async move {
            block::member(&**tx, by, whom).await?.unblocked()?;
            let sql = "INSERT INTO suggestion_dismissal (account_id, dismissed_id, created_at) VALUES ($1, $2, $3) \
                       ON CONFLICT DO NOTHING";
            execute(&**tx, sql, [by.into_value(), whom.into_value(), now.into()]).await.map(drop)
        })
    })
    .await
}

/// Forgets what an account has dismissed, and who has dismissed it.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    let sql = "DELETE FROM suggestion_dismissal WHERE account_id = $1 OR dismissed_id = $1";
    execute(db, sql, [account.into_value()]).await.map(drop)
}

async fn suggest(cx: &Cx, reader: AccountId, limit: i64) -> Result<Vec<Suggestion>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        person: PersonRow,
        #[sea_orm(nested)]
        relation: RelationRow,
        joined_at: i64,
        via: i64,
        posts: i64,
        via_name: Option<String>,
    }
    let new_since: Timestamp = cx.now().plus_seconds(-NEW_SECONDS);
    let values = [reader.into_value(), Uuid::max().into(), limit.into()];
    let rows: Vec<Row> = all(cx.db.read(), sql::SUGGESTIONS, values).await?;
    let suggestions = rows.into_iter().map(|row| {
        let person = PersonView::from(row.person);
        let relation = row.relation.of(reader, person.id);
        let reason = match row.via_name {
            Some(name) => SuggestionReason::FollowedBy { name, others: to_u32(row.via - 1) },
            None if row.posts > 0 => SuggestionReason::SharedLikes { posts: to_u32(row.posts) },
            None if row.joined_at >= new_since.micros() => SuggestionReason::Newcomer,
            None => SuggestionReason::Member,
        };
        Suggestion { person, relation, reason }
    });
    Ok(suggestions.collect())
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows(
        "suggestion::list",
        &["a_hidden_person_is_not_suggested", "a_suggestion_names_nobody_who_is_hidden"],
    ),
    shows("suggestion::panel", &["a_hidden_person_does_not_stand_beside_the_feed"]),
    shows("suggestion::dismiss", &["a_hidden_person_cannot_be_dismissed"]),
];
