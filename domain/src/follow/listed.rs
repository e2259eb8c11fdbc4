//! People in a list that is read page by page, the latest first.

use protocol::{
    AccountId, Page, Timestamp,
    account::PersonView,
    profile::{ListedPerson, PeopleCursor},
};
use sea_orm::{FromQueryResult, Value};

use super::RelationRow;
use crate::account::store::PersonRow;

/// A person of a list, as its statement selects them: the columns of the person, `since`, and the columns of the relation.
#[derive(Debug, FromQueryResult)]
pub(crate) struct ListedRow {
    #[sea_orm(nested)]
    person: PersonRow,
    since: i64,
    #[sea_orm(nested)]
    relation: RelationRow,
}

/// What a statement takes last: where the list goes on (since when, and who), and how many people it may have, one more than a page
/// shows.
pub(crate) fn page_values(after: Option<PeopleCursor>) -> [Value; 3] {
    let (since, person) =
        after.map_or((i64::MAX, uuid::Uuid::max()), |after| (after.since.micros(), after.person.into()));
    let limit = i64::try_from(Page::<ListedPerson>::SIZE + 1).unwrap_or(i64::MAX);
    [since.into(), person.into(), limit.into()]
}

/// The page that was read, as `viewer` stands to its people.
pub(crate) fn page(rows: Vec<ListedRow>, viewer: AccountId) -> Page<ListedPerson> {
    let listed = rows.into_iter().map(|row| {
        let person = PersonView::from(row.person);
        let relation = row.relation.of(viewer, person.id);
        ListedPerson { person, relation, since: Timestamp::from_micros(row.since) }
    });
    Page::from_rows(listed.collect())
}
