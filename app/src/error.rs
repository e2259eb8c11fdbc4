//! What goes wrong on the way of a server function, and every sentence that a person reads about it.

use protocol::{Problem, Reason};
use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::json::JsonText;

/// Why a server function gave no answer. There is deliberately no `From` for errors of a database or of anything else:
/// a careless `?` does not compile, instead of telling a stranger what the database said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// The server refused.
    #[error("{0}")]
    Problem(Problem),
    /// The request or its answer was lost on the way.
    #[error("the server was not reached")]
    Transport,
}

impl AppError {
    /// What the person hears.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Problem(problem) => problem.clone(),
            Self::Transport => Problem::Unavailable,
        }
    }

    /// The sentence for it, outside any field.
    pub fn sentence(&self) -> String {
        match self {
            Self::Problem(problem) => sentence(problem),
            Self::Transport => "Can't reach Kith. Check your connection and try again.".to_owned(),
        }
    }
}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Transport,
            // In the browser, an answer that our server does not write: a proxy says that it was not reached.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "hydrate") => Self::Transport,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Problem(Problem::BadRequest),
            _ => Self::Problem(Problem::Internal),
        }
    }
}

/// What is said of a problem that belongs to no field.
pub fn sentence(problem: &Problem) -> String {
    match problem {
        Problem::Invalid { fields } => fields.first().map_or_else(
            || "Something in this form isn't valid.".to_owned(),
            |found| reason(&found.field, found.reason),
        ),
        Problem::SignInNeeded => "You've been logged out. Log in again to continue.".to_owned(),
        Problem::SignedInAs { username } => {
            format!(
                "This browser is now signed in as @{username}. Reload the page to continue as @{username}, \
                 or log in as yourself again."
            )
        }
        Problem::WrongCredentials => "Wrong username or password.".to_owned(),
        Problem::UnknownPasskey => "This passkey doesn't work here. Log in with your password.".to_owned(),
        Problem::NotVerified => "Your address isn't verified yet. Check your email for the link.".to_owned(),
        Problem::LinkUnusable => {
            "This link doesn't work. It may be incomplete, expired or already used.".to_owned()
        }
        Problem::NotFound => "This is no longer available.".to_owned(),
        Problem::YouBlocked => "You blocked this person. Unblock them first.".to_owned(),
        Problem::Changed => "This was changed in another window.".to_owned(),
        Problem::TooMany { retry_after } => {
            format!("Too many tries. Try again in {}.", duration(*retry_after))
        }
        Problem::TooLarge => "That's too large.".to_owned(),
        Problem::BadRequest => {
            "Something went wrong with this request. Reload the page and try again.".to_owned()
        }
        Problem::Unavailable => "Kith can't do this right now. Try again in a moment.".to_owned(),
        Problem::Internal => "Something went wrong on our side. It has been logged.".to_owned(),
    }
}

/// What is said at a field.
pub fn reason(field: &str, reason: Reason) -> String {
    match (field, reason) {
        ("first_name", Reason::Empty) => "Enter your first name.".to_owned(),
        ("last_name", Reason::Empty) => "Enter your last name.".to_owned(),
        ("username", Reason::Empty) => "Choose a username.".to_owned(),
        ("username", Reason::Malformed) => {
            "Use letters from a to z, digits and _, beginning with a letter.".to_owned()
        }
        ("username", Reason::Taken) => {
            "This username is taken, or looks too much like one that is.".to_owned()
        }
        ("username", Reason::TooMany { max }) => {
            format!(
                "You changed your username {max} times in the last 30 days. Wait a little before the next change."
            )
        }
        (link, Reason::Malformed) if link.starts_with("link_") => {
            "Enter the address of a page, starting with https.".to_owned()
        }
        ("quiet_from" | "quiet_until", Reason::Malformed) => "Enter a time of day, such as 22:00.".to_owned(),
        ("quiet_until", Reason::Empty) => "Choose two different times.".to_owned(),
        ("country", Reason::Malformed) => "Choose a country from the list.".to_owned(),
        ("pictures", Reason::Empty) => "Choose a picture first.".to_owned(),
        ("email", Reason::Empty) => "Enter your email address.".to_owned(),
        ("email", Reason::Malformed) => "This doesn't look like an email address.".to_owned(),
        ("password", Reason::Empty | Reason::TooShort { .. }) => "Use at least 10 characters.".to_owned(),
        ("current_password", Reason::Empty) => "Enter your password.".to_owned(),
        ("current_password", Reason::Wrong) => "Wrong password.".to_owned(),
        ("code", Reason::Wrong) => "Wrong code. If it came from your app, wait for the next one.".to_owned(),
        ("email", Reason::Unchanged) => "This is already your address.".to_owned(),
        ("first_name" | "last_name", Reason::Malformed) => {
            "A name can't be a web or email address.".to_owned()
        }
        ("password", Reason::Guessable) => "This is easy to guess. Try a few unusual words.".to_owned(),
        ("pictures", Reason::TooMany { max }) => format!("A post can have up to {max} pictures."),
        ("pictures", Reason::TooLarge { max }) => format!("A picture can be up to {max} MB."),
        ("pictures", Reason::TooManyPixels { max }) => format!("A picture can be up to {max} megapixels."),
        ("pictures", Reason::TooManyFrames { max }) => format!("An animation can have up to {max} frames."),
        ("pictures", Reason::TimedOut) => {
            "This animation takes too long to process. Try a shorter or smaller one.".to_owned()
        }
        ("pictures", Reason::StorageFull) => {
            "Kith is out of disk space, so pictures can't be added right now. Please tell its administrator."
                .to_owned()
        }
        ("pictures", Reason::UnknownKind) => "Pictures must be JPEG, PNG, GIF or WebP.".to_owned(),
        ("pictures", Reason::Damaged) => "This picture is damaged or incomplete.".to_owned(),
        ("pictures", Reason::Gone) => "A picture is no longer available. Add it again.".to_owned(),
        ("pictures", Reason::QuotaReached { max }) => {
            format!("Your pictures have used up your {max} MB. Delete some first.")
        }
        ("alt", Reason::TooLong { max }) => format!("Describe a picture in at most {max} characters."),
        ("body", Reason::Empty) => "Write something first.".to_owned(),
        (_, Reason::Empty) => "This can't be empty.".to_owned(),
        (_, Reason::TooShort { min }) => format!("Use at least {min} characters."),
        (_, Reason::TooLong { max }) => format!("Use at most {max} characters."),
        (_, Reason::Malformed) => "This isn't valid.".to_owned(),
        (_, Reason::Unprintable) => "This has invisible characters. Type it again.".to_owned(),
        (_, Reason::StackedMarks) => "This has too many marks stacked on one letter.".to_owned(),
        (_, Reason::Taken) => "This is taken.".to_owned(),
        (_, Reason::Guessable) => "This is easy to guess.".to_owned(),
        (_, Reason::Wrong) => "This isn’t right.".to_owned(),
        (_, Reason::Unchanged) => "This hasn't changed.".to_owned(),
        (_, Reason::TooMany { max }) => format!("You can add up to {max}."),
        (_, Reason::TooLarge { max }) => format!("This can be up to {max} MB."),
        (_, Reason::TooManyPixels { max }) => format!("This can be up to {max} megapixels."),
        (_, Reason::TooManyFrames { max }) => format!("This can have up to {max} frames."),
        (_, Reason::TimedOut) => "This takes too long to process.".to_owned(),
        (_, Reason::StorageFull) => "Kith is out of disk space. Please tell its administrator.".to_owned(),
        (_, Reason::UnknownKind) => "This kind of file isn't supported.".to_owned(),
        (_, Reason::Damaged) => "This file is damaged or incomplete.".to_owned(),
        (_, Reason::Gone) => "This is no longer available.".to_owned(),
        (_, Reason::QuotaReached { max }) => format!("You've used up your {max} MB."),
    }
}

fn duration(seconds: u32) -> String {
    match seconds {
        0..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}
