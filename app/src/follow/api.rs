use leptos::prelude::*;
use protocol::{
    AccountId,
    follow::{FollowListView, FollowQuery},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// Follows a person.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn follow(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::follow::follow(&cx, &scope, whom).await?)
}

/// Follows a person no more.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn unfollow(whom: AccountId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::follow::unfollow(&cx, &scope, whom).await?)
}

/// A part of the list of somebody's followers, or of the people whom they follow.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn list(query: FollowQuery) -> Result<FollowListView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::follow::list(&cx, &scope, query).await?)
}
