//! Whom one can write to: everybody who is registered and not hidden.

use protocol::{
    Page, Timestamp,
    account::PersonView,
    chat::{MESSAGES_AT_ONCE, Partner, PartnerQuery},
};
use sea_orm::FromQueryResult;

use crate::{
    Cx, Error, Scope,
    account::store::{PersonRow, person_columns},
    block::visible,
    db::{IntoValue, all},
    follow::listed,
    limit::Limit,
    search::Terms,
};

/// `$2` and `$3` are where the list goes on, `$4` is how many it may have. Goes on with conditions and [`ORDER`].
const MEMBERS: &str = concat!(
    "SELECT ",
    person_columns!("account"),
    ", verified_at AS since FROM account WHERE verified_at IS NOT NULL AND (verified_at, account.id) < ($2, $3) \
     AND account.id <> $1 AND ",
    visible!("account.id")
);

/// Those with whom a conversation is listed stand there: `$5` of them at most.
const NOT_LISTED: &str = concat!(
    " AND account.id NOT IN (SELECT other_id FROM (SELECT other_id FROM chat_member WHERE account_id = $1 AND ",
    visible!("other_id"),
    " ORDER BY active_at DESC LIMIT $5) AS listed)"
);

const ORDER: &str = " ORDER BY verified_at DESC, account.id DESC LIMIT $4";

/// A part of the people whom the asker can write to, the latest members first: with a name, those who are called so; without
/// one, those with whom no conversation is listed.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`]; [`protocol::Problem::TooMany`] when names are searched for too often.
pub async fn list(cx: &Cx, scope: &Scope, query: PartnerQuery) -> Result<Page<Partner>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        person: PersonRow,
        since: i64,
    }
    let asker = scope.account()?;
    let is_search = !query.name.trim().is_empty();
    if is_search {
        cx.limits.spend(Limit::Search, asker)?;
    }
    let db = cx.db.read();
    let mut values = vec![asker.into_value()];
    values.extend(listed::page_values(query.after));
    let condition = if !is_search {
        values.push(i64::from(MESSAGES_AT_ONCE).into());
        NOT_LISTED.to_owned()
    } else if let Some(terms) = Terms::parse(&query.name) {
        let (matching, more) = terms.matching(db.get_database_backend(), values.len() + 1);
        values.extend(more);
        format!(" AND account.id IN ({matching})")
    } else {
        // What has neither letters nor digits is nobody's name.
        return Ok(Page::empty());
    };
    let rows: Vec<Row> = all(db, &format!("{MEMBERS}{condition}{ORDER}"), values).await?;
    let people = rows.into_iter().map(|row| {
        let person = PersonView::from(row.person);
        Partner { presence: cx.hub.presence(person.id), since: Timestamp::from_micros(row.since), person }
    });
    Ok(Page::from_rows(people.collect()))
}
