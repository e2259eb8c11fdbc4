use leptos::prelude::*;
use protocol::{AccountId, Page, PostId, account::PersonView, post::Counts};
use server_fn::codec::Json;

use crate::error::AppError;

/// Likes a post.
#[server(input = Json)]
pub async fn like(post: PostId) -> Result<Counts, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::like::like(&cx, &scope, post).await?)
}

/// Takes a like back.
#[server(input = Json)]
pub async fn unlike(post: PostId) -> Result<Counts, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::like::unlike(&cx, &scope, post).await?)
}

/// A page of the people who like a post.
#[server(input = Json)]
pub async fn people(post: PostId, after: Option<AccountId>) -> Result<Page<PersonView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::like::people(&cx, &scope, post, after).await?)
}
