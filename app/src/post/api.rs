use leptos::prelude::*;
use protocol::{
    PostId,
    post::{NewPost, PostView},
};
use server_fn::codec::Json;

use crate::error::AppError;

/// Publishes a post.
#[server(input = Json)]
pub async fn publish(new: NewPost) -> Result<PostView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::post::publish(&cx, &scope, new).await?)
}

/// One post.
#[server(input = Json)]
pub async fn view(post: PostId) -> Result<PostView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::post::view(&cx, &scope, post).await?)
}
