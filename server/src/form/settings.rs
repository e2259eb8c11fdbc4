//! The settings of one's own account.

use axum::response::{IntoResponse, Response};
use domain::{
    account::{
        email_change,
        settings::{self, ChangePassword},
    },
    session::devices,
};
use protocol::preference::Preferences;

use super::{FormRequest, redirect};
use crate::cookie::Cookie;

const ACCOUNT: &str = "/settings/account";

pub(crate) async fn change_password(form: FormRequest) -> Response {
    let change = ChangePassword {
        current_password: form.value("current_password"),
        password: form.value("password"),
        device: form.cookie(Cookie::Device).map(str::to_owned),
    };
    let done = settings::change_password(&form.state.cx, &form.scope, change).await;
    form.answer(done, "/settings/account?password", ACCOUNT).await
}

pub(crate) async fn change_email(form: FormRequest) -> Response {
    let (email, password) = (form.value("email"), form.value("current_password"));
    let done = email_change::request(&form.state.cx, &form.scope, &email, password).await;
    form.answer(done, "/settings/account?email", ACCOUNT).await
}

pub(crate) async fn cancel_email(form: FormRequest) -> Response {
    let cancel = async |form: &FormRequest| email_change::cancel(&form.state.cx, &form.scope).await;
    form.submit(cancel, |_, ()| "/settings/account?cancelled".to_owned()).await
}

pub(crate) async fn save_preferences(form: FormRequest) -> Response {
    let [theme, date_style, clock_style, read_receipts] =
        ["theme", "date_style", "clock_style", "read_receipts"].map(|field| form.value(field));
    let done = match Preferences::parse(&theme, &date_style, &clock_style, &read_receipts) {
        Ok(preferences) => settings::save_preferences(&form.state.cx, &form.scope, preferences).await,
        Err(problem) => Err(problem.into()),
    };
    form.answer(done, "/settings/account?saved", ACCOUNT).await
}

pub(crate) async fn sign_out(form: FormRequest) -> Response {
    let sign_out =
        async |form: &FormRequest| devices::sign_out(&form.state.cx, &form.scope, form.id("session")?).await;
    form.submit(sign_out, |_, ()| "/settings/security?signed-out".to_owned()).await
}

pub(crate) async fn sign_out_others(form: FormRequest) -> Response {
    match devices::sign_out_others(&form.state.cx, &form.scope).await {
        Ok(()) => redirect("/settings/security?alone").into_response(),
        Err(error) => form.reject(error).await,
    }
}
