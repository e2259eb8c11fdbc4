use leptos::prelude::*;
use protocol::{
    AccountId,
    suggestion::{SidePanel, Suggestion},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// People whom the reader may want to follow.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn list() -> Result<Vec<Suggestion>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::suggestion::list(&cx, &scope).await?)
}

/// What stands beside the feed.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn panel() -> Result<SidePanel, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::suggestion::panel(&cx, &scope).await?)
}

/// Suggests a person no more.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn dismiss(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::suggestion::dismiss(&cx, &scope, whom).await?)
}
