//! Coming in: sign-up, verification, log-in, forgotten passwords.

use axum::response::{IntoResponse, Response};
use domain::{account, session};
use protocol::account::{Credentials, NewAccount};

use super::{Named, Posted, is_local, see, see_with_cookies};
use crate::{cookie::Cookie, session::ended::clearing};

pub(crate) async fn sign_up(posted: Posted) -> Response {
    let new = NewAccount {
        first_name: posted.value("first_name"),
        last_name: posted.value("last_name"),
        username: posted.value("username"),
        email: posted.value("email"),
        password: posted.value("password"),
    };
    match account::sign_up(&posted.state.cx, &posted.scope, new).await {
        Ok(token) => {
            let cookie = Cookie::SignUp.set(&token, posted.state.config.is_secure());
            see_with_cookies("/signup?sent", [cookie])
        }
        Err(error) => posted.again("/signup", error).await,
    }
}

pub(crate) async fn verify(Named(token): Named, posted: Posted) -> Response {
    let done = account::verify(&posted.state.cx, &posted.scope, &token).await;
    let page = posted.path();
    posted.answer(done, "/login?verified", &page).await
}

pub(crate) async fn resend(posted: Posted) -> Response {
    let (email, sign_up) = (posted.value("email"), posted.cookie(Cookie::SignUp));
    let done = account::resend(&posted.state.cx, &posted.scope, &email, sign_up).await;
    posted.answer(done, "/signup?sent", "/login").await
}

pub(crate) async fn log_in(posted: Posted) -> Response {
    let credentials = Credentials { login: posted.value("login"), password: posted.value("password") };
    let (name, secure) = (posted.device(), posted.state.config.is_secure());
    let browser = session::Browser { name: &name, device: posted.cookie(Cookie::Device) };
    match session::log_in(&posted.state.cx, &posted.scope, credentials, browser).await {
        Ok(signed_in) => {
            let next = posted.value("next");
            let cookies = [
                Cookie::Session.set(&signed_in.session, secure),
                Cookie::Device.set(&signed_in.device, secure),
            ];
            see_with_cookies(if is_local(&next) { &next } else { "/" }, cookies)
        }
        Err(error) => posted.again("/login", error).await,
    }
}

pub(crate) async fn log_out(posted: Posted) -> Response {
    match session::log_out(&posted.state.cx, &posted.scope).await {
        Ok(()) => {
            let clear = Cookie::Session.clear(posted.state.config.is_secure());
            (clearing(), see_with_cookies("/login?left", [clear])).into_response()
        }
        Err(error) => posted.refuse(error).await,
    }
}

pub(crate) async fn forgot(posted: Posted) -> Response {
    let done = account::forgot(&posted.state.cx, &posted.scope, &posted.value("email")).await;
    posted.answer(done, "/forgot?sent", "/forgot").await
}

pub(crate) async fn reset(Named(token): Named, posted: Posted) -> Response {
    match account::reset(&posted.state.cx, &posted.scope, &token, &posted.value("password")).await {
        Ok(()) => see("/login?changed"),
        Err(error) => {
            let page = posted.path();
            posted.again(&page, error).await
        }
    }
}
