use protocol::{
    AccountId, SessionId, Timestamp,
    live::Badges,
    preference::Preferences,
    session::{LogInMethod, SessionEnd},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::login;
use crate::{
    Error, Session,
    account::store::{PersonRow, PreferenceRow, person_columns},
    badge,
    db::{Count, IntoValue, all, execute, id_list, one},
};

/// A session to be stored.
pub(crate) struct NewSession {
    pub(crate) id: SessionId,
    pub(crate) account: AccountId,
    pub(crate) token_hash: Vec<u8>,
    pub(crate) device: String,
    pub(crate) address: String,
    pub(crate) method: LogInMethod,
    pub(crate) now: Timestamp,
}

/// Stores a session, and the log-in that it begins with.
pub(crate) async fn insert(db: &impl ConnectionTrait, new: NewSession) -> Result<(), Error> {
    login::insert(db, new.id, new.account, &new.device, new.method, new.now).await?;
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
    pub(super) preferences: Preferences,
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
            "SELECT session.id AS session_id, seen_at, theme, date_style, clock_style, read_receipts, ",
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
        #[sea_orm(nested)]
        preferences: PreferenceRow,
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
        preferences: row.preferences.into(),
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

/// The same for many.
pub(super) async fn record_visits(
    db: &impl ConnectionTrait,
    (began_after, seen_after): Oldest,
    sessions: &[SessionId],
    used_at: Timestamp,
) -> Result<(), Error> {
    let (list, listed) = id_list(4, sessions);
    let sql = format!(
        "UPDATE session SET seen_at = $1 \
         WHERE seen_at < $1 AND created_at > $2 AND seen_at > $3 AND id IN ({list})"
    );
    let moments = [used_at, began_after, seen_after].map(|moment| moment.micros().into());
    execute(db, &sql, moments.into_iter().chain(listed)).await.map(drop)
}

/// Ends a session.
pub(crate) async fn end(
    db: &impl ConnectionTrait,
    id: SessionId,
    end: SessionEnd,
    now: Timestamp,
) -> Result<(), Error> {
    login::end(db, id, end, now).await?;
    execute(db, "DELETE FROM session WHERE id = $1", [id.into_value()]).await.map(drop)
}

/// Ends a session of `account`; false when there is no such session of theirs.
pub(super) async fn end_own(
    db: &impl ConnectionTrait,
    account: AccountId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "DELETE FROM session WHERE id = $1 AND account_id = $2";
    let is_own = execute(db, sql, [id.into_value(), account.into_value()]).await? == 1;
    if is_own {
        login::end(db, id, SessionEnd::SignedOut, now).await?;
    }
    Ok(is_own)
}

/// Ends all sessions of `account` but that which is to stay, and says which.
pub(crate) async fn end_all(
    db: &impl ConnectionTrait,
    account: AccountId,
    stays: Option<SessionId>,
    end: SessionEnd,
    now: Timestamp,
) -> Result<Vec<SessionId>, Error> {
    #[derive(FromQueryResult)]
    struct Ended {
        id: Uuid,
    }
    let stays = stays.map_or(Uuid::nil(), Uuid::from);
    let log_ins = "UPDATE login SET ended_at = $3, ended_by = $4 \
                   WHERE id IN (SELECT id FROM session WHERE account_id = $1 AND id <> $2)";
    let values = [account.into_value(), stays.into(), now.micros().into(), end.name().into()];
    execute(db, log_ins, values).await?;
    let sessions = "DELETE FROM session WHERE account_id = $1 AND id <> $2 RETURNING id";
    let ended: Vec<Ended> = all(db, sessions, [account.into_value(), stays.into()]).await?;
    Ok(ended.into_iter().map(|session| session.id.into()).collect())
}

/// Ends the sessions that began before, or were not used since. What their log-ins say is until when they were used.
pub(super) async fn end_old(
    db: &impl ConnectionTrait,
    (began_before, seen_before): Oldest,
) -> Result<(), Error> {
    #[derive(FromQueryResult)]
    struct Ended {
        id: Uuid,
        seen_at: i64,
    }
    let sql = "DELETE FROM session WHERE created_at <= $1 OR seen_at <= $2 RETURNING id, seen_at";
    let ended: Vec<Ended> = all(db, sql, [began_before.micros().into(), seen_before.micros().into()]).await?;
    for session in ended {
        let used_at = Timestamp::from_micros(session.seen_at);
        login::end(db, session.id.into(), SessionEnd::Expired, used_at).await?;
    }
    Ok(())
}

/// The sessions of `account` by which somebody is signed in, those that were used last first.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    (began_after, seen_after): Oldest,
    account: AccountId,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let sql = "SELECT id, device, created_at, seen_at FROM session \
               WHERE account_id = $1 AND created_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, id DESC LIMIT $4";
    let values =
        [account.into_value(), began_after.micros().into(), seen_after.micros().into(), limit.into()];
    all(db, sql, values).await
}

/// A session as [`list`] finds it.
#[derive(Debug, FromQueryResult)]
pub(super) struct Listed {
    pub(super) id: Uuid,
    pub(super) device: String,
    pub(super) created_at: i64,
    pub(super) seen_at: i64,
}
