//! Jobs that are not tried again by themselves.

use protocol::Timestamp;
use uuid::Uuid;

use crate::{
    Cx, Error,
    db::{all, execute},
    job::{Task, entity},
    mail::Letter,
};

/// Days for which a job that was given up is kept. Longer, it would keep an address of somebody who may be gone.
const KEPT_DAYS: i64 = 30;

/// A job that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUpJob {
    /// Its id, as the log names it.
    pub id: Uuid,
    /// Its lane.
    pub lane: String,
    /// What it was to do, without an address.
    pub what: &'static str,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was given up.
    pub since: Timestamp,
    /// Why the last try failed.
    pub error: String,
}

/// The jobs that were given up, the latest first.
///
/// # Errors
/// Those of the database.
pub async fn given_up(cx: &Cx) -> Result<Vec<GivenUpJob>, Error> {
    let sql = "SELECT id, task, lane, run_at, attempts, last_error, given_up_at FROM job \
               WHERE given_up_at IS NOT NULL ORDER BY given_up_at DESC LIMIT 1000";
    let rows: Vec<entity::Model> = all(cx.db.read(), sql, []).await?;
    let jobs = rows.into_iter().map(|row| GivenUpJob {
        id: row.id,
        what: what(&row.task),
        lane: row.lane,
        attempts: row.attempts,
        since: Timestamp::from_micros(row.given_up_at.unwrap_or_default()),
        error: row.last_error.unwrap_or_default(),
    });
    Ok(jobs.collect())
}

/// Has all jobs that were given up tried again, as if they were new, and says how many.
///
/// # Errors
/// Those of the database.
pub async fn retry_given_up(cx: &Cx) -> Result<u64, Error> {
    let sql = "UPDATE job SET given_up_at = NULL, attempts = 0, run_at = $1 WHERE given_up_at IS NOT NULL";
    execute(cx.db.writer(), sql, [cx.now().micros().into()]).await
}

/// Deletes jobs that were given up long ago.
///
/// # Errors
/// Those of the database.
pub async fn sweep(cx: &Cx) -> Result<(), Error> {
    let before = cx.now().plus_seconds(-KEPT_DAYS * 24 * 3_600).micros();
    execute(cx.db.writer(), "DELETE FROM job WHERE given_up_at < $1", [before.into()]).await.map(drop)
}

fn what(task: &str) -> &'static str {
    match serde_json::from_str(task) {
        Ok(Task::Mail { letter: Letter::Welcome { .. } }) => "send a welcome mail",
        Ok(Task::Mail { letter: Letter::VerifyAgain { .. } }) => "send a new verification link",
        Ok(Task::Mail { letter: Letter::Reset { .. } }) => "send a password reset link",
        Ok(Task::Mail { letter: Letter::NewDevice { .. } }) => "tell of a log-in from a new device",
        Ok(Task::Mail { letter: Letter::ConfirmEmail { .. } }) => "send a link to confirm a new address",
        Ok(Task::Mail { letter: Letter::EmailRequested { .. } | Letter::EmailChanged { .. } }) => {
            "tell of a change of address"
        }
        Ok(Task::Mail { letter: Letter::SecurityChanged { .. } }) => "tell of a change of password or codes",
        Ok(Task::Mail { letter: Letter::Closed { .. } }) => {
            "tell somebody that their account will be deleted"
        }
        Ok(Task::Mail { letter: Letter::Reopened { .. } }) => "tell somebody that their account is back",
        Ok(Task::DeleteAccount { .. }) => "delete an account",
        Ok(Task::Export { .. }) => "make an export",
        Ok(Task::DeleteExport { .. }) => "delete the file of an export",
        Ok(Task::DeletePost { .. }) => "delete a removed post",
        Ok(Task::IndexSearch) => "make members and posts findable",
        Ok(Task::DeleteFiles { .. }) => "delete the files of a picture",
        Ok(Task::DeleteProfilePicture { .. }) => "delete the files of a profile picture",
        Err(_) => "unknown to this version of Kith",
    }
}
