//! Plain forms. Each posts to a route of its own, which calls the same use case as the server function, answers 303 when
//! it is done, and otherwise renders the page again.

use app::form::Returned;
use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Error, Scope};
use protocol::Problem;

use crate::{host::Host, page};

pub(crate) mod account;
pub(crate) mod chat;
pub(crate) mod comment;
pub(crate) mod person;
pub(crate) mod post;

/// Bytes of a form at most. The longest text is 5,000 characters; percent-encoded, that can be twelve times as many.
pub(crate) const BYTES: usize = 80 * 1024;

/// What a form carries, and who sent it.
pub(crate) struct Posted {
    pub(crate) host: Host,
    pub(crate) scope: Scope,
    parts: Parts,
    values: Vec<(String, String)>,
}

impl Posted {
    /// What was typed into `field`; nothing is an empty text.
    pub(crate) fn value(&self, field: &str) -> String {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// An id that the form carries.
    pub(crate) fn id<Id: std::str::FromStr>(&self, field: &str) -> Result<Id, Error> {
        self.value(field).parse().map_err(|_| Problem::BadRequest.into())
    }

    /// What the browser calls itself.
    pub(crate) fn device(&self) -> String {
        let device = self.parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        device.unwrap_or("Unknown browser").to_owned()
    }

    /// The page that the form stands on, as it says itself; `otherwise` when it says none of ours.
    pub(crate) fn back(&self, otherwise: &str) -> String {
        let said = self.value("back");
        if is_local(&said) { said } else { otherwise.to_owned() }
    }

    /// Leads on to `path` when it went well, and otherwise shows `page` again.
    pub(crate) async fn answer(self, done: Result<(), Error>, path: &str, page: &str) -> Response {
        match done {
            Ok(()) => see(path),
            Err(error) => self.again(page, error).await,
        }
    }

    /// Shows `page` again.
    pub(crate) async fn again(self, page: &str, error: Error) -> Response {
        error.log();
        let returned = Returned {
            action: self.parts.uri.path().to_owned(),
            values: self.values.into_iter().filter(|(name, _)| name != "password").collect(),
            problem: error.into_problem(),
        };
        page::again(&self.host, self.parts, page, returned).await
    }
}

impl FromRequest<Host> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, host: &Host) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let scope = parts.extensions.get::<Scope>().cloned();
        let scope = scope.ok_or_else(|| page::plain_problem(&Problem::Internal))?;
        if !is_form(&parts.headers) {
            return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "This address takes forms.").into_response());
        }
        let bytes =
            axum::body::to_bytes(body, BYTES).await.map_err(|_| page::plain_problem(&Problem::TooLarge))?;
        let values =
            serde_urlencoded::from_bytes(&bytes).map_err(|_| page::plain_problem(&Problem::BadRequest))?;
        Ok(Self { host: host.clone(), scope, parts, values })
    }
}

/// Leads the browser on to a page of ours with a new GET.
pub(crate) fn see(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// The same, and changes the cookie.
pub(crate) fn see_with_cookie(path: &str, cookie: HeaderValue) -> Response {
    ([(header::SET_COOKIE, cookie)], Redirect::to(path)).into_response()
}

/// Whether `path` stays here. A second slash, or a backslash, which browsers read as one, would lead to another host.
pub(crate) fn is_local(path: &str) -> bool {
    let mut characters = path.chars();
    characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && !path.contains(|c: char| c.is_control() || c == '\\')
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
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
