//! Pictures over HTTP: sent by a script one by one, and served in their sizes.

use std::str::FromStr;

use app::{error::AppError, server::status};
use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    Error, Scope,
    media::{self, Opened},
};
use futures::TryStreamExt;
use protocol::{
    PictureId, Problem,
    media::{PictureSize, PictureView},
};

use crate::{app_state::AppState, form::PathParam, problem, session, upload};

/// A browser may keep a picture, and asks each time whether its person may still see it: a log-out or a block ends that.
const CACHING: &str = "private, no-cache";
/// A picture that is opened by itself loads and runs nothing. The style is the browser's own, which it puts around it.
const ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; \
                     form-action 'none'; sandbox";

/// The body is the file, whatever it is called.
pub(crate) async fn accept(State(state): State<AppState>, request: Request) -> Response {
    match take(&state, request).await {
        Ok(picture) => Json(picture).into_response(),
        Err(error) => reject(error),
    }
}

async fn take(state: &AppState, request: Request) -> Result<PictureView, Error> {
    let scope = session::scope(request.extensions());
    let announced =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let mut body = request.into_body().into_data_stream();
    if matches!(scope, Err(Problem::SignedInAs { .. })) {
        // Browsers show no answer before they have sent everything.
        upload::drain(&mut body).await;
    }
    let scope = scope?;
    // Before anything is read.
    scope.member()?;
    let received = upload::receive(&state.cx, &scope, announced, &mut body).await;
    if received.is_err() {
        upload::drain(&mut body).await;
    }
    media::accept(&state.cx, &scope, received?).await
}

pub(crate) async fn discard(State(state): State<AppState>, picture: PathParam, parts: Parts) -> Response {
    let done = async {
        let scope = session::scope(&parts.extensions)?;
        media::discard(&state.cx, &scope, picture.id()?).await
    };
    match done.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => reject(error),
    }
}

fn reject(error: Error) -> Response {
    error.log();
    let problem = error.into_problem();
    let mut answer = (status(&problem), Json(AppError::Problem(problem.clone()))).into_response();
    if let Some(seconds) = app::server::retry_after(&problem) {
        answer.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    answer
}

/// Serves a size of a picture.
pub(crate) async fn show(
    State(state): State<AppState>,
    wanted: Result<Path<(String, String)>, PathRejection>,
    parts: Parts,
) -> Response {
    let served = async {
        let scope = session::scope(&parts.extensions)?;
        let (picture, size) = wanted.ok().and_then(|Path(names)| parse(&names)).ok_or(Problem::NotFound)?;
        serve(&state, &scope, picture, size, &parts).await
    };
    served.await.unwrap_or_else(|error| {
        error.log();
        problem::answer(error.problem())
    })
}

/// Serves a size of a profile picture.
pub(crate) async fn show_profile_picture(
    State(state): State<AppState>,
    wanted: Result<Path<(String, String)>, PathRejection>,
    parts: Parts,
) -> Response {
    let served = async {
        let scope = session::scope(&parts.extensions)?;
        let (picture, size) = wanted.ok().and_then(|Path(names)| parse(&names)).ok_or(Problem::NotFound)?;
        let opened = media::open_profile_picture(&state.cx, &scope, picture, size).await?;
        send(opened, &picture.to_string(), &parts).await
    };
    served.await.unwrap_or_else(|error| {
        error.log();
        problem::answer(error.problem())
    })
}

fn parse<Id: FromStr, Size: FromStr>((picture, size): &(String, String)) -> Option<(Id, Size)> {
    picture.parse().ok().zip(size.parse().ok())
}

async fn serve(
    state: &AppState,
    scope: &Scope,
    picture: PictureId,
    size: PictureSize,
    asked: &Parts,
) -> Result<Response, Error> {
    let opened = media::open(&state.cx, scope, picture, size).await?;
    send(opened, &picture.to_string(), asked).await
}

async fn send(opened: Opened, name: &str, asked: &Parts) -> Result<Response, Error> {
    let caching = [(header::CACHE_CONTROL, CACHING.to_owned()), (header::ETAG, opened.etag.clone())];
    if knows(&asked.headers, &opened.etag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let content = opened.read().await?;
    let kind = if is_download(&asked.uri) { "attachment" } else { "inline" };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, ALONE.to_owned()),
        (header::CONTENT_TYPE, "image/webp".to_owned()),
        (header::CONTENT_LENGTH, content.length.to_string()),
        (header::CONTENT_DISPOSITION, format!("{kind}; filename=\"kith-{name}.webp\"")),
    ];
    // An error in the middle cuts the connection, which says that this is not the whole picture.
    let pieces = content.pieces.inspect_err(Error::log);
    Ok((caching, headers, Body::from_stream(pieces)).into_response())
}

/// Whether the browser has it already.
fn knows(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known.flat_map(|known| known.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag
    })
}

fn is_download(uri: &Uri) -> bool {
    uri.query().is_some_and(|query| query.split('&').any(|part| part == "download" || part == "download="))
}
