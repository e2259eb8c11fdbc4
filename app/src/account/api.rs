use leptos::prelude::*;
use protocol::account::AccountSettings;

use crate::{client::AccountClient, error::AppError, json::Json};

/// What the settings show of the account.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn settings() -> Result<AccountSettings, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::account::settings::view(&cx, &scope).await?)
}
