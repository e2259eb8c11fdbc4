use leptos::prelude::*;
use protocol::{Page, PostId, post::PostView, search::PeopleFound};

use crate::{client::AccountClient, error::AppError, json::Json};

/// People by their names.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn people(typed: String) -> Result<PeopleFound, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::search::people(&cx, &scope, &typed).await?)
}

/// A page of posts by their words.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn posts(typed: String, before: Option<PostId>) -> Result<Page<PostView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::search::posts(&cx, &scope, &typed, before).await?)
}
