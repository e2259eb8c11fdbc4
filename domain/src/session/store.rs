use protocol::{AccountId, SessionId, Timestamp, live::Badges};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Error, Session,
    account::store::{PersonRow, person_columns},
    badge,
    db::{Count, IntoValue, execute, one},
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
    /// The counts on icons, if they were asked for.
    pub(super) badges: Badges,
    /// Whether the person follows nobody and has written nothing yet.
    pub(super) is_new: bool,
}

/// What "signed in" means, for pages, functions and sockets alike: there is a session that began after `$1` and was used
/// after `$2`, of an account that is there and verified.
macro_rules! signed_in {
    () => {
        "FROM session JOIN account ON account.id = session.account_id \
         WHERE session.created_at > $1 AND seen_at > $2 AND verified_at IS NOT NULL"
    };
}

/// The moments after which a session has begun and was used, when somebody is signed in by it.
pub(super) type Oldest = (Timestamp, Timestamp);

/// SQL for the session behind a token's hash, with these columns besides. Without badges their place is held by zeros.
macro_rules! select_session {
    ($badges:expr) => {
        concat!(
            "SELECT session.id AS session_id, seen_at, ",
            person_columns!("account"),
            ", following_count + post_count AS steps, ",
            $badges,
            " ",
            signed_in!(),
            " AND token_hash = $3"
        )
    };
}

/// The session behind a token's hash, if somebody is signed in by it. `revision` was drawn before.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    (began_after, seen_after): Oldest,
    token_hash: Vec<u8>,
    with_badges: bool,
    revision: i64,
) -> Result<Option<Found>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        session_id: Uuid,
        seen_at: i64,
        #[sea_orm(nested)]
        person: PersonRow,
        #[sea_orm(nested)]
        badges: badge::Row,
        steps: i64,
    }
    let sql = if with_badges {
        select_session!(badge::badge_columns!("account.id"))
    } else {
        select_session!(badge::no_badge_columns!())
    };
    let values = [began_after.micros().into(), seen_after.micros().into(), token_hash.into()];
    let found: Option<Row> = one(db, sql, values).await?;
    Ok(found.map(|row| Found {
        session: Session { id: row.session_id.into(), person: row.person.into(), revision },
        seen_at: Timestamp::from_micros(row.seen_at),
        badges: row.badges.into(),
        is_new: row.steps == 0,
    }))
}

/// Whether somebody is signed in by this session.
pub(super) async fn is_signed_in(
    db: &impl ConnectionTrait,
    (began_after, seen_after): Oldest,
    id: SessionId,
) -> Result<bool, Error> {
    let sql = concat!("SELECT COUNT(*) AS count ", signed_in!(), " AND session.id = $3");
    let values = [began_after.micros().into(), seen_after.micros().into(), id.into_value()];
    Ok(one::<Count>(db, sql, values).await?.is_some_and(|found| found.count > 0))
}

pub(crate) async fn record_visit(
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
    (began_before, seen_before): Oldest,
) -> Result<(), Error> {
    let sql = "DELETE FROM session WHERE created_at <= $1 OR seen_at <= $2";
    execute(db, sql, [began_before.micros().into(), seen_before.micros().into()]).await.map(drop)
}
