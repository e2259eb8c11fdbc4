//! Requests that other sites have a browser send. `KITH_PUBLIC_URL` is the one origin of our pages: the `AppState` of a request is
//! written by whoever sends it, so nothing is compared with that.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{address, app_state::AppState, request};

/// Refuses whatever may change something and comes from a page that is not ours.
pub(crate) async fn check(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if !request::is_safe_method(&parts.method) && !may_act(&parts.headers, &state.config.public_url) {
        let network = address::of(&parts, &state.config.trusted_proxies).network();
        tracing::info!(%network, "a request from another origin was refused");
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}

/// Browsers say where a request comes from: all of them by `Origin`, newer ones also by `Sec-Fetch-Site`. What says neither
/// is no browser, and has no cookie of anybody who did not give it to it.
fn may_act(headers: &HeaderMap, public_url: &str) -> bool {
    if headers.contains_key(header::ORIGIN) {
        return is_ours(headers, public_url);
    }
    let mut sites = headers.get_all("sec-fetch-site").iter();
    sites.all(|site| [&b"same-origin"[..], b"none"].contains(&site.as_bytes()))
}

/// Whether the request says once that it comes from a page of ours.
pub(crate) fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    origins.next().is_some_and(|origin| origin.as_bytes() == public_url.as_bytes())
        && origins.next().is_none()
}
