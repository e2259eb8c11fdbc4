//! Plain forms. Each posts to a route of its own, which calls the same use case as the server function, answers 303 when
//! it is done, and otherwise renders the page again.

use std::{convert::Infallible, str::FromStr};

use app::form::Returned;
use axum::{
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::{Error, Scope, media};
use percent_encoding::percent_decode_str;
use protocol::{
    PictureId, Problem,
    account::ACCOUNT_FIELD,
    media::{AttachedPicture, POST_PICTURES, PictureView},
};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use crate::{app_state::AppState, cookie::Cookie, page, problem, session};

pub(crate) mod account;
pub(crate) mod chat;
pub(crate) mod comment;
pub(crate) mod export;
pub(crate) mod multipart;
pub(crate) mod notification;
pub(crate) mod own_post;
pub(crate) mod passkey;
pub(crate) mod person;
pub(crate) mod post;
pub(crate) mod profile;
pub(crate) mod settings;
pub(crate) mod two_factor;

/// Bytes of a form at most. The longest text is 5,000 characters; percent-encoded, that can be twelve times as many.
pub(crate) const BYTES: usize = 80 * 1024;

/// The field of a form's files. As a value: the digest of each, which tells one form from another with other files in it.
const FILES: &str = "pictures";
/// The ids of pictures that were made of these files.
const UPLOADED: &str = "uploaded";

/// Fields of a form at most: one that takes ten pictures off a post and adds ten others has four dozen. Each is given back with its form when that is refused.
pub(crate) const FIELDS: usize = 64;

/// What a form carries, and who sent it.
pub(crate) struct FormRequest {
    pub(crate) state: AppState,
    pub(crate) scope: Scope,
    parts: Parts,
    values: Vec<(String, String)>,
}

impl FormRequest {
    /// What was typed into `field`; nothing is an empty text.
    pub(crate) fn value(&self, field: &str) -> String {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// All values of `field`, such as those of a row of boxes that are ticked.
    pub(crate) fn all(&self, field: &str) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// The names of all fields but the one that says whom the page was made for.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.iter().map(|(name, _)| name.as_str()).filter(|name| *name != ACCOUNT_FIELD)
    }

    /// An id that the form carries.
    pub(crate) fn id<Id: FromStr>(&self, field: &str) -> Result<Id, Error> {
        self.value(field).parse().map_err(|_| Problem::BadRequest.into())
    }

    /// The pictures of a post that the form has: those that it shows, without those that are to go, and those that came
    /// with it ([`multipart::MultipartForm::store_pictures`]); described as it says.
    pub(crate) fn pictures(&self) -> Result<Vec<AttachedPicture>, Error> {
        let gone: Vec<&str> = self.all("remove").collect();
        let shown = self.all("picture").chain(self.all(UPLOADED)).filter(|picture| !gone.contains(picture));
        let placed = shown.map(|picture| {
            let id = picture.parse().map_err(|_| Problem::BadRequest)?;
            Ok(AttachedPicture { id, alt: self.value(&format!("alt-{picture}")) })
        });
        placed.collect()
    }

    /// The same, as the page shows them that comes again: what nobody can place any more is left out.
    async fn shown_pictures(&self) -> Result<Vec<PictureView>, Error> {
        let placed: Vec<_> =
            self.pictures().unwrap_or_default().into_iter().take(2 * POST_PICTURES).collect();
        if placed.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<PictureId> = placed.iter().map(|picture| picture.id).collect();
        let mut views = media::own(&self.state.cx, &self.scope, &ids).await?;
        for view in &mut views {
            let described = placed.iter().find(|picture| picture.id == view.id);
            view.alt = described.map(|picture| picture.alt.clone()).unwrap_or_default();
        }
        Ok(views)
    }

    /// The id under which this is stored once, however often the form is sent. It is made of the form's own and of what was
    /// written: whoever goes back to a form that was sent and writes something else says something new.
    pub(crate) fn client_id(&self) -> Option<Uuid> {
        let form: Uuid = self.id("client_id").ok()?;
        let mut digest = Sha256::new_with_prefix(form);
        let body = self.value("body");
        let pictures = [FILES, "picture", "remove"].into_iter().flat_map(|field| self.all(field));
        for part in std::iter::once(body.as_str()).chain(pictures) {
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
        digest.finalize().first_chunk().map(|bytes| Builder::from_custom_bytes(*bytes).into_uuid())
    }

    /// What the browser calls itself.
    pub(crate) fn device(&self) -> String {
        let device = self.parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        device.unwrap_or("Unknown browser").to_owned()
    }

    /// The token of a cookie.
    pub(crate) fn cookie(&self, cookie: Cookie) -> Option<&str> {
        cookie.find(&self.parts.headers, self.state.config.is_secure())
    }

    /// The address that the form was sent to.
    pub(crate) fn path(&self) -> String {
        self.parts.uri.path().to_owned()
    }

    /// The page that the form stands on, as it says itself; `otherwise` when it says none of ours.
    pub(crate) fn back(&self, otherwise: &str) -> String {
        let said = self.value("back");
        if is_local(&said) { said } else { otherwise.to_owned() }
    }

    /// Leads on to `path` when it went well, and otherwise shows `page` again.
    pub(crate) async fn answer(self, done: Result<(), Error>, path: &str, page: &str) -> Response {
        match done {
            Ok(()) => redirect(path),
            Err(error) => self.rerender(page, error).await,
        }
    }

    /// Shows `page` again, whose form says what was wrong and holds what was typed. Where there is no such page now, what
    /// was typed is given back without it.
    pub(crate) async fn rerender(self, page: &str, error: Error) -> Response {
        error.log();
        let pictures = self.shown_pictures().await;
        let has_content =
            !self.value("body").trim().is_empty() || !matches!(&pictures, Ok(none) if none.is_empty());
        let mut returned = returned(&self.parts, self.values, error.into_problem());
        match (&returned.problem, pictures) {
            (Problem::Unavailable | Problem::SignInNeeded | Problem::Internal, _) => {
                problem::answer_with(returned)
            }
            (Problem::NotFound | Problem::BadRequest, _) if has_content => problem::answer_with(returned),
            (_, Ok(pictures)) => {
                returned.pictures = pictures;
                page::rerender(&self.state, self.parts, page, returned).await
            }
            // A page without its pictures would take them off the post.
            (_, Err(error)) => {
                error.log();
                returned.problem = error.into_problem();
                problem::answer_with(returned)
            }
        }
    }

    /// Shows `page` with something that only this one answer has.
    pub(crate) async fn show(self, page: &str, content: impl Clone + Send + Sync + 'static) -> Response {
        let Self { state, mut parts, .. } = self;
        parts.extensions.insert(content);
        page::answer(&state, parts, page).await
    }

    /// Does what a form asks for that is only a button, and leads on to where `to` says.
    pub(crate) async fn submit<T>(
        self,
        act: impl AsyncFnOnce(&Self) -> Result<T, Error>,
        to: impl FnOnce(&Self, T) -> String,
    ) -> Response {
        match act(&self).await {
            Ok(made) => redirect(&to(&self, made)),
            Err(error) => self.reject(error).await,
        }
    }

    /// Says what was wrong with a form that is only a button.
    pub(crate) async fn reject(self, error: Error) -> Response {
        error.log();
        let action = self.path();
        let returned = returned(&self.parts, self.values, error.into_problem());
        match returned.problem {
            // The address of the button itself is no page, which is the one to show.
            Problem::NotFound => page::rerender(&self.state, self.parts, &action, returned).await,
            _ => problem::answer_with(returned),
        }
    }
}

fn returned(parts: &Parts, values: Vec<(String, String)>, problem: Problem) -> Returned {
    let is_secret = |name: &str| name.ends_with("password") || name == "code";
    let values: Vec<_> = values.into_iter().filter(|(name, _)| !is_secret(name)).collect();
    // As the app's router reads it.
    let action = percent_decode_str(parts.uri.path()).decode_utf8_lossy().into_owned();
    let count = |field: &str| values.iter().filter(|(name, _)| name == field).count();
    let lost_pictures = count(FILES) > count(UPLOADED);
    Returned { action, values, problem, pictures: Vec::new(), lost_pictures }
}

impl FromRequest<AppState> for FormRequest {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        if !has_content_type(&parts.headers, "application/x-www-form-urlencoded") {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
        }
        let bytes = axum::body::to_bytes(body, BYTES).await;
        let bytes = bytes.map_err(|_| problem::answer(&Problem::TooLarge))?;
        let values = serde_urlencoded::from_bytes(&bytes);
        let values: Vec<(String, String)> = values.map_err(|_| problem::answer(&Problem::BadRequest))?;
        if values.len() > FIELDS {
            return Err(problem::answer(&Problem::BadRequest));
        }
        Self::confirmed(state, parts, values).map_err(problem::answer_with)
    }
}

impl FormRequest {
    /// The form, if the page that it stands on was made for whoever is signed in. Otherwise its sender gets back what was
    /// typed, and may send it again knowingly.
    fn confirmed(
        state: &AppState,
        mut parts: Parts,
        mut values: Vec<(String, String)>,
    ) -> Result<Self, Returned> {
        let claimed =
            values.iter().find(|(name, _)| name == ACCOUNT_FIELD).map(|(_, value)| value.as_bytes());
        session::confirm(&mut parts.extensions, claimed);
        match session::scope(&parts.extensions) {
            Ok(scope) => Ok(Self { state: state.clone(), scope, parts, values }),
            Err(problem) => {
                let account = session::cookie_scope(&parts.extensions).and_then(|scope| scope.account().ok());
                if let (Problem::SignedInAs { .. }, Some(account)) = (&problem, account) {
                    values.retain(|(name, _)| name != ACCOUNT_FIELD);
                    values.push((ACCOUNT_FIELD.to_owned(), account.to_string()));
                }
                Err(returned(&parts, values, problem))
            }
        }
    }
}

/// What an address names. What is no text names nothing.
pub(crate) struct PathParam(pub(crate) String);

impl PathParam {
    /// The thing with this id. What is no id leads nowhere.
    pub(crate) fn id<Id: FromStr>(&self) -> Result<Id, Error> {
        self.0.parse().map_err(|_| Problem::NotFound.into())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PathParam {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let name = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(name.map(|Path(name)| name).unwrap_or_default()))
    }
}

/// Leads the browser on to a page of ours with a new GET.
pub(crate) fn redirect(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// The same, and changes cookies.
pub(crate) fn redirect_with_cookies(path: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    let cookies = cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookies.collect::<Vec<_>>()), Redirect::to(path)).into_response()
}

/// Whether `path` stays here. A second slash, or a backslash, which browsers read as one, would lead to another host.
pub(crate) fn is_local(path: &str) -> bool {
    let mut characters = path.chars();
    characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && !path.contains(|c: char| c.is_control() || c == '\\')
}

/// Whether the body is said to be of this kind.
pub(crate) fn has_content_type(headers: &HeaderMap, kind: &str) -> bool {
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.split(';').next().is_some_and(|said| said.trim().eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_paths_of_ours_are_followed() {
        for path in ["/", "/p/1?x=//y", "/u/ana#top"] {
            assert!(is_local(path), "{path}");
        }
        for path in [
            "",
            "p/1",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/\t/evil.example",
        ] {
            assert!(!is_local(path), "{path}");
        }
    }
}
