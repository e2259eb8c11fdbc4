use protocol::{AccountId, profile::Relation};
use sea_orm::FromQueryResult;

/// SQL for how the reader, `$1`, stands to a person: the columns of a [`RelationRow`].
macro_rules! relation_columns {
    ($person:literal) => {
        concat!(
            "(SELECT COUNT(*) FROM follow WHERE follower_id = $1 AND followed_id = ",
            $person,
            ") AS follows, (SELECT COUNT(*) FROM follow WHERE follower_id = ",
            $person,
            " AND followed_id = $1) AS follows_reader"
        )
    };
}
pub(crate) use relation_columns;

/// What [`relation_columns`] selects.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(crate) struct RelationRow {
    follows: i64,
    follows_reader: i64,
}

impl RelationRow {
    /// How `reader` stands to `person`, whose row this is.
    pub(crate) fn of(self, reader: AccountId, person: AccountId) -> Relation {
        if person == reader {
            Relation::Oneself
        } else {
            Relation::between(self.follows > 0, self.follows_reader > 0)
        }
    }
}
