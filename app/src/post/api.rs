use leptos::prelude::*;
use protocol::{
    PostId,
    post::{EditPost, NewPost, PostView, VersionView},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// Publishes a post.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn publish(new: NewPost) -> Result<PostView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::post::publish(&cx, &scope, new).await?)
}

/// One post.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn view(post: PostId) -> Result<PostView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::post::view(&cx, &scope, post).await?)
}

/// Changes an own post.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn edit(new: EditPost) -> Result<PostView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::post::edit(&cx, &scope, new).await?)
}

/// What a post said before.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn versions(post: PostId) -> Result<Vec<VersionView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::post::versions(&cx, &scope, post).await?)
}

/// Removes an own post.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn remove(post: PostId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::post::remove(&cx, &scope, post).await?)
}

/// Brings back an own post that was just removed.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn restore(post: PostId) -> Result<PostView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::post::restore(&cx, &scope, post).await?)
}
