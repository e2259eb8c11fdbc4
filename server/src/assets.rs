//! The built client, inside the binary.

use std::collections::BTreeMap;

use anyhow::Context;
use app::{assets::Assets, pages::part_name};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

use crate::request;

/// `cargo xtask client` fills the folder. A release has it inside; a debug build reads it while it runs.
#[derive(RustEmbed)]
#[folder = "../site"]
#[allow_missing = true]
struct Site;

/// What the client consists of: what every page loads, and the parts that some pages need besides.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Client {
    #[serde(flatten)]
    pub(crate) assets: Assets,
    /// The script that fetches parts, which the first script imports.
    pub(crate) loader: String,
    /// The addresses of each part's files, by its name in `app::pages`.
    parts: BTreeMap<String, Vec<String>>,
}

impl Client {
    /// A client that comes in one piece.
    #[cfg(test)]
    pub(crate) fn whole(assets: Assets) -> Self {
        Self { assets, loader: String::new(), parts: BTreeMap::new() }
    }

    /// What the page at `path` loads besides.
    pub(crate) fn part_files(&self, path: &str) -> &[String] {
        part_name(path).and_then(|part| self.parts.get(part)).map_or(&[], Vec::as_slice)
    }
}

/// Where the client lies.
pub(crate) fn client() -> anyhow::Result<Client> {
    let manifest =
        Site::get("manifest.json").context("the client is not built: run `cargo xtask client` first")?;
    serde_json::from_slice(&manifest.data).context("site/manifest.json can't be read")
}

/// Answers a request for a file of the client, whoever asks; all others go on.
pub(crate) async fn serve(request: Request, next: Next) -> Response {
    match file(&request) {
        Some(file) => file,
        None => next.run(request).await,
    }
}

fn file(request: &Request) -> Option<Response> {
    if !request::is_safe_method(request.method()) {
        return None;
    }
    let (path, headers) = (request.uri().path().trim_start_matches('/'), request.headers());
    let found = Site::get(path).filter(|_| path != "manifest.json" && !path.ends_with(".br"))?;
    let compressed = accepts_brotli(headers).then(|| Site::get(&format!("{path}.br"))).flatten();
    Some(answer(path, found, compressed, headers))
}

fn answer(
    path: &str,
    found: EmbeddedFile,
    compressed: Option<EmbeddedFile>,
    headers: &HeaderMap,
) -> Response {
    let hash = hex::encode(&found.metadata.sha256_hash()[..16]);
    let etag = format!("\"{hash}{}\"", if compressed.is_some() { "-br" } else { "" });
    let mut answer = HeaderMap::new();
    // Names in /pkg carry the hash of their content.
    let lasting =
        if path.starts_with("pkg/") { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(lasting));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    insert(&mut answer, header::ETAG, &etag);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, answer).into_response();
    }
    insert(&mut answer, header::CONTENT_TYPE, found.metadata.mimetype());
    if compressed.is_some() {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    (answer, Body::from(compressed.unwrap_or(found).data)).into_response()
}

fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|encoding| matches!(encoding.trim(), "br") || encoding.trim().starts_with("br;"))
}
