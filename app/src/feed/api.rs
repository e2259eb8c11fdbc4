use leptos::prelude::*;
use protocol::{
    Page,
    post::{FeedQuery, PostView},
};
use server_fn::codec::Json;

use crate::error::AppError;

/// A page of the feed.
#[server(input = Json)]
pub async fn load(query: FeedQuery) -> Result<Page<PostView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::feed::page(&cx, &scope, query).await?)
}
