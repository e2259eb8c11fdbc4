use leptos::prelude::*;
use protocol::{
    session::DeviceView,
    two_factor::{SetUpView, TwoFactorView},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// The browsers that are signed in.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn devices() -> Result<Vec<DeviceView>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::session::devices::list(&cx, &scope).await?)
}

/// Whether logging in asks for codes.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn two_factor() -> Result<TwoFactorView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::two_factor::view(&cx, &scope).await?)
}

/// The secret that is being set up.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn set_up() -> Result<SetUpView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::two_factor::set_up(&cx, &scope).await?)
}
