//! Who the cookie of a session stands for.

use axum::{
    extract::{Request, State},
    http::{Extensions, request::Parts},
    middleware::Next,
    response::Response,
};
use domain::{Scope, Session, session};
use protocol::Problem;

use crate::{address, cookie::Cookie, host::Host, page};

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
    let Some(token) = Cookie::Session.find(&parts.headers, host.config.is_secure()) else { return Ok(None) };
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
