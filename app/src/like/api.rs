use leptos::prelude::*;
use protocol::{
    Page, PostId,
    post::Counts,
    profile::{ListedPerson, PeopleCursor},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// Likes a post.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn like(post: PostId) -> Result<Counts, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::like::like(&cx, &scope, post).await?)
}

/// Takes a like back.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn unlike(post: PostId) -> Result<Counts, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::like::unlike(&cx, &scope, post).await?)
}

/// A page of the people who like a post.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn people(post: PostId, after: Option<PeopleCursor>) -> Result<Page<ListedPerson>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::like::people(&cx, &scope, post, after).await?)
}
