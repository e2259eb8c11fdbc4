//! What the community shows of itself to everybody: its picture, and the manifest with its name.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use protocol::{
    Problem,
    community::{COMMUNITY_PICTURE_PATH, Community},
};
use serde_json::{Value, json};

use crate::{
    app_state::AppState,
    community_picture::{PICTURE_BYTES, kind},
    problem,
};

/// A picture that is changed is seen everywhere after an hour.
const CACHING: &str = "public, max-age=3600";

/// Serves the picture, which lies where the configuration says.
pub(crate) async fn picture(State(state): State<AppState>) -> Response {
    let Some(path) = &state.config.picture else { return problem::answer(&Problem::NotFound) };
    match tokio::fs::read(path).await {
        Ok(file) if file.len() as u64 <= PICTURE_BYTES => match kind(&file) {
            Some(kind) => {
                ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, CACHING)], file).into_response()
            }
            None => problem::answer(&Problem::NotFound),
        },
        Ok(_) => problem::answer(&Problem::NotFound),
        Err(error) => {
            tracing::warn!(%error, "KITH_PICTURE can't be read");
            problem::answer(&Problem::Unavailable)
        }
    }
}

/// Says how the site is called and looks when it is put onto a home screen.
pub(crate) async fn manifest(State(state): State<AppState>) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "public, no-cache")];
    (headers, manifest_of(&state.cx.community).to_string()).into_response()
}

fn manifest_of(Community { name, about, has_picture }: &Community) -> Value {
    let mut icons =
        vec![json!({ "src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" })];
    if *has_picture {
        icons.insert(0, json!({ "src": COMMUNITY_PICTURE_PATH, "sizes": "any", "purpose": "any" }));
    }
    let about = if about.is_empty() { "Your own people, and nothing else." } else { about };
    json!({
        "id": "/",
        "name": name,
        "short_name": name,
        "description": about,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf9f5",
        "theme_color": "#fbf9f5",
        "icons": icons,
        "shortcuts": [{ "name": "Chat", "url": "/chat" }, { "name": "Notifications", "url": "/notifications" }],
    })
}
