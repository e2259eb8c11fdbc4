//! What one does with one's notifications.

use axum::response::Response;
use domain::notification::{self, settings};
use protocol::{
    Problem,
    notification::{NotificationSettings, QuietTime},
};

use super::{FormRequest, PathParam};

const PAGE: &str = "/notifications";
const SETTINGS: &str = "/settings/notifications";

pub(crate) async fn read_all(form: FormRequest) -> Response {
    let read = async |form: &FormRequest| {
        notification::read_all(&form.state.cx, &form.scope, form.id("through")?).await
    };
    form.submit(read, |_, ()| PAGE.to_owned()).await
}

pub(crate) async fn delete(notification: PathParam, form: FormRequest) -> Response {
    let delete = async |form: &FormRequest| {
        notification::delete(&form.state.cx, &form.scope, notification.id()?).await
    };
    form.submit(delete, |_, ()| PAGE.to_owned()).await
}

pub(crate) async fn delete_all(form: FormRequest) -> Response {
    let delete = async |form: &FormRequest| {
        notification::delete_all(&form.state.cx, &form.scope, form.id("through")?).await
    };
    form.submit(delete, |_, ()| PAGE.to_owned()).await
}

pub(crate) async fn save_settings(form: FormRequest) -> Response {
    let done = match chosen(&form) {
        Ok(chosen) => settings::save(&form.state.cx, &form.scope, chosen).await,
        Err(problem) => Err(problem.into()),
    };
    form.answer(done, "/settings/notifications?saved", SETTINGS).await
}

/// What the form says.
fn chosen(form: &FormRequest) -> Result<NotificationSettings, Problem> {
    let settings = NotificationSettings::showing(form.all("show"))?;
    if form.value("quiet").is_empty() {
        return Ok(settings);
    }
    let quiet = QuietTime::parse(&form.value("quiet_from"), &form.value("quiet_until"))?;
    Ok(NotificationSettings { quiet: Some(quiet), ..settings })
}
