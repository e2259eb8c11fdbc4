use leptos::prelude::*;
use protocol::profile::ProfileView;
use server_fn::codec::Json;

use crate::error::AppError;

/// A person's page.
#[server(input = Json)]
pub async fn view(username: String) -> Result<ProfileView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::profile::view(&cx, &scope, &username).await?)
}
