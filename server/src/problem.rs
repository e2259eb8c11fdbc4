//! Answers where no page can be rendered: a sentence for a person, an error for a script.

use app::{assets::Assets, error, error::AppError, form::Returned, server::status};
use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::{nonce::Nonce, prelude::*};
use protocol::Problem;

use crate::{app_state::AppState, headers::page_policy};

/// Says a problem; [`explain`] finds the words.
pub(crate) fn answer(problem: &Problem) -> Response {
    (status(problem), axum::Extension(problem.clone())).into_response()
}

/// The same, to somebody who has typed something that would be lost.
pub(crate) fn answer_with(returned: Returned) -> Response {
    let mut answer = answer(&returned.problem);
    answer.extensions_mut().insert(returned);
    answer
}

/// Gives every refusal that is no page its words, wherever it comes from: our own, and those of the layers, which have
/// none or speak to programmers.
pub(crate) async fn explain(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let format = Format::of(&request);
    let mut answer = next.run(request).await;
    let code = answer.status();
    if !(code.is_client_error() || code.is_server_error()) || has_sentence(answer.headers()) {
        return answer;
    }
    let problem = answer.extensions_mut().remove::<Problem>().unwrap_or_else(|| problem_of_status(code));
    let returned = answer.extensions_mut().remove::<Returned>();
    let mut worded = match format {
        Format::Json => Json(AppError::Problem(problem.clone())).into_response(),
        Format::Html => page(&state.cx.community.name, &state.assets, &problem, returned),
        Format::Text => error::sentence(&problem).into_response(),
    };
    *worded.status_mut() = code;
    for (name, value) in answer.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            worded.headers_mut().append(name, value.clone());
        }
    }
    if let Some(seconds) = app::server::retry_after(&problem) {
        worded.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    worded
}

/// Who reads the answer.
pub(crate) enum Format {
    /// Our client, which waits for the answer of a server function.
    Json,
    /// Somebody in front of a browser.
    Html,
    /// Anything else.
    Text,
}

impl Format {
    pub(crate) fn of(request: &Request) -> Self {
        let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
        match accepted {
            _ if request.uri().path().starts_with("/api/") => Self::Json,
            // What a person opens there is a picture; what a script does there is answered to the script.
            _ if request.uri().path().starts_with("/media") && request.method() == Method::POST => Self::Json,
            Some(accepted) if accepted.contains("text/html") => Self::Html,
            _ => Self::Text,
        }
    }
}

fn has_sentence(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
    kind.starts_with(b"text/html") || kind.starts_with(b"application/json")
}

fn problem_of_status(code: StatusCode) -> Problem {
    match code {
        StatusCode::UNAUTHORIZED => Problem::SignInNeeded,
        StatusCode::NOT_FOUND => Problem::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        StatusCode::SERVICE_UNAVAILABLE => Problem::Unavailable,
        code if code.is_server_error() => Problem::Internal,
        _ => Problem::BadRequest,
    }
}

/// A page that needs nothing but the style: no database, no script.
fn page(community: &str, assets: &Assets, problem: &Problem, returned: Option<Returned>) -> Response {
    let sentence = returned.as_ref().map_or_else(|| error::sentence(problem), Returned::sentence);
    let html = view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("Something went wrong · {community}")}</title>
                <link rel="stylesheet" href=assets.css.clone() />
            </head>
            <body>
                <main class="main" id="main">
                    <div class="error-page">
                        <h1>"Something went wrong"</h1>
                        <p>{sentence}</p>
                        {returned.map(resubmit_form)}
                        <div class="button-row">
                            // In another window: what stands here is not lost, and can be sent afterwards.
                            {log_in(problem)}
                            <a class="button" href="/">"Go home"</a>
                        </div>
                    </div>
                </main>
            </body>
        </html>
    };
    let policy = page_policy(&Nonce::new().to_string());
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, html.to_html()).into_response()
}

fn log_in(problem: &Problem) -> Option<impl IntoView + use<>> {
    let (address, label) = match problem {
        Problem::SignInNeeded => ("/login", "Log in"),
        Problem::SignedInAs { .. } => ("/login?switch", "Log in as someone else"),
        _ => return None,
    };
    Some(view! { <a class="button" href=address target="_blank">{label}</a> })
}

/// What was typed, and a button that sends it again: under another account only by saying so.
fn resubmit_form(returned: Returned) -> impl IntoView {
    let button = match &returned.problem {
        Problem::SignedInAs { username } => format!("Continue as @{username}"),
        _ => "Try again".to_owned(),
    };
    let written = returned.values.iter().find(|(name, _)| name == "body").map(|(_, text)| text.clone());
    let written = written.filter(|text| !text.trim().is_empty());
    view! {
        {written.map(|text| view! { <div class="post-body" dir="auto">{text}</div> })}
        <form method="post" action=returned.action>
            {returned.values.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            <div class="button-row"><button class="button" data-variant="primary">{button}</button></div>
        </form>
    }
}
