use protocol::{AccountId, Timestamp, session::LogInMethod, two_factor::TwoFactorView};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{
    recovery_code::RecoveryCode,
    totp::{self, TotpSecret},
};
use crate::{
    Error,
    db::{IntoValue, execute, one, to_u32},
};

/// Whether the log-in of `account` asks for codes.
pub(crate) async fn is_on(db: &impl ConnectionTrait, account: AccountId) -> Result<bool, Error> {
    Ok(confirmed(db, account).await?.is_some())
}

async fn confirmed(db: &impl ConnectionTrait, account: AccountId) -> Result<Option<TotpSecret>, Error> {
    let sql = "SELECT secret FROM two_factor WHERE account_id = $1 AND confirmed_at IS NOT NULL";
    let found: Option<Secret> = one(db, sql, [account.into_value()]).await?;
    Ok(found.map(|found| TotpSecret::from_bytes(found.secret)))
}

#[derive(FromQueryResult)]
struct Secret {
    secret: Vec<u8>,
}

/// How the second step of `account` stands.
pub(super) async fn view(db: &impl ConnectionTrait, account: AccountId) -> Result<TwoFactorView, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        since: Option<i64>,
        codes: i64,
    }
    let sql = "SELECT (SELECT confirmed_at FROM two_factor WHERE account_id = $1) AS since, \
               (SELECT COUNT(*) FROM recovery_code WHERE account_id = $1) AS codes";
    let row: Option<Row> = one(db, sql, [account.into_value()]).await?;
    let row = row.unwrap_or(Row { since: None, codes: 0 });
    Ok(TwoFactorView { since: row.since.map(Timestamp::from_micros), recovery_codes: to_u32(row.codes) })
}

/// Stores a secret of which no code was typed yet; false when there is a confirmed one.
pub(super) async fn begin(
    db: &impl ConnectionTrait,
    account: AccountId,
    secret: &TotpSecret,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "INSERT INTO two_factor (account_id, secret, created_at) VALUES ($1, $2, $3) \
               ON CONFLICT (account_id) DO UPDATE SET secret = $2, created_at = $3 WHERE two_factor.confirmed_at IS NULL";
    let values = [account.into_value(), secret.bytes().to_vec().into(), now.micros().into()];
    Ok(execute(db, sql, values).await? == 1)
}

/// The secret that is being set up, if it was drawn after that moment.
pub(super) async fn unconfirmed(
    db: &impl ConnectionTrait,
    account: AccountId,
    after: Timestamp,
) -> Result<Option<TotpSecret>, Error> {
    let sql =
        "SELECT secret FROM two_factor WHERE account_id = $1 AND confirmed_at IS NULL AND created_at > $2";
    let found: Option<Secret> = one(db, sql, [account.into_value(), after.micros().into()]).await?;
    Ok(found.map(|found| TotpSecret::from_bytes(found.secret)))
}

/// Asks for codes from now on; that of `step` was typed.
pub(super) async fn confirm(
    db: &impl ConnectionTrait,
    account: AccountId,
    step: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE two_factor SET confirmed_at = $2, last_step = $3 WHERE account_id = $1";
    execute(db, sql, [account.into_value(), now.micros().into(), step.into()]).await.map(drop)
}

/// Takes a code of the app or a recovery code, each once. None when it is neither.
pub(crate) async fn take_code(
    db: &impl ConnectionTrait,
    account: AccountId,
    typed: &str,
    now: Timestamp,
) -> Result<Option<LogInMethod>, Error> {
    let Some(secret) = confirmed(db, account).await? else { return Ok(None) };
    if let Some(digits) = totp::digits(typed) {
        let Some(step) = secret.matching_step(&digits, now)? else { return Ok(None) };
        // A code that somebody looked at over a shoulder is of no use any more, nor is one before it.
        let sql = "UPDATE two_factor SET last_step = $2 WHERE account_id = $1 AND last_step < $2";
        let is_new = execute(db, sql, [account.into_value(), step.into()]).await? == 1;
        return Ok(is_new.then_some(LogInMethod::Code));
    }
    let Some(code) = RecoveryCode::parse(typed) else { return Ok(None) };
    let sql = "DELETE FROM recovery_code WHERE account_id = $1 AND code_hash = $2";
    let is_known = execute(db, sql, [account.into_value(), code.hash(account).into()]).await? == 1;
    Ok(is_known.then_some(LogInMethod::RecoveryCode))
}

/// Stores recovery codes in the place of those that are there.
pub(super) async fn replace_recovery_codes(
    db: &impl ConnectionTrait,
    account: AccountId,
    codes: &[RecoveryCode],
) -> Result<(), Error> {
    execute(db, "DELETE FROM recovery_code WHERE account_id = $1", [account.into_value()]).await?;
    for code in codes {
        let sql = "INSERT INTO recovery_code (account_id, code_hash) VALUES ($1, $2)";
        execute(db, sql, [account.into_value(), code.hash(account).into()]).await?;
    }
    Ok(())
}

/// Forgets the secret and the recovery codes of `account`.
pub(crate) async fn delete_all(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    for table in ["recovery_code", "two_factor"] {
        let sql = format!("DELETE FROM {table} WHERE account_id = $1");
        execute(db, &sql, [account.into_value()]).await?;
    }
    Ok(())
}
