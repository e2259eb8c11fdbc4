//! Finding people by their names, and posts by their words.

use protocol::{
    Page, PostId,
    account::PersonView,
    post::PostView,
    profile::RelatedPerson,
    search::{PEOPLE_FOUND, PeopleFound},
};
use sea_orm::{DbBackend, FromQueryResult, Value};
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope,
    account::store::PersonRow,
    db::{IntoValue, all},
    follow::RelationRow,
    limit::Limit,
    post::store::PostRow,
};

mod index;
mod rank;
mod sql;
mod terms;
#[cfg(test)]
mod tests;
mod text;

pub use index::index_person;
pub(crate) use index::{index_all, index_post, remove_person, remove_post};
pub(crate) use terms::Terms;

/// How many people each way of looking brings at most.
const CANDIDATES: i64 = 50;

/// The people whose names have all words of a search in them, or are spelled alike: the closest first, and of those that are
/// as close, first those whom the asker follows.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`], [`protocol::Problem::TooMany`].
pub async fn people(cx: &Cx, scope: &Scope, typed: &str) -> Result<PeopleFound, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        #[sea_orm(nested)]
        person: PersonRow,
        names: String,
        #[sea_orm(nested)]
        relation: RelationRow,
    }
    let viewer = scope.account()?;
    let Some(terms) = Terms::parse(typed) else { return Ok(PeopleFound::default()) };
    cx.limits.spend(Limit::Search, viewer)?;
    let db = cx.db.read();
    let mut values = vec![viewer.into_value()];
    values.extend(terms.range());
    values.extend(terms.patterns());
    values.push(CANDIDATES.into());
    let sql = match (terms.has_trigrams(), db.get_database_backend()) {
        (false, _) => sql::SHORT,
        (true, DbBackend::Sqlite) => {
            values.extend([terms.all_long().into(), terms.any_trigram().into()]);
            sql::SQLITE
        }
        (true, _) => {
            values.push(terms.words().join(" ").into());
            sql::POSTGRES
        }
    };
    let rows: Vec<Row> = all(db, sql, values).await?;
    let mut found: Vec<_> = rows
        .into_iter()
        .filter_map(|row| {
            let rank = rank::compare(terms.words(), &row.names)?;
            let person = PersonView::from(row.person);
            let relation = row.relation.of(viewer, person.id);
            Some((rank, !relation.follows(), row.names, RelatedPerson { person, relation }))
        })
        .collect();
    found.sort_by(|one, other| {
        (one.0, one.1, &one.2, one.3.person.id).cmp(&(other.0, other.1, &other.2, other.3.person.id))
    });
    let more = found.len() > PEOPLE_FOUND;
    Ok(PeopleFound {
        people: found.into_iter().take(PEOPLE_FOUND).map(|(.., person)| person).collect(),
        more,
    })
}

/// A page of the posts that have all words of a search in them, the latest first, those older than `before`. The last word may
/// be the beginning of one.
///
/// # Errors
/// [`protocol::Problem::SignInNeeded`], [`protocol::Problem::TooMany`].
pub async fn posts(
    cx: &Cx,
    scope: &Scope,
    typed: &str,
    before: Option<PostId>,
) -> Result<Page<PostView>, Error> {
    let viewer = scope.account()?;
    let words = text::query_words(typed);
    if words.is_empty() {
        return Ok(Page::empty());
    }
    cx.limits.spend(Limit::Search, viewer)?;
    let db = cx.db.read();
    let (sql, query) = match db.get_database_backend() {
        DbBackend::Sqlite => {
            (sql::SQLITE_POSTS, post_query(&words, |word| terms::quoted(word), "*", " AND "))
        }
        _ => (sql::POSTGRES_POSTS, post_query(&words, |word| format!("'{word}'"), ":*", " & ")),
    };
    let limit = i64::try_from(Page::<PostView>::SIZE + 1).unwrap_or(i64::MAX);
    let mut values: Vec<Value> =
        vec![viewer.into_value(), before.map_or(Uuid::max(), Uuid::from).into(), limit.into(), query.into()];
    if db.get_database_backend() == DbBackend::Sqlite {
        values.push(before.map_or(i64::MAX, index::position).into());
    }
    let revision = cx.next_revision();
    let rows: Vec<PostRow> = all(db, sql, values).await?;
    let page = Page::from_rows(rows);
    let items = page.items.into_iter().map(|row| row.into_view(revision)).collect::<Result<_, _>>()?;
    Ok(Page { items, more: page.more })
}

/// Letters that the beginning of a word has, for which whole words are looked for: with fewer, too many would be found.
const BEGINNING: usize = 3;

/// The words as a database searches for them; the last one with the sign for beginnings, when it is long enough.
fn post_query(words: &[String], quote: impl Fn(&String) -> String, beginning: &str, and: &str) -> String {
    let mut query = words.iter().map(quote).collect::<Vec<_>>().join(and);
    if words.last().is_some_and(|last| last.chars().count() >= BEGINNING) {
        query.push_str(beginning);
    }
    query
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows("search::people", &["a_hidden_person_is_not_found_by_name"]),
    shows("search::posts", &["a_post_of_a_hidden_author_is_not_found_by_its_words"]),
];
