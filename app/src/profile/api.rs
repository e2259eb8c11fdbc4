use leptos::prelude::*;
use protocol::profile::ProfileView;

use crate::{error::AppError, json::Json};

/// A person's page.
#[server(input = Json, output = Json)]
pub async fn view(username: String) -> Result<ProfileView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::profile::view(&cx, &scope, &username).await?)
}
