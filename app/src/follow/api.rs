use leptos::prelude::*;
use protocol::AccountId;
use server_fn::codec::Json;

use crate::error::AppError;

/// Follows a person.
#[server(input = Json)]
pub async fn follow(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::follow::follow(&cx, &scope, whom).await?)
}

/// Follows a person no more.
#[server(input = Json)]
pub async fn unfollow(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::follow::unfollow(&cx, &scope, whom).await?)
}
