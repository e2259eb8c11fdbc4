use leptos::prelude::*;
use protocol::export::ExportView;

use crate::{client::AccountClient, error::AppError, json::Json};

/// The copy that was asked for last.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn latest() -> Result<Option<ExportView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::export::latest(&cx, &scope).await?)
}
