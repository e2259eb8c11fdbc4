//! Every route, in one list.

use std::time::Duration;

use anyhow::Context;
use axum::{
    Router,
    http::StatusCode,
    middleware,
    routing::{get, post},
};
use protocol::Problem;
use tower_http::{
    catch_panic::CatchPanicLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};

use crate::{
    form::{self, account, chat, comment, person},
    function, headers, health,
    host::Host,
    live, page, problem, session,
};

/// What takes longer than this is not waited for.
const DEADLINE: Duration = Duration::from_secs(30);

pub(crate) fn router(host: Host) -> anyhow::Result<Router> {
    let csrf = CsrfLayer::new().add_trusted_origin(&host.config.public_url);
    let csrf = csrf.context("KITH_PUBLIC_URL is no origin")?;
    let kith = Router::new()
        // What a script calls.
        .route("/api/{*function}", post(function::call))
        // What a form posts to.
        .route("/signup", post(account::sign_up).get(page::page))
        .route("/resend", post(account::resend))
        .route("/verify/{token}", post(account::verify).get(page::page))
        .route("/login", post(account::log_in).get(page::page))
        .route("/logout", post(account::log_out))
        .route("/forgot", post(account::forgot).get(page::page))
        .route("/reset/{token}", post(account::reset).get(page::page))
        .route("/posts", post(form::post::publish))
        .route("/p/{post}/like", post(form::post::like))
        .route("/p/{post}/unlike", post(form::post::unlike))
        .route("/p/{post}/comments", post(comment::write))
        .route("/follow", post(person::follow))
        .route("/unfollow", post(person::unfollow))
        .route("/block", post(person::block))
        .route("/unblock", post(person::unblock))
        .route("/chat/{username}", post(chat::send).get(page::page))
        // Everything else is a page, or a file of the client.
        .fallback(page::page)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, DEADLINE))
        // The socket outlives the deadline.
        .route("/live", get(live::open))
        .method_not_allowed_fallback(problem::other_method)
        .layer(middleware::from_fn_with_state(host.clone(), session::identify))
        .layer(RequestBodyLimitLayer::new(form::BYTES))
        .layer(csrf)
        .layer(CatchPanicLayer::custom(|_panic| problem::answer(&Problem::Internal)))
        .layer(middleware::from_fn_with_state(host.clone(), problem::explain));
    let all = Router::new()
        // For whoever watches over the process; asks nobody who they are.
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .merge(kith)
        .layer(middleware::from_fn_with_state(host.clone(), headers::secure));
    Ok(all.with_state(host))
}
