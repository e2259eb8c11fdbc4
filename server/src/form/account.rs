//! Coming in: sign-up, verification, log-in, forgotten passwords.

use axum::response::{IntoResponse, Response};
use domain::{account, session};
use protocol::account::{Credentials, NewAccount};

use super::{Named, Posted, is_local, see, see_with_cookie};
use crate::session::{clear_cookie, ended::clearing, set_cookie};

pub(crate) async fn sign_up(posted: Posted) -> Response {
    let new = NewAccount {
        first_name: posted.value("first_name"),
        last_name: posted.value("last_name"),
        username: posted.value("username"),
        email: posted.value("email"),
        password: posted.value("password"),
    };
    let done = account::sign_up(&posted.host.cx, &posted.scope, new).await;
    posted.answer(done, "/signup?sent", "/signup").await
}

pub(crate) async fn verify(Named(token): Named, posted: Posted) -> Response {
    let done = account::verify(&posted.host.cx, &posted.scope, &token).await;
    let page = posted.path();
    posted.answer(done, "/login?verified", &page).await
}

pub(crate) async fn resend(posted: Posted) -> Response {
    let done = account::resend(&posted.host.cx, &posted.scope, &posted.value("email")).await;
    posted.answer(done, "/signup?sent", "/login").await
}

pub(crate) async fn log_in(posted: Posted) -> Response {
    let credentials = Credentials { login: posted.value("login"), password: posted.value("password") };
    let device = posted.device();
    let secure = posted.host.config.is_secure();
    match session::log_in(&posted.host.cx, &posted.scope, credentials, &device).await {
        Ok(secret) => {
            let next = posted.value("next");
            see_with_cookie(if is_local(&next) { &next } else { "/" }, set_cookie(&secret, secure))
        }
        Err(error) => posted.again("/login", error).await,
    }
}

pub(crate) async fn log_out(posted: Posted) -> Response {
    match session::log_out(&posted.host.cx, &posted.scope).await {
        Ok(()) => {
            let leave = see_with_cookie("/login?left", clear_cookie(posted.host.config.is_secure()));
            (clearing(), leave).into_response()
        }
        Err(error) => posted.refuse(error).await,
    }
}

pub(crate) async fn forgot(posted: Posted) -> Response {
    let done = account::forgot(&posted.host.cx, &posted.scope, &posted.value("email")).await;
    posted.answer(done, "/forgot?sent", "/forgot").await
}

pub(crate) async fn reset(Named(token): Named, posted: Posted) -> Response {
    match account::reset(&posted.host.cx, &posted.scope, &token, &posted.value("password")).await {
        Ok(()) => see("/login?changed"),
        Err(error) => {
            let page = posted.path();
            posted.again(&page, error).await
        }
    }
}
