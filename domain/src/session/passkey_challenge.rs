//! Log-ins that wait for the answer of a passkey.

use protocol::{Problem, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};
use webauthn_rs::prelude::DiscoverableAuthentication;

use crate::{
    Error,
    db::{execute, one},
};

/// Stores what the answer has to match.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    token_hash: Vec<u8>,
    state: String,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let sql = "INSERT INTO passkey_login (token_hash, state, expires_at) VALUES ($1, $2, $3)";
    execute(db, sql, [token_hash.into(), state.into(), expires_at.micros().into()]).await.map(drop)
}

/// What the answer that comes with this token has to match.
pub(super) async fn state(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<DiscoverableAuthentication, Error> {
    #[derive(FromQueryResult)]
    struct Waiting {
        state: String,
    }
    let sql = "SELECT state FROM passkey_login WHERE token_hash = $1 AND expires_at > $2";
    let found: Option<Waiting> = one(db, sql, [token_hash.to_vec().into(), now.micros().into()]).await?;
    serde_json::from_str(&found.ok_or(Problem::SignInNeeded)?.state).map_err(Error::internal)
}

/// Ends the wait under this token: an answer is of use once.
pub(super) async fn take(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<(), Error> {
    let sql = "DELETE FROM passkey_login WHERE token_hash = $1 AND expires_at > $2";
    match execute(db, sql, [token_hash.to_vec().into(), now.micros().into()]).await? {
        1 => Ok(()),
        _ => Err(Problem::SignInNeeded.into()),
    }
}

/// Forgets what was not answered in time.
pub(super) async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
    execute(db, "DELETE FROM passkey_login WHERE expires_at <= $1", [now.micros().into()]).await.map(drop)
}
