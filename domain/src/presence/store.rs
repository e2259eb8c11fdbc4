use protocol::{AccountId, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error,
    block::visible,
    db::{IntoValue, all, id_list, one},
};

/// Readers that one statement can name.
const READERS: usize = 256;

/// SQL for when `account.id` was there last: by a session, or until they logged out.
macro_rules! last_seen_columns {
    () => {
        "(SELECT MAX(seen_at) FROM session WHERE session.account_id = account.id) AS seen_at, \
         (SELECT MAX(ended_at) FROM login WHERE login.account_id = account.id) AS ended_at"
    };
}
pub(crate) use last_seen_columns;

/// What [`last_seen_columns`] selects.
#[derive(FromQueryResult)]
pub(crate) struct LastSeenRow {
    seen_at: Option<i64>,
    ended_at: Option<i64>,
}

impl LastSeenRow {
    /// The later of the two.
    pub(crate) fn last_seen(&self) -> Option<Timestamp> {
        self.seen_at.max(self.ended_at).map(Timestamp::from_micros)
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    #[sea_orm(nested)]
    last: LastSeenRow,
}

/// When somebody was there last.
pub(super) async fn last_seen(
    db: &impl ConnectionTrait,
    person: AccountId,
) -> Result<Option<Timestamp>, Error> {
    let sql = concat!("SELECT ", last_seen_columns!(), " FROM account WHERE id = $1");
    Ok(one::<LastSeenRow>(db, sql, [person.into_value()]).await?.and_then(|row| row.last_seen()))
}

/// Those of these people whom `asker` may see, and when they were there last.
pub(super) async fn visible(
    db: &impl ConnectionTrait,
    asker: AccountId,
    people: &[AccountId],
) -> Result<Vec<(AccountId, Option<Timestamp>)>, Error> {
    let sql = concat!(
        "SELECT id, ",
        last_seen_columns!(),
        " FROM account WHERE id IN ({people}) AND verified_at IS NOT NULL AND ",
        visible!("account.id")
    );
    let mut found = Vec::new();
    for people in people.chunks(READERS) {
        let (list, values) = id_list(2, people);
        let values = std::iter::once(asker.into_value()).chain(values);
        let rows: Vec<Row> = all(db, &sql.replace("{people}", &list), values).await?;
        found.extend(rows.iter().map(|row| (row.id.into(), row.last.last_seen())));
    }
    Ok(found)
}

/// Those of these readers who may see `person`.
pub(super) async fn readers(
    db: &impl ConnectionTrait,
    person: AccountId,
    readers: &[AccountId],
) -> Result<Vec<AccountId>, Error> {
    #[derive(FromQueryResult)]
    struct Reader {
        id: Uuid,
    }
    let sql = concat!(
        "SELECT reader.id FROM account AS reader JOIN account AS person ON person.id = $1 \
         WHERE reader.id IN ({people}) AND person.verified_at IS NOT NULL AND ",
        visible!("person.id", to "reader.id")
    );
    let mut found = Vec::new();
    for readers in readers.chunks(READERS) {
        let (list, values) = id_list(2, readers);
        let values = std::iter::once(person.into_value()).chain(values);
        let rows: Vec<Reader> = all(db, &sql.replace("{people}", &list), values).await?;
        found.extend(rows.into_iter().map(|reader| AccountId::from(reader.id)));
    }
    Ok(found)
}
