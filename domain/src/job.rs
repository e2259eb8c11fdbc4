//! What happens later: stored with its cause, tried again until it works or is refused for good, gone when done.

use protocol::{PictureId, PostId, Timestamp};
use sea_orm::{ActiveModelTrait, EntityTrait, FromQueryResult, IntoActiveModel, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Cx, Error,
    db::{IntoValue, execute, one},
    mail::{self, Letter},
    media, post,
};

pub(crate) mod entity;
#[cfg(test)]
mod tests;

/// A try that takes longer than this is taken for dead, and made again by whoever comes next.
const TRY_SECONDS: i64 = 120;
/// Tries until a job is given up; with the pauses between them that is about two days.
const TRIES: i64 = 20;
/// Seconds between the last two tries at most.
const LONGEST_PAUSE: i64 = 6 * 3_600;

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Task {
    /// Write a letter and send it.
    Mail {
        /// Which.
        letter: Letter,
    },
    /// Delete a post that was removed, unless it has been brought back.
    DeletePost {
        /// Which.
        post: PostId,
    },
    /// Delete the files of a picture that has no row any more.
    DeleteFiles {
        /// Which.
        picture: PictureId,
    },
}

/// Does the next job that is due, if there is one. Several processes can do so at once: a job is claimed by moving its
/// time behind the longest try.
///
/// # Errors
/// Those of the database; a task that fails is kept for later and is no error here.
pub async fn run_next(cx: &Cx) -> Result<bool, Error> {
    let now = cx.now();
    let Some(job) = claim(cx, now).await? else { return Ok(false) };
    // A task of its own, so that one that panics has failed like any other and the worker lives on.
    let (own_cx, task) = (cx.clone(), job.task.clone());
    let done = tokio::spawn(async move { perform(&own_cx, &task).await }).await;
    match done.unwrap_or_else(|panic| Err(Error::internal(panic))) {
        Ok(()) => _ = entity::Entity::delete_by_id(job.id).exec(cx.db.writer()).await?,
        Err(error) => retry(cx, job, now, &error).await?,
    }
    Ok(true)
}

async fn perform(cx: &Cx, task: &str) -> Result<(), Error> {
    match serde_json::from_str(task).map_err(Error::internal)? {
        Task::Mail { letter } => mail::send(cx, &letter).await,
        Task::DeletePost { post } => post::delete_removed(cx, post).await,
        Task::DeleteFiles { picture } => media::delete_files(cx, picture).await,
    }
}

/// Seconds until the next job is due; none when there is no job.
///
/// # Errors
/// Those of the database.
pub async fn next_due(cx: &Cx) -> Result<Option<i64>, Error> {
    #[derive(FromQueryResult)]
    struct Due {
        run_at: i64,
    }
    let due: Option<Due> = one(cx.db.read(), "SELECT run_at FROM job ORDER BY run_at LIMIT 1", []).await?;
    Ok(due.map(|due| Timestamp::from_micros(due.run_at).seconds_since(cx.now()).max(0)))
}

/// Takes the next job that is due, if there is one; of several that want it, one gets it and the others the next.
async fn claim(cx: &Cx, now: Timestamp) -> Result<Option<entity::Model>, Error> {
    let due =
        "SELECT id, task, run_at, attempts, last_error FROM job WHERE run_at <= $1 ORDER BY run_at LIMIT 1";
    let claim = "UPDATE job SET run_at = $1, attempts = attempts + 1 WHERE id = $2 AND run_at = $3";
    let until = now.plus_seconds(TRY_SECONDS).micros();
    while let Some(job) = one::<entity::Model>(cx.db.read(), due, [now.micros().into()]).await? {
        if execute(cx.db.writer(), claim, [until.into(), job.id.into_value(), job.run_at.into()]).await? == 1
        {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

async fn retry(cx: &Cx, job: entity::Model, now: Timestamp, error: &Error) -> Result<(), Error> {
    let attempts = job.attempts + 1;
    let id: Uuid = job.id;
    if attempts >= TRIES || error.is_permanent() {
        tracing::error!(job = %id, attempts, ?error, "a job is given up");
        entity::Entity::delete_by_id(id).exec(cx.db.writer()).await?;
        return Ok(());
    }
    let pause = 5_i64.saturating_mul(1 << attempts.min(16)).min(LONGEST_PAUSE);
    tracing::warn!(job = %id, attempts, pause_seconds = pause, ?error, "a job failed and will be tried again");
    let mut row = job.into_active_model();
    row.run_at = Set(now.plus_seconds(pause).micros());
    row.attempts = Set(attempts);
    row.last_error = Set(Some(format!("{error:?}")));
    row.update(cx.db.writer()).await?;
    Ok(())
}
