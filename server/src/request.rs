//! What kind of request one is.

use app::pages;
use axum::http::Method;

/// The address of the socket.
pub(crate) const SOCKET_PATH: &str = "/live";

/// Whether there is a page that answers such a request; then what it needs is best found at once.
pub(crate) fn is_page(method: &Method, path: &str) -> bool {
    is_safe_method(method) && pages::access(path).is_some()
}

pub(crate) fn is_safe_method(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}
