//! Server functions, as the client calls them.

use app::{error::AppError, server::status};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::server_fn::axum::get_server_fn_service;
use protocol::Problem;

use crate::{app_state::AppState, form, page, problem, session};

/// Bytes of an error at most, which carries a problem and no more.
const ERROR_BYTES: usize = 64 * 1024;

pub(crate) async fn call(State(state): State<AppState>, request: Request<Body>) -> Response {
    if let Err(unknown) = session::scope(request.extensions()) {
        return problem::answer(&unknown);
    }
    if get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return problem::answer(&Problem::NotFound);
    }
    // Other sites can have a browser send forms and plain text, but no JSON.
    if !form::has_content_type(request.headers(), "application/json") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let (mut parts, body) = request.into_parts();
    let Ok(arguments) = to_bytes(body, form::BYTES).await else { return problem::answer(&Problem::TooLarge) };
    // From a browser that wants a page, Leptos would lead back to wherever it says that it came from.
    parts.headers.remove(header::ACCEPT);
    parts.headers.remove(header::REFERER);
    let request = Request::from_parts(parts, Body::from(arguments));
    let answer = leptos_axum::handle_server_fns_with_context(move || page::provide(&state.cx), request).await;
    with_status(answer.into_response()).await
}

/// Leptos answers 500 to whatever went wrong before the function began, such as arguments that cannot be read.
async fn with_status(answer: Response) -> Response {
    if answer.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return answer;
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, ERROR_BYTES).await else { return problem::answer(&Problem::Internal) };
    if let Ok(error) = serde_json::from_slice::<AppError>(&bytes) {
        parts.status = status(&error.problem());
    }
    Response::from_parts(parts, Body::from(bytes))
}
