use leptos::prelude::*;
use protocol::{
    NotificationId,
    notification::{NewNotification, NotificationList, NotificationSettings},
};

use crate::{client::AccountClient, error::AppError, json::Json};

/// A part of the reader's notifications.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn list(before: Option<NotificationId>) -> Result<NotificationList, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::notification::list(&cx, &scope, before).await?)
}

/// A notification that has just come, if the reader wants to see it at once.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn preview(notification: NotificationId) -> Result<Option<NewNotification>, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::notification::preview(&cx, &scope, notification).await?)
}

/// Marks a notification as read.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn read(notification: NotificationId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::notification::read(&cx, &scope, notification).await?)
}

/// Marks all notifications as read up to this one.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn read_all(through: NotificationId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::notification::read_all(&cx, &scope, through).await?)
}

/// Deletes a notification.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn delete(notification: NotificationId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::notification::delete(&cx, &scope, notification).await?)
}

/// Deletes all notifications up to this one.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn delete_all(through: NotificationId) -> Result<(), AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::notification::delete_all(&cx, &scope, through).await?)
}

/// Which new notifications the reader wants to see at once.
#[server(input = Json, output = Json, client = AccountClient)]
pub async fn settings() -> Result<NotificationSettings, AppError> {
    let (cx, scope) = crate::server::request()?;
    Ok(domain::notification::settings::view(&cx, &scope).await?)
}
