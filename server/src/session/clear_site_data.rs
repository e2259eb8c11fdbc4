//! Cookies whose session has ended: what the browser keeps from it goes with it.
//!
//! The cookie itself is not taken away here. The answer to a request of another tab may come after the one that brought a new
//! cookie, and would take that.

use axum::{
    http::{HeaderName, HeaderValue, header, request::Parts},
    response::Response,
};
use domain::entropy::Secret;

use crate::{cookie::Cookie, request};

/// What a browser keeps of pictures and pages. Not `"storage"`, where unsent writing waits for its author.
const KEPT: HeaderValue = HeaderValue::from_static("\"cache\"");
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// Characters of the token's hash that tell one ended session from the next.
const MARK: usize = 16;

/// What stands for the session of this cookie, when the browser was not told yet that it has ended.
pub(super) fn mark(parts: &Parts, secure: bool) -> Option<String> {
    if !request::is_page(&parts.method, parts.uri.path()) {
        return None;
    }
    let hash = Secret::parse(Cookie::Session.find(&parts.headers, secure)?)?.hash();
    let mark: String = hex::encode(hash).chars().take(MARK).collect();
    (Cookie::Ended.find(&parts.headers, secure) != Some(&mark)).then_some(mark)
}

/// Has the browser forget what it keeps, once for each session: doing so on each page would have it load the client anew.
pub(super) fn clear(answer: &mut Response, mark: &str, secure: bool) {
    answer.headers_mut().insert(CLEAR_SITE_DATA, KEPT);
    answer.headers_mut().append(header::SET_COOKIE, Cookie::Ended.set_text(mark, secure));
}

/// The headers of the answer to a log-out.
pub(crate) const fn clearing() -> [(HeaderName, HeaderValue); 1] {
    [(CLEAR_SITE_DATA, KEPT)]
}
