//! Which error is for what: [`Problem`] is what the person hears; [`Error`] adds the cause and the place for the log,
//! and is what every function of this crate returns. The boundary (server functions, forms, socket) logs the cause once
//! and sends the problem.

use std::{error::Error as StdError, fmt, panic::Location};

use protocol::{Problem, Reason};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A problem with its cause.
pub struct Error {
    problem: Problem,
    cause: Option<Box<dyn StdError + Send + Sync>>,
    place: &'static Location<'static>,
    /// Whether trying again is of no use.
    is_permanent: bool,
}

impl Error {
    /// A defect or failure that no input explains.
    #[track_caller]
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            problem: Problem::Internal,
            cause: Some(cause.into()),
            place: Location::caller(),
            is_permanent: false,
        }
    }

    /// Something that was refused for good: trying again is of no use.
    #[track_caller]
    pub fn permanent(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            problem: Problem::Unavailable,
            cause: Some(cause.into()),
            place: Location::caller(),
            is_permanent: true,
        }
    }

    /// Whether trying again is of no use.
    pub const fn is_permanent(&self) -> bool {
        self.is_permanent
    }

    /// Something that we need does not answer at the moment.
    #[track_caller]
    pub fn unavailable(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            problem: Problem::Unavailable,
            cause: Some(cause.into()),
            place: Location::caller(),
            is_permanent: false,
        }
    }

    /// What the person hears.
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Gives the problem away; whoever does so has logged the cause.
    pub fn into_problem(self) -> Problem {
        self.problem
    }

    /// Where it happened, and why, when it is something for the log.
    pub fn cause(&self) -> Option<(&'static Location<'static>, &(dyn StdError + Send + Sync))> {
        self.cause.as_deref().map(|cause| (self.place, cause))
    }

    /// Writes the cause to the log, once, where the error leaves this crate. What a person did is no entry.
    pub fn log(&self) {
        if let Some((place, cause)) = self.cause() {
            match self.problem {
                Problem::Unavailable => {
                    tracing::warn!(%place, cause = %escaped(cause), "a part that is needed does not answer")
                }
                _ => tracing::error!(%place, cause = %escaped(cause), "failed"),
            }
        }
    }

    /// Whether a unique index stood against it.
    pub fn violates_unique(&self) -> bool {
        matches!(self.sql(), Some(SqlErr::UniqueConstraintViolation(_)))
    }

    fn sql(&self) -> Option<SqlErr> {
        self.cause.as_deref().and_then(|cause| cause.downcast_ref::<DbErr>()).and_then(DbErr::sql_err)
    }

    /// Turns the violation of the unique index or column called `name` into a problem of a field.
    #[must_use]
    pub fn on_unique(self, name: &str, field: &'static str) -> Self {
        match self.sql() {
            Some(SqlErr::UniqueConstraintViolation(message)) if message.contains(name) => Self {
                problem: Problem::field(field, Reason::Taken),
                cause: None,
                place: self.place,
                is_permanent: false,
            },
            _ => self,
        }
    }
}

impl From<Problem> for Error {
    #[track_caller]
    fn from(problem: Problem) -> Self {
        Self { problem, cause: None, place: Location::caller(), is_permanent: false }
    }
}

impl From<DbErr> for Error {
    #[track_caller]
    fn from(cause: DbErr) -> Self {
        let problem = if is_outage(&cause) { Problem::Unavailable } else { Problem::Internal };
        Self { problem, cause: Some(Box::new(cause)), place: Location::caller(), is_permanent: false }
    }
}

/// Whether the database could not be reached, or could not write: trying again later helps, and nobody erred.
fn is_outage(error: &DbErr) -> bool {
    match error {
        DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
            match &**cause {
                sqlx::Error::Io(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => true,
                sqlx::Error::Database(cause) => cause.code().is_some_and(|code| is_outage_code(&code)),
                _ => false,
            }
        }
        _ => false,
    }
}

fn is_outage_code(code: &str) -> bool {
    // PostgreSQL's have five characters: classes 08 (connection), 40 (rolled back because of another transaction), 53
    // (out of something) and 57 (shutting down or starting up). SQLite's are numbers of up to four digits whose low
    // byte says busy, read-only, I/O error, full disk or cannot open.
    match code.len() {
        5 => ["08", "40", "53", "57"].into_iter().any(|class| code.starts_with(class)),
        _ => code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 8 | 10 | 13 | 14)),
    }
}

/// The text of a cause on one line: a database may quote what a person typed, and the log must not be written by them. A mail
/// server quotes addresses, which are nothing for the log either.
fn escaped(cause: &(dyn StdError + Send + Sync)) -> String {
    without_addresses(&cause.to_string()).escape_debug().to_string()
}

fn without_addresses(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace);
    let hidden = words.map(|word| match word.contains('@') {
        true => word.trim_end().replace(|c: char| c.is_alphanumeric() || "@.+-_%".contains(c), "*"),
        false => word.trim_end().to_owned(),
    });
    hidden.collect::<Vec<_>>().join(" ")
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}", self.problem, self.place)?;
        self.cause.as_deref().map_or(Ok(()), |cause| write!(f, ": {}", escaped(cause)))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl StdError for Error {}

#[cfg(test)]
mod tests;
