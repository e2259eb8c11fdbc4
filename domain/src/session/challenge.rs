//! Log-ins whose password was right and whose code is still to come. Their token is good for that one step and nothing else.

use protocol::{AccountId, Problem, Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    Cx, Error,
    account::store as accounts,
    db::{IntoValue, execute, one},
    entropy::Secret,
};

/// Seconds in which the code has to come.
pub const CHALLENGE_SECONDS: i64 = 300;
/// Log-ins of one account that wait for their code at most; a further one takes the place of the oldest.
const CHALLENGES: i64 = 5;

/// Begins the second step, for a password that was right.
pub(super) async fn begin(cx: &Cx, account: AccountId, password_hash: String) -> Result<Secret, Error> {
    let (token, expires_at) = (cx.new_secret()?, cx.now().plus_seconds(CHALLENGE_SECONDS));
    let token_hash = token.hash();
    cx.write(move |tx| {
        Box::pin(async move {
            if !accounts::lock_with_password(&**tx, account, &password_hash).await? {
                return Err(Problem::WrongCredentials.into());
            }
            let sql = "INSERT INTO login_challenge (token_hash, account_id, expires_at) VALUES ($1, $2, $3)";
            let values = [token_hash.into(), account.into_value(), expires_at.micros().into()];
            execute(&**tx, sql, values).await?;
            let surplus = "DELETE FROM login_challenge WHERE account_id = $1 AND token_hash NOT IN (\
                           SELECT token_hash FROM login_challenge WHERE account_id = $1 \
                           ORDER BY expires_at DESC, token_hash LIMIT $2)";
            execute(&**tx, surplus, [account.into_value(), CHALLENGES.into()]).await.map(drop)
        })
    })
    .await?;
    Ok(token)
}

/// Whose log-in waits for its code under this token.
pub(super) async fn account(
    db: &impl ConnectionTrait,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<AccountId, Error> {
    #[derive(FromQueryResult)]
    struct Waiting {
        account_id: Uuid,
    }
    let sql = "SELECT account_id FROM login_challenge WHERE token_hash = $1 AND expires_at > $2";
    let found: Option<Waiting> = one(db, sql, [token_hash.to_vec().into(), now.micros().into()]).await?;
    found.map(|waiting| waiting.account_id.into()).ok_or_else(|| Problem::SignInNeeded.into())
}

/// Ends the wait under this token: it is of use once.
pub(super) async fn take(db: &impl ConnectionTrait, token_hash: &[u8], now: Timestamp) -> Result<(), Error> {
    let sql = "DELETE FROM login_challenge WHERE token_hash = $1 AND expires_at > $2";
    match execute(db, sql, [token_hash.to_vec().into(), now.micros().into()]).await? {
        1 => Ok(()),
        _ => Err(Problem::SignInNeeded.into()),
    }
}

/// Has every log-in of `account` begin again.
pub(crate) async fn delete_all(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    execute(db, "DELETE FROM login_challenge WHERE account_id = $1", [account.into_value()]).await.map(drop)
}

/// Forgets those whose code came too late.
pub(super) async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<(), Error> {
    execute(db, "DELETE FROM login_challenge WHERE expires_at <= $1", [now.micros().into()]).await.map(drop)
}
