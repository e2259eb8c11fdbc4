use leptos::prelude::*;
use protocol::AccountId;
use server_fn::codec::Json;

use crate::error::AppError;

/// Blocks a person.
#[server(input = Json)]
pub async fn block(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::block::block(&cx, &scope, whom).await?)
}

/// Takes a block back.
#[server(input = Json)]
pub async fn unblock(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::block::unblock(&cx, &scope, whom).await?)
}
