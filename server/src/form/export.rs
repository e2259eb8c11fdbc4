//! A copy of everything that a person has here: asking for it, and the file.

use axum::{
    body::Body,
    extract::State,
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{Error, export};
use futures::TryStreamExt;
use protocol::ExportId;

use super::{FormRequest, PathParam};
use crate::{app_state::AppState, problem, session};

pub(crate) async fn request(form: FormRequest) -> Response {
    let done = export::request(&form.state.cx, &form.scope).await;
    form.answer(done, "/settings/export", "/settings/export").await
}

/// The file. Nobody keeps it on the way, and a browser does not either.
pub(crate) async fn download(State(state): State<AppState>, export: PathParam, parts: Parts) -> Response {
    let opened = async {
        let scope = session::scope(&parts.extensions)?;
        let export: ExportId = export.id()?;
        export::open(&state.cx, &scope, export).await
    };
    match opened.await {
        Ok(content) => {
            let headers = [
                (header::CONTENT_TYPE, "application/zip".to_owned()),
                (header::CONTENT_LENGTH, content.length.to_string()),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"kith.zip\"".to_owned()),
                (header::CACHE_CONTROL, "private, no-store".to_owned()),
            ];
            // An error in the middle cuts the connection, which says that this is not the whole file.
            (headers, Body::from_stream(content.pieces.inspect_err(Error::log))).into_response()
        }
        Err(error) => {
            error.log();
            problem::answer(error.problem())
        }
    }
}
