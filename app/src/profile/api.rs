use leptos::prelude::*;
use protocol::{PostId, profile::ProfileView};

use crate::{client::AccountClient, error::AppError, json::Json};

/// A person's page, with their latest posts, or those that are older than `before`.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn view(username: String, before: Option<PostId>) -> Result<ProfileView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::profile::view(&cx, &scope, &username, before).await?)
}
