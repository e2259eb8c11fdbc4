use leptos::prelude::*;
use protocol::passkey::{PasskeyChallenge, PasskeysView};

use crate::{client::AccountClient, error::AppError, json::Json};

/// One's own passkeys.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn list() -> Result<PasskeysView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::passkey::list(&cx, &scope).await?)
}

/// What the browser is asked for to make the passkey that was begun.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn set_up() -> Result<String, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::passkey::set_up(&cx, &scope).await?)
}

/// Asks for a passkey to log in by.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn begin_log_in() -> Result<PasskeyChallenge, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::session::passkey::begin(&cx, &scope).await?)
}
