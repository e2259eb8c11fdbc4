//! What server functions need of the host; the only module that is not compiled into the client.

use domain::{Cx, Scope};
use http::request::Parts;
use leptos::prelude::use_context;
use protocol::Problem;

use crate::error::AppError;

/// What the process has and who asks. The host provides both, for pages and for server functions alike.
pub fn request() -> Result<(Cx, Scope), AppError> {
    let cx = use_context::<Cx>();
    let scope = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Scope>().cloned());
    cx.zip(scope).ok_or(AppError::Problem(Problem::Internal))
}

/// The person hears the problem, the log hears the cause, once, here.
impl From<domain::Error> for AppError {
    fn from(error: domain::Error) -> Self {
        error.log();
        let problem = error.into_problem();
        set_status(&problem);
        Self::Problem(problem)
    }
}

/// Gives the answer the status that belongs to a problem, and says when to come back.
pub fn set_status(problem: &Problem) {
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(status(problem));
        if let Some(seconds) = retry_after(problem) {
            response.insert_header(http::header::RETRY_AFTER, seconds.into());
        }
    }
}

/// Seconds after which trying again makes sense.
pub fn retry_after(problem: &Problem) -> Option<u32> {
    match problem {
        Problem::TooMany { retry_after } => Some(*retry_after),
        Problem::Unavailable => Some(5),
        _ => None,
    }
}

/// The HTTP status that belongs to a problem.
pub fn status(problem: &Problem) -> http::StatusCode {
    use http::StatusCode;
    match problem {
        Problem::Invalid { .. }
        | Problem::WrongCredentials
        | Problem::UnknownPasskey
        | Problem::NotVerified
        | Problem::YouBlocked => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::SignInNeeded => StatusCode::UNAUTHORIZED,
        Problem::Changed | Problem::SignedInAs { .. } => StatusCode::CONFLICT,
        Problem::LinkUnusable | Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::BadRequest => StatusCode::BAD_REQUEST,
        Problem::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
