use leptos::prelude::*;
use protocol::{AccountId, Page, block::BlockedPerson, profile::PeopleCursor};

use crate::{client::AccountClient, error::AppError, json::Json};

/// Blocks a person.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn block(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::block::block(&cx, &scope, whom).await?)
}

/// Takes a block back.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn unblock(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::block::unblock(&cx, &scope, whom).await?)
}

/// A part of the reader's own blocklist.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn list(after: Option<PeopleCursor>) -> Result<Page<BlockedPerson>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::block::list(&cx, &scope, after).await?)
}
