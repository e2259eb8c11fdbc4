//! Pages: rendered by the app, for whoever asks.

use app::{
    account::UsernameToVerify,
    form::{NewId, Returned},
    page::PageStatus,
    pages::{self, Access},
    post::SharedCards,
    security::RecoveryCodes,
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Cx, account};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use protocol::{Problem, account::MeView};
use tower::ServiceExt;

use crate::{
    app_state::AppState,
    assets::Client,
    document::{Address, Document},
    headers::page_policy,
    problem, request, session,
};

/// What renders pages. Everything is there before the first byte goes out, so that a page is whole without any script and
/// its status is the right one.
pub(crate) fn renderer(cx: Cx, client: Client, cards: SharedCards) -> Router {
    // Leptos spawns what a page waits for. A second renderer, in tests, finds the first one's choice, which is the same.
    _ = any_spawner::Executor::init_tokio();
    let assets = client.assets.clone();
    let context = move || {
        provide_context(assets.clone());
        provide_context(cards.clone());
        provide(&cx);
    };
    Router::new().fallback(leptos_axum::render_app_async_with_context(context, move || {
        view! { <Document client=client.clone() /> }
    }))
}

/// What pages and server functions find in their context.
pub(crate) fn provide(cx: &Cx) {
    provide_context(cx.clone());
    provide_context(cx.community.clone());
    let response = expect_context::<ResponseOptions>();
    if let Some(nonce) = use_nonce() {
        insert(&response, header::CONTENT_SECURITY_POLICY, &page_policy(&nonce));
    }
    if let Some(parts) = use_context::<Parts>() {
        if let Some(me) = parts.extensions.get::<MeView>() {
            provide_context(me.clone());
        }
        if let Some(username) = parts.extensions.get::<UsernameToVerify>() {
            provide_context(username.clone());
        }
        if let Some(codes) = parts.extensions.get::<RecoveryCodes>() {
            provide_context(codes.clone());
        }
        if let Some(address) = parts.extensions.get::<Address>() {
            provide_context(address.clone());
        }
        if let Some(returned) = parts.extensions.get::<Returned>() {
            provide_context(returned.clone());
            app::server::set_status(&returned.problem);
        }
    }
    let ids = cx.clone();
    provide_context(NewId::new(move || ids.new_id().inspect_err(domain::Error::log).ok()));
    provide_context(PageStatus::new(move |code| {
        if let Ok(code) = StatusCode::from_u16(code) {
            response.set_status(code);
        }
    }));
}

/// Any address that is no other route.
pub(crate) async fn page(State(state): State<AppState>, request: Request) -> Response {
    if request::is_safe_method(request.method()) {
        render(&state, request).await
    } else {
        ([(header::ALLOW, "GET, HEAD")], StatusCode::METHOD_NOT_ALLOWED).into_response()
    }
}

/// What answers when an address is asked in a way that it does not take.
pub(crate) async fn method_not_allowed(State(state): State<AppState>, request: Request) -> Response {
    match (request.method(), problem::Format::of(&request)) {
        // Somebody opened the address of a form.
        (&Method::GET | &Method::HEAD, problem::Format::Html) => page(State(state), request).await,
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

/// The page that a form came from, again, with what was wrong and what was typed.
pub(crate) async fn rerender(state: &AppState, mut parts: Parts, path: &str, returned: Returned) -> Response {
    parts.extensions.insert(returned);
    answer(state, parts, path).await
}

/// A page in answer to a form.
pub(crate) async fn answer(state: &AppState, parts: Parts, path: &str) -> Response {
    let Ok(uri) = path.parse::<Uri>() else { return problem::answer(&Problem::BadRequest) };
    let mut request = Request::from_parts(parts, Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = uri;
    request.headers_mut().remove(header::CONTENT_LENGTH);
    request.extensions_mut().insert(Address(path.to_owned()));
    render(state, request).await
}

async fn render(state: &AppState, mut request: Request) -> Response {
    let scope = match session::scope(request.extensions()) {
        Ok(scope) => scope,
        Err(unknown) => return problem::answer(&unknown),
    };
    let access = pages::access(request.uri().path());
    match (access, scope.session()) {
        (Some(Access::Members), None) => return to_log_in(request.uri()),
        (Some(Access::Visitors), Some(_)) if has_nothing_for_members(&request) => {
            return Redirect::to("/").into_response();
        }
        _ => {}
    }
    if scope.session().is_some() && request.extensions().get::<MeView>().is_none() {
        match account::me(&state.cx, &scope).await {
            Ok(me) => _ = request.extensions_mut().insert(me),
            Err(error) => {
                error.log();
                return problem::answer(error.problem());
            }
        }
    }
    if let Some(link) = request.uri().path().strip_prefix("/verify/") {
        match account::username_to_verify(&state.cx, link).await {
            Ok(Some(username)) => _ = request.extensions_mut().insert(UsernameToVerify(username)),
            Ok(None) => {}
            Err(error) => {
                error.log();
                return problem::answer(error.problem());
            }
        }
    }
    match state.pages.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// Whether a page for visitors has nothing for somebody who is signed in: no form of theirs comes back, and they do not want
/// to log in as somebody else.
fn has_nothing_for_members(request: &Request) -> bool {
    request.extensions().get::<Returned>().is_none() && request.uri().query() != Some("switch")
}

fn to_log_in(uri: &Uri) -> Response {
    let wanted = uri.path_and_query().map_or("/", |path| path.as_str());
    Redirect::to(&format!("/login?next={}", encoded(wanted))).into_response()
}

/// What a query may hold as it is: the unreserved characters of RFC 3986, and slashes.
const QUERY_VALUE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// A text as the value of a query.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, QUERY_VALUE).to_string()
}

fn insert(response: &ResponseOptions, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.insert_header(name, value);
    }
}
