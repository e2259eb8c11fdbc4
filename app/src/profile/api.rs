use leptos::prelude::*;
use protocol::{
    PictureId,
    profile::{EditProfile, OwnProfileView, ProfileTab, ProfileView, SquareCrop},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// A person's page, with what one of its tabs shows; without one, the latest posts.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn view(username: String, tab: Option<ProfileTab>) -> Result<ProfileView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::profile::view(&cx, &scope, &username, tab).await?)
}

/// One's own profile, for the page that changes it.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn own() -> Result<OwnProfileView, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::profile::own(&cx, &scope).await?)
}

/// Changes what one tells of oneself.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn edit(edit: EditProfile) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::profile::edit(&cx, &scope, edit).await?)
}

/// Changes the own username.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn change_username(username: String) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::profile::change_username(&cx, &scope, &username).await?)
}

/// Makes a square of an own picture the profile picture.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn set_picture(picture: PictureId, crop: Option<SquareCrop>) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    domain::profile::set_picture(&cx, &scope, picture, crop).await?;
    Ok(())
}

/// Takes the own profile picture away.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn remove_picture() -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::profile::remove_picture(&cx, &scope).await?)
}
