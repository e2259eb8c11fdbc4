//! Passkeys: made and removed in the settings, and answering at a log-in. A script asks the browser for what is posted here.

use axum::response::Response;
use domain::{passkey, session};
use protocol::Problem;

use super::{FormRequest, account::signed_in, redirect};
use crate::cookie::Cookie;

const SECURITY: &str = "/settings/security";
const SET_UP: &str = "/settings/security/passkey";

pub(crate) async fn log_in(form: FormRequest) -> Response {
    let (token, credential, name) = (form.value("token"), form.value("credential"), form.device());
    let browser = session::Browser { name: &name, device: form.cookie(Cookie::Device) };
    match session::passkey::log_in(&form.state.cx, &form.scope, &token, &credential, browser).await {
        Ok(done) => signed_in(&form, &done),
        // It was too long ago, or is done already: it begins again.
        Err(error) if *error.problem() == Problem::SignInNeeded => redirect("/login?expired"),
        Err(error) => form.rerender("/login", error).await,
    }
}

pub(crate) async fn begin(form: FormRequest) -> Response {
    let done = passkey::begin(&form.state.cx, &form.scope, form.value("current_password")).await;
    form.answer(done, SET_UP, SECURITY).await
}

pub(crate) async fn confirm(form: FormRequest) -> Response {
    let (credential, name) = (form.value("credential"), form.device());
    match passkey::confirm(&form.state.cx, &form.scope, &credential, &name).await {
        Ok(()) => redirect("/settings/security?passkey-added"),
        // Nothing is being set up any more.
        Err(error) if *error.problem() == Problem::NotFound => redirect(SECURITY),
        Err(error) => form.rerender(SET_UP, error).await,
    }
}

pub(crate) async fn remove(form: FormRequest) -> Response {
    let password = form.value("current_password");
    let done = match form.id("passkey") {
        Ok(passkey) => passkey::remove(&form.state.cx, &form.scope, password, passkey).await,
        Err(error) => Err(error),
    };
    form.answer(done, "/settings/security?passkey-removed", SECURITY).await
}
