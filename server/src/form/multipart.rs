//! Forms with files in them, as browsers send them where there is no script.

use axum::{
    extract::{FromRequest, Request},
    http::header,
    response::Response,
};
use domain::{
    Error, Scope,
    media::{self, Upload},
};
use protocol::{PictureId, Problem, Reason, account::ACCOUNT_FIELD, media::POST_PICTURES};
use sha2::{Digest, Sha256};

use super::{BYTES, FIELDS, FormRequest, UPLOADED, has_content_type};
use crate::{
    app_state::AppState,
    problem, session,
    upload::{Incoming, REFUSED_BYTES, drain},
};

mod parts;
#[cfg(test)]
mod tests;

use parts::{Part, Parts, boundary};

const KIND: &str = "multipart/form-data";
/// Bytes of all files of a form together.
const FILES_BYTES: u64 = 40 * 1024 * 1024;

/// A form that may have pictures in it.
pub(crate) struct MultipartForm {
    pub(crate) form: FormRequest,
    /// The files, or why they are not taken.
    pictures: Result<Vec<Upload>, Error>,
}

impl MultipartForm {
    /// Stores the pictures for who sent them. The form has them from then on ([`FormRequest::pictures`]), also when it is not
    /// taken for another reason and comes back: a browser does not put files back into it.
    ///
    /// # Errors
    /// Why one of them is not taken. Those before it are stored.
    pub(crate) async fn store_pictures(self) -> (FormRequest, Result<(), Error>) {
        let Self { mut form, pictures } = self;
        let stored = match pictures {
            Ok(uploads) => store(&mut form, uploads).await,
            Err(error) => Err(error),
        };
        (form, stored)
    }
}

async fn store(form: &mut FormRequest, uploads: Vec<Upload>) -> Result<(), Error> {
    for upload in uploads {
        let picture = media::accept(&form.state.cx, &form.scope, upload).await?;
        form.values.push((UPLOADED.to_owned(), picture.id.to_string()));
    }
    Ok(())
}

/// Lets go of pictures that no post shows: those that are marked to go, and `others`. What stays all the same is swept up
/// later.
pub(crate) async fn discard(form: &FormRequest, others: impl Iterator<Item = PictureId>) {
    let marked = form.all("remove").filter_map(|picture| picture.parse().ok());
    for picture in marked.chain(others).take(2 * POST_PICTURES) {
        match media::discard(&form.state.cx, &form.scope, picture).await {
            Err(error) if *error.problem() == Problem::NotFound => {}
            done => done.unwrap_or_else(|error| error.log()),
        }
    }
}

impl FromRequest<AppState> for MultipartForm {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        if !has_content_type(request.headers(), KIND) {
            let form = FormRequest::from_request(request, state).await?;
            return Ok(Self { form, pictures: Ok(Vec::new()) });
        }
        let (parts, body) = request.into_parts();
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let boundary = kind.and_then(boundary).ok_or_else(|| problem::answer(&Problem::BadRequest))?;
        let scope = session::cookie_scope(&parts.extensions);
        // Whoever may not post keeps nothing here but the text that they get back.
        let sender = scope.filter(|scope| scope.session().is_some());
        let is_confirmed = session::scope(&parts.extensions).is_ok();
        let mut reader = FormReader { sender, is_confirmed, ..FormReader::default() };
        let read = reader.read(state, Parts::new(body, boundary, REFUSED_BYTES)).await;
        read.map_err(|problem| problem::answer(&problem))?;
        let FormReader { values, uploads, refused, .. } = reader;
        let form = FormRequest::confirmed(state, parts, values).map_err(problem::answer_with)?;
        Ok(Self { form, pictures: refused.map_or(Ok(uploads), Err) })
    }
}

/// What has been read so far.
#[derive(Default)]
struct FormReader {
    /// Whose the files are, if they are kept.
    sender: Option<Scope>,
    /// Whether a header has said already whom the page of the form was made for.
    is_confirmed: bool,
    values: Vec<(String, String)>,
    text_bytes: usize,
    uploads: Vec<Upload>,
    file_bytes: u64,
    /// The first thing that was wrong with the files. The rest is read all the same: behind it may be text, and browsers
    /// show no answer before they have sent everything.
    refused: Option<Error>,
}

impl FormReader {
    async fn read(&mut self, state: &AppState, mut parts: Parts) -> Result<(), Problem> {
        let read = self.read_parts(state, &mut parts).await;
        // Nothing that people send by hand has so many parts, so nobody waits for an answer to that.
        if matches!(read, Err(Problem::TooLarge)) {
            drain(parts.rest()).await;
        }
        read
    }

    async fn read_parts(&mut self, state: &AppState, parts: &mut Parts) -> Result<(), Problem> {
        for _ in 0..FIELDS {
            match parts.next().await? {
                None => return Ok(()),
                Some(Part { name, file_name: None }) => {
                    let value = self.text(parts).await?;
                    self.values.push((name, value));
                }
                // Nothing was chosen.
                Some(Part { file_name: Some(called), .. }) if called.is_empty() => {}
                Some(Part { name, file_name: Some(called) }) => {
                    let mut digest = Sha256::new_with_prefix(called);
                    if let Err(error) = self.file(state, parts, &mut digest).await {
                        self.uploads.clear();
                        _ = self.refused.get_or_insert(error);
                    }
                    self.values.push((name, format!("{:x?}", digest.finalize())));
                }
            }
        }
        Err(Problem::BadRequest)
    }

    async fn text(&mut self, parts: &mut Parts) -> Result<String, Problem> {
        let mut text = Vec::new();
        while let Some(piece) = parts.piece().await? {
            self.text_bytes += piece.len();
            if self.text_bytes > BYTES {
                return Err(Problem::TooLarge);
            }
            text.extend_from_slice(&piece);
        }
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// Puts one more file on the disk. What is left of it when it is refused is passed over with the next part.
    async fn file(&mut self, state: &AppState, parts: &mut Parts, digest: &mut Sha256) -> Result<(), Error> {
        let kept = self.keep(state, parts, digest).await;
        // A form that is stored already is known by its files, also when these would not be taken now.
        if self.sender.is_some() {
            while let Some(piece) = parts.piece().await? {
                digest.update(&piece);
            }
        }
        kept
    }

    async fn keep(&mut self, state: &AppState, parts: &mut Parts, digest: &mut Sha256) -> Result<(), Error> {
        let Some(sender) = self.sender.as_ref().filter(|_| self.refused.is_none()) else { return Ok(()) };
        // Our forms say first whom their page was made for.
        let claimed = self.values.iter().find(|(name, _)| name == ACCOUNT_FIELD).map(|(_, value)| value);
        if !self.is_confirmed && claimed.and_then(|claimed| claimed.parse().ok()) != sender.account().ok() {
            return Err(Problem::BadRequest.into());
        }
        if self.uploads.len() == POST_PICTURES {
            let max = u32::try_from(POST_PICTURES).unwrap_or(u32::MAX);
            return Err(Problem::field("pictures", Reason::TooMany { max }).into());
        }
        let mut incoming = Incoming::begin(&state.cx, sender, None).await?;
        while let Some(piece) = parts.piece().await? {
            self.file_bytes += piece.len() as u64;
            if self.file_bytes > FILES_BYTES {
                return Err(Problem::TooLarge.into());
            }
            digest.update(&piece);
            incoming.write(&piece).await?;
        }
        self.uploads.push(incoming.finish().await?);
        Ok(())
    }
}
