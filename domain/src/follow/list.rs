//! The lists of followers and of people who are followed.

use protocol::{
    AccountId, Page, Problem,
    account::PersonView,
    follow::{FollowList, FollowQuery},
    profile::ListedPerson,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{listed, relation_columns};
use crate::{
    Error,
    account::store::{PersonRow, person_columns},
    block::{hidden, visible},
    db::{IntoValue, all, one, to_u32},
    search::Terms,
};

/// SQL for how long the lists of somebody in `account` are without those who are `hidden` from the reader: the columns of
/// [`FollowCounts`].
macro_rules! count_columns {
    () => {
        "follower_count - (SELECT COUNT((SELECT 1 FROM follow WHERE follower_id = hidden.id AND followed_id = account.id)) \
           FROM hidden) AS followers, \
         following_count - (SELECT COUNT((SELECT 1 FROM follow WHERE follower_id = account.id AND followed_id = hidden.id)) \
           FROM hidden) AS following"
    };
}
pub(crate) use count_columns;

/// What [`count_columns`] selects.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct FollowCounts {
    followers: i64,
    following: i64,
}

impl FollowCounts {
    pub(crate) fn followers(self) -> u32 {
        to_u32(self.followers)
    }

    pub(crate) fn following(self) -> u32 {
        to_u32(self.following)
    }
}

/// How long both lists of somebody are for the reader.
pub(crate) async fn counts(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    person: AccountId,
) -> Result<FollowCounts, Error> {
    let sql =
        concat!("WITH hidden AS (", hidden!(), ") SELECT ", count_columns!(), " FROM account WHERE id = $2");
    let found = one(db, sql, [viewer.into_value(), person.into_value()]).await?;
    found.ok_or_else(|| Problem::NotFound.into())
}

/// `$2` is whose list it is, `$3` and `$4` where it goes on, `$5` how many it may have. Goes on with a condition and [`ORDER`].
macro_rules! select_list {
    ($owner:literal, $listed:literal) => {
        concat!(
            "SELECT ",
            person_columns!("account"),
            ", follow.created_at AS since, ",
            relation_columns!("account.id"),
            " FROM follow JOIN account ON account.id = follow.",
            $listed,
            " WHERE follow.",
            $owner,
            " = $2 AND (follow.created_at, follow.",
            $listed,
            ") < ($3, $4) AND ",
            visible!(concat!("follow.", $listed))
        )
    };
}

/// The people of a list, and what orders it.
const FOLLOWERS: (&str, &str) = (select_list!("followed_id", "follower_id"), "follow.follower_id");
const FOLLOWING: (&str, &str) = (select_list!("follower_id", "followed_id"), "follow.followed_id");

/// A part of a list, as far as `viewer` may see it; of the people whose names match, when there are `terms`.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    viewer: AccountId,
    person: AccountId,
    query: &FollowQuery,
    terms: Option<&Terms>,
) -> Result<Page<ListedPerson>, Error> {
    let (select, column) = match query.list {
        FollowList::Followers => FOLLOWERS,
        FollowList::Following => FOLLOWING,
    };
    let mut values = vec![viewer.into_value(), person.into_value()];
    values.extend(listed::page_values(query.after));
    let mut sql = select.to_owned();
    if let Some(terms) = terms {
        let (matching, more) = terms.matching(db.get_database_backend(), values.len() + 1);
        sql = format!("{sql} AND {column} IN ({matching})");
        values.extend(more);
    }
    sql = format!("{sql} ORDER BY follow.created_at DESC, {column} DESC LIMIT $5");
    Ok(listed::page(all(db, &sql, values).await?, viewer))
}

/// The newest of a list of somebody's own.
pub(crate) async fn latest(
    db: &impl ConnectionTrait,
    owner: AccountId,
    list: FollowList,
    limit: i64,
) -> Result<Vec<PersonView>, Error> {
    let (select, column) = match list {
        FollowList::Followers => FOLLOWERS,
        FollowList::Following => FOLLOWING,
    };
    let sql = format!("{select} ORDER BY follow.created_at DESC, {column} DESC LIMIT $5");
    let [since, last, _] = listed::page_values(None);
    let values = [owner.into_value(), owner.into_value(), since, last, limit.into()];
    let people: Vec<PersonRow> = all(db, &sql, values).await?;
    Ok(people.into_iter().map(PersonView::from).collect())
}
