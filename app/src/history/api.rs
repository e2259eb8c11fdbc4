use leptos::prelude::*;
use protocol::{
    Page, PostId, SessionId,
    history::{LogInsView, OverviewView, PostEntry},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// The numbers of one's own account.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn overview() -> Result<OverviewView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::history::overview(&cx, &scope).await?)
}

/// A page of one's own posts.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn posts(before: Option<PostId>) -> Result<Page<PostEntry>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::history::posts(&cx, &scope, before).await?)
}

/// A page of one's own log-ins.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn log_ins(before: Option<SessionId>) -> Result<LogInsView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::history::log_ins(&cx, &scope, before).await?)
}
