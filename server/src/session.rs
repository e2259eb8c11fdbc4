//! Who the cookie of a session stands for.

use axum::{
    extract::{Request, State},
    http::{Extensions, HeaderValue, StatusCode, request::Parts},
    middleware::Next,
    response::Response,
};
use domain::{Scope, Session, session};
use protocol::{Problem, account::ACCOUNT_HEADER};

use crate::{address, app_state::AppState, cookie::Cookie, request};

/// Finds out who asks, for everything behind it: [`scope`] says it there. A request that may change something has to say
/// for which account its page was made: a script says it in a header, a form in its body ([`confirm`]).
pub(crate) async fn identify(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let (mut known, mut ended) = (None, None);
    match find(&state, &mut parts).await {
        Ok(session) => {
            let from = address::of(&parts, &state.config.trusted_proxies);
            ended =
                session.is_none().then(|| clear_site_data::mark(&parts, state.config.is_secure())).flatten();
            let scope = session.map_or(Scope::anonymous(from), |session| Scope::signed_in(session, from));
            known = Some(scope.clone());
            if request::is_safe_method(&parts.method) {
                parts.extensions.insert(scope);
            } else {
                parts.extensions.insert(Unconfirmed(scope));
                confirm(&mut parts.extensions, parts.headers.get(ACCOUNT_HEADER).map(HeaderValue::as_bytes));
            }
        }
        Err(error) => {
            error.log();
            // Not the end yet: whoever reads the form behind this can give back what was typed.
            parts.extensions.insert(Unknown(error.into_problem()));
        }
    }
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    if let (StatusCode::TOO_MANY_REQUESTS, Some(scope)) = (answer.status(), &known) {
        scope.log_limit();
    }
    if let Some(mark) = ended {
        clear_site_data::clear(&mut answer, &mark, state.config.is_secure());
    }
    answer
}

/// Who the cookie stands for, while the request has not said whom its page was made for.
#[derive(Clone)]
struct Unconfirmed(Scope);

/// On routes that act for whoever holds a password or a link, and not for whoever is signed in. Their forms say whom their
/// page was made for as well, and may be older than a log-in in another tab.
#[derive(Clone)]
pub(crate) struct ActsForNobody;

/// Compares for whom the page was made with who is signed in; behind this, [`scope`] says who asks. What says nothing is
/// refused wherever anybody is signed in, so that no way to change something can forget to ask.
pub(crate) fn confirm(found: &mut Extensions, claimed: Option<&[u8]>) {
    let Some(Unconfirmed(scope)) = found.get().cloned() else { return };
    let acts_for_nobody = found.get::<ActsForNobody>().is_some() && claimed.is_some();
    match check_account(&scope, claimed) {
        Err(problem) if !acts_for_nobody => found.insert(Unknown(problem)).map(drop),
        _ => found.insert(scope).map(drop),
    };
}

/// Whether a page that was made for the account `claimed` may act under this cookie.
pub(crate) fn check_account(scope: &Scope, claimed: Option<&[u8]>) -> Result<(), Problem> {
    match scope.session() {
        Some(session) if claimed != Some(session.person.id.to_string().as_bytes()) => {
            Err(Problem::SignedInAs { username: session.person.username.clone() })
        }
        // Where nobody is signed in, nothing is done as somebody.
        _ => Ok(()),
    }
}

/// Who the cookie stands for, whoever the page was made for.
pub(crate) fn cookie_scope(found: &Extensions) -> Option<Scope> {
    found.get().map(|Unconfirmed(scope)| scope.clone())
}

/// The session of a request. That of a page leaves what its frame shows there, too.
async fn find(state: &AppState, parts: &mut Parts) -> Result<Option<Session>, domain::Error> {
    let Some(token) = Cookie::Session.find(&parts.headers, state.config.is_secure()) else { return Ok(None) };
    if !request::is_page(&parts.method, parts.uri.path()) && parts.uri.path() != request::SOCKET_PATH {
        return session::resolve(&state.cx, token).await;
    }
    let Some((session, me)) = session::visit(&state.cx, token).await? else { return Ok(None) };
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

pub(crate) mod clear_site_data;
