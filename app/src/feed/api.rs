use leptos::prelude::*;
use protocol::{Page, feed::FeedQuery, post::PostView};

use crate::{client::AccountClient, error::AppError, json::Json};

/// A page of the feed.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn load(query: FeedQuery) -> Result<Page<PostView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::feed::page(&cx, &scope, query).await?)
}
