//! Every route, in one list.

use std::time::Duration;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use protocol::Problem;
use tower_http::{
    catch_panic::CatchPanicLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer,
};

use crate::{
    form::{self, account, chat, comment, person},
    headers, health,
    host::Host,
    live, page, session,
};

/// What takes longer than this is not waited for.
const DEADLINE: Duration = Duration::from_secs(30);

pub(crate) fn router(host: Host) -> Router {
    Router::new()
        // What a script calls.
        .route("/api/{*function}", post(server_function))
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
        .layer(middleware::from_fn_with_state(host.clone(), session::identify))
        // For whoever watches over the process; asks nobody who they are.
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .layer(RequestBodyLimitLayer::new(form::BYTES))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::custom(|_panic| page::plain_problem(&Problem::Internal)))
        .layer(middleware::from_fn_with_state(host.clone(), headers::secure))
        .with_state(host)
}

async fn server_function(State(host): State<Host>, request: Request<Body>) -> Response {
    leptos_axum::handle_server_fns_with_context(move || page::provide(&host.cx), request)
        .await
        .into_response()
}
