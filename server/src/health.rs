//! Whether the process lives, and whether it can serve.

use axum::{extract::State, http::StatusCode};

use crate::host::Host;

pub(crate) async fn healthz() -> &'static str {
    "ok"
}

pub(crate) async fn readyz(State(host): State<Host>) -> (StatusCode, &'static str) {
    if host.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    match host.cx.db.ping().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}
