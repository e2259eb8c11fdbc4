//! The cookie, and who it stands for.

use axum::{
    extract::{Request, State},
    http::{Extensions, HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::Response,
};
use domain::{Scope, Session, entropy::Secret, session};
use protocol::Problem;

use crate::{address, host::Host, page};

/// Finds out who asks, for everything behind it: [`scope`] says it there.
pub(crate) async fn identify(State(host): State<Host>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match find(&host, &mut parts).await {
        Ok(session) => {
            let from = address::of(&parts, &host.config.trusted_proxies);
            let scope = session.map_or(Scope::anonymous(from), |session| Scope::signed_in(session, from));
            parts.extensions.insert(scope);
        }
        Err(error) => {
            error.log();
            // Not the end yet: whoever reads the form behind this can give back what was typed.
            parts.extensions.insert(Unknown(error.into_problem()));
        }
    }
    next.run(Request::from_parts(parts, body)).await
}

/// The session of a request. That of a page leaves what its frame shows there, too.
async fn find(host: &Host, parts: &mut Parts) -> Result<Option<Session>, domain::Error> {
    let Some(token) = token(&parts.headers, host.config.is_secure()) else { return Ok(None) };
    if !page::is_page(&parts.method, parts.uri.path()) {
        return session::resolve(&host.cx, token).await;
    }
    let Some((session, me)) = session::visit(&host.cx, token).await? else { return Ok(None) };
    parts.extensions.insert(me);
    Ok(Some(session))
}

/// Why it is not known who asks.
#[derive(Clone)]
struct Unknown(Problem);

/// Who asks.
pub(crate) fn scope(found: &Extensions) -> Result<Scope, Problem> {
    let unknown = || found.get::<Unknown>().map_or(Problem::Internal, |Unknown(problem)| problem.clone());
    found.get::<Scope>().cloned().ok_or_else(unknown)
}

/// The header that gives the browser its token, for as long as the session can live.
pub(crate) fn set_cookie(secret: &Secret, secure: bool) -> HeaderValue {
    cookie(&secret.expose(), session::LIFETIME_SECONDS, secure)
}

/// The header that takes the token away.
pub(crate) fn clear_cookie(secure: bool) -> HeaderValue {
    cookie("", 0, secure)
}

fn cookie(value: &str, seconds: i64, secure: bool) -> HeaderValue {
    let flag = if secure { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{flag}", name(secure));
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// A cookie whose name begins with `__Host-` can be set by no other host and over no open line, which browsers refuse on
/// plain http://localhost.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-kith" } else { "kith" }
}

fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(found, _)| *found == name(secure))
        .map(|(_, token)| token)
}
