use protocol::{AccountId, SessionId, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error, Session,
    account::store::PersonRow,
    chat,
    db::{Count, IntoValue, execute, one, small},
};

/// A session to be stored.
pub(crate) struct NewSession {
    pub(crate) id: SessionId,
    pub(crate) account: AccountId,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) device: String,
    pub(crate) address: String,
    pub(crate) now: Timestamp,
}

pub(crate) async fn insert(db: &impl ConnectionTrait, new: NewSession) -> Result<(), Error> {
    let sql = "INSERT INTO session (id, account_id, token_hash, device, address, created_at, seen_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $6)";
    let values = [
        new.id.into_value(),
        new.account.into_value(),
        new.token_hash.into(),
        new.device.into(),
        new.address.into(),
        new.now.micros().into(),
    ];
    execute(db, sql, values).await.map(drop)
}

/// A session that was found.
pub(super) struct Found {
    pub(super) session: Session,
    pub(super) seen_at: Timestamp,
    /// In how many conversations there is something unread, if that was asked.
    pub(super) unread_conversations: Option<u32>,
}

/// The session behind a token's hash, if it began after the first moment and was seen after the second.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    token_hash: Vec<u8>,
    (began_after, seen_after): (Timestamp, Timestamp),
    count_unread: bool,
) -> Result<Option<Found>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        session_id: Uuid,
        seen_at: i64,
        #[sea_orm(nested)]
        person: PersonRow,
        unread: Option<i64>,
    }
    let sql = concat!(
        "SELECT session.id AS session_id, seen_at, account.id AS person_id, username, first_name, last_name, \
         CASE WHEN $4 THEN (",
        chat::count_unread!("account.id"),
        ") END AS unread FROM session JOIN account ON account.id = session.account_id \
         WHERE token_hash = $1 AND session.created_at > $2 AND seen_at > $3 AND verified_at IS NOT NULL"
    );
    let values =
        [token_hash.into(), began_after.micros().into(), seen_after.micros().into(), count_unread.into()];
    let found: Option<Row> = one(db, sql, values).await?;
    Ok(found.map(|row| Found {
        session: Session { id: row.session_id.into(), person: row.person.into() },
        seen_at: Timestamp::from_micros(row.seen_at),
        unread_conversations: row.unread.map(small),
    }))
}

pub(crate) async fn exists(db: &impl ConnectionTrait, id: SessionId) -> Result<bool, Error> {
    let sql = "SELECT COUNT(*) AS count FROM session WHERE id = $1";
    Ok(one::<Count>(db, sql, [id.into_value()]).await?.is_some_and(|found| found.count > 0))
}

pub(crate) async fn note_visit(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: Timestamp,
) -> Result<(), Error> {
    execute(db, "UPDATE session SET seen_at = $1 WHERE id = $2", [now.micros().into(), id.into_value()])
        .await
        .map(drop)
}

pub(crate) async fn end(db: &impl ConnectionTrait, id: SessionId) -> Result<(), Error> {
    execute(db, "DELETE FROM session WHERE id = $1", [id.into_value()]).await.map(drop)
}

pub(crate) async fn end_all(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    execute(db, "DELETE FROM session WHERE account_id = $1", [account.into_value()]).await.map(drop)
}

pub(crate) async fn end_old(
    db: &impl ConnectionTrait,
    (began_before, seen_before): (Timestamp, Timestamp),
) -> Result<(), Error> {
    let sql = "DELETE FROM session WHERE created_at < $1 OR seen_at < $2";
    execute(db, sql, [began_before.micros().into(), seen_before.micros().into()]).await.map(drop)
}
