//! The second step of a log-in, and what it asks for.

use app::security::RecoveryCodes;
use axum::response::Response;
use domain::{session, two_factor};
use protocol::Problem;

use super::{FormRequest, account::signed_in, redirect, redirect_with_cookies};
use crate::cookie::Cookie;

const SECURITY: &str = "/settings/security";
const SET_UP: &str = "/settings/security/two-factor";

/// The code of a log-in whose password was right.
pub(crate) async fn enter_code(form: FormRequest) -> Response {
    let (name, code) = (form.device(), form.value("code"));
    let browser = session::Browser { name: &name, device: form.cookie(Cookie::Device) };
    let challenge = form.cookie(Cookie::Challenge).unwrap_or_default();
    match session::enter_code(&form.state.cx, &form.scope, challenge, &code, browser).await {
        Ok(done) => signed_in(&form, &done),
        // It was too long ago, or is done already: it begins again.
        Err(error) if *error.problem() == Problem::SignInNeeded => {
            let clear = Cookie::Challenge.clear(form.state.config.is_secure());
            redirect_with_cookies("/login?expired", [clear])
        }
        Err(error) => form.rerender("/login/code", error).await,
    }
}

pub(crate) async fn begin(form: FormRequest) -> Response {
    let password = form.value("current_password");
    let done = two_factor::begin(&form.state.cx, &form.scope, password).await;
    form.answer(done, SET_UP, SECURITY).await
}

pub(crate) async fn confirm(form: FormRequest) -> Response {
    match two_factor::confirm(&form.state.cx, &form.scope, &form.value("code")).await {
        Ok(codes) => form.show(SECURITY, RecoveryCodes(codes)).await,
        // Nothing is being set up any more.
        Err(error) if *error.problem() == Problem::NotFound => redirect(SECURITY),
        Err(error) => form.rerender(SET_UP, error).await,
    }
}

pub(crate) async fn renew_recovery_codes(form: FormRequest) -> Response {
    let password = form.value("current_password");
    match two_factor::renew_recovery_codes(&form.state.cx, &form.scope, password).await {
        Ok(codes) => form.show(SECURITY, RecoveryCodes(codes)).await,
        Err(error) => form.rerender(SECURITY, error).await,
    }
}

pub(crate) async fn turn_off(form: FormRequest) -> Response {
    let (password, code) = (form.value("current_password"), form.value("code"));
    let done = two_factor::turn_off(&form.state.cx, &form.scope, password, &code).await;
    form.answer(done, "/settings/security?off", SECURITY).await
}
