//! Every route, in one list.

use std::time::Duration;

use axum::{
    Extension, Router,
    http::StatusCode,
    middleware,
    routing::{get, post},
};
use protocol::Problem;
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    timeout::{RequestBodyTimeoutLayer, TimeoutLayer},
};

use crate::{
    app_state::AppState,
    assets, compression,
    form::{self, account, chat, comment, own_post, person},
    headers, health, live, media, origin, page, problem, server_fn, session,
};

/// What takes longer than this is not waited for.
const DEADLINE: Duration = Duration::from_secs(30);
/// The same where files come in, over lines that may be slow.
const UPLOAD_DEADLINE: Duration = Duration::from_secs(600);
/// A line over which nothing comes for so long is taken for cut.
const STALL: Duration = Duration::from_secs(20);

pub(crate) fn router(state: AppState) -> Router {
    let uploads = Router::new()
        .route("/posts", post(form::post::publish))
        .route("/p/{post}/edit", post(own_post::edit).get(page::page))
        .route("/media", post(media::accept))
        .layer(RequestBodyTimeoutLayer::new(STALL))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, UPLOAD_DEADLINE));
    let entrance = Router::new()
        .route("/signup", post(account::sign_up).get(page::page))
        .route("/resend", post(account::resend))
        .route("/verify/{token}", post(account::verify).get(page::page))
        .route("/login", post(account::log_in).get(page::page))
        .route("/forgot", post(account::forgot).get(page::page))
        .route("/reset/{token}", post(account::reset).get(page::page))
        .layer(Extension(session::ActsForNobody));
    let kith = Router::new()
        // What a script calls.
        .route("/api/{*function}", post(server_fn::call))
        // What a form posts to.
        .route("/logout", post(account::log_out))
        .route("/p/{post}/like", post(form::post::like))
        .route("/p/{post}/unlike", post(form::post::unlike))
        .route("/p/{post}/delete", post(own_post::remove).get(page::page))
        .route("/p/{post}/restore", post(own_post::restore))
        .route("/p/{post}/comments", post(comment::write))
        .route("/c/{comment}/edit", post(comment::edit))
        .route("/c/{comment}/delete", post(comment::delete))
        .route("/follow", post(person::follow))
        .route("/unfollow", post(person::unfollow))
        .route("/block", post(person::block))
        .route("/unblock", post(person::unblock))
        .route("/chat/{username}", post(chat::send).get(page::page))
        .route("/chat/{username}/read", post(chat::read))
        .route("/media/{picture}/discard", post(media::discard))
        .route("/media/{picture}/{size}", get(media::show))
        .merge(entrance)
        // Everything else is a page.
        .fallback(page::page)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, DEADLINE))
        .layer(RequestBodyLimitLayer::new(form::BYTES))
        // What takes files limits itself, piece by piece.
        .merge(uploads)
        // The socket outlives the deadline.
        .route("/live", get(live::open))
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(middleware::from_fn_with_state(state.clone(), session::identify))
        .layer(middleware::from_fn_with_state(state.clone(), origin::check))
        .layer(CatchPanicLayer::custom(|_panic| problem::answer(&Problem::Internal)))
        .layer(middleware::from_fn_with_state(state.clone(), problem::explain));
    // Outside of all that answers, but for the files of the client, which are compressed already.
    let all = Router::new()
        // For whoever watches over the process; asks nobody who they are.
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .merge(kith)
        .layer(compression::layer())
        .layer(middleware::from_fn(compression::refuse_to_other_sites))
        .layer(middleware::from_fn(assets::serve))
        .layer(middleware::from_fn_with_state(state.clone(), headers::secure));
    all.with_state(state)
}
