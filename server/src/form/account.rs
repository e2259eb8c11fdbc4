//! Coming in: sign-up, verification, log-in, forgotten passwords.

use axum::response::{IntoResponse, Response};
use domain::{
    account::{self, email_change},
    deletion,
    session::{self, LogIn, SignedIn},
};
use protocol::account::{Credentials, NewAccount};

use super::{FormRequest, PathParam, is_local, redirect, redirect_with_cookies};
use crate::{cookie::Cookie, page, session::clear_site_data::clearing};

pub(crate) async fn sign_up(form: FormRequest) -> Response {
    let new = NewAccount {
        first_name: form.value("first_name"),
        last_name: form.value("last_name"),
        username: form.value("username"),
        email: form.value("email"),
        password: form.value("password"),
    };
    match account::sign_up(&form.state.cx, &form.scope, new).await {
        Ok(token) => {
            let cookie = Cookie::SignUp.set(&token, form.state.config.is_secure());
            redirect_with_cookies("/signup?sent", [cookie])
        }
        Err(error) => form.rerender("/signup", error).await,
    }
}

pub(crate) async fn verify(PathParam(token): PathParam, form: FormRequest) -> Response {
    let done = account::verify(&form.state.cx, &form.scope, &token).await;
    let page = form.path();
    form.answer(done, "/login?verified", &page).await
}

pub(crate) async fn resend(form: FormRequest) -> Response {
    let (email, sign_up) = (form.value("email"), form.cookie(Cookie::SignUp));
    let done = account::resend(&form.state.cx, &form.scope, &email, sign_up).await;
    form.answer(done, "/signup?sent", "/login").await
}

pub(crate) async fn log_in(form: FormRequest) -> Response {
    let credentials = Credentials { login: form.value("login"), password: form.value("password") };
    let name = form.device();
    let browser = session::Browser { name: &name, device: form.cookie(Cookie::Device) };
    match session::log_in(&form.state.cx, &form.scope, credentials, browser).await {
        Ok(LogIn::Done(done)) => signed_in(&form, &done),
        Ok(LogIn::CodeNeeded(token)) => {
            let next = form.value("next");
            let page = if is_local(&next) && next != "/" {
                format!("/login/code?next={}", page::encoded(&next))
            } else {
                "/login/code".to_owned()
            };
            let cookie = Cookie::Challenge.set(&token, form.state.config.is_secure());
            redirect_with_cookies(&page, [cookie])
        }
        Err(error) => form.rerender("/login", error).await,
    }
}

/// Gives the browser what it keeps of a log-in, and leads on.
pub(super) fn signed_in(form: &FormRequest, done: &SignedIn) -> Response {
    let (next, secure) = (form.value("next"), form.state.config.is_secure());
    let mut cookies =
        vec![Cookie::Session.set(&done.session, secure), Cookie::Device.set(&done.device, secure)];
    if form.cookie(Cookie::Challenge).is_some() {
        cookies.push(Cookie::Challenge.clear(secure));
    }
    redirect_with_cookies(if is_local(&next) { &next } else { "/" }, cookies)
}

pub(crate) async fn log_out(form: FormRequest) -> Response {
    match session::log_out(&form.state.cx, &form.scope).await {
        Ok(()) => {
            let clear = Cookie::Session.clear(form.state.config.is_secure());
            (clearing(), redirect_with_cookies("/login?left", [clear])).into_response()
        }
        Err(error) => form.reject(error).await,
    }
}

/// Leads to where one can come back.
pub(crate) async fn delete(form: FormRequest) -> Response {
    match deletion::close_account(&form.state.cx, &form.scope, form.value("current_password")).await {
        Ok(_) => {
            let clear = Cookie::Session.clear(form.state.config.is_secure());
            let page = if form.state.config.deletion_days > 0 { "/login?closed" } else { "/login?deleted" };
            (clearing(), redirect_with_cookies(page, [clear])).into_response()
        }
        Err(error) => form.rerender("/settings/delete", error).await,
    }
}

pub(crate) async fn confirm_email(PathParam(token): PathParam, form: FormRequest) -> Response {
    let done = email_change::confirm(&form.state.cx, &form.scope, &token).await;
    let (page, is_member) = (form.path(), form.scope.session().is_some());
    let next = if is_member { "/settings/account?saved" } else { "/login?confirmed" };
    form.answer(done, next, &page).await
}

pub(crate) async fn forgot(form: FormRequest) -> Response {
    let done = account::forgot(&form.state.cx, &form.scope, &form.value("email")).await;
    form.answer(done, "/forgot?sent", "/forgot").await
}

pub(crate) async fn reset(PathParam(token): PathParam, form: FormRequest) -> Response {
    match account::reset(&form.state.cx, &form.scope, &token, &form.value("password")).await {
        Ok(()) => redirect("/login?changed"),
        Err(error) => {
            let page = form.path();
            form.rerender(&page, error).await
        }
    }
}
