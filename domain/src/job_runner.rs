//! Does the jobs that are stored in [`crate::job`]: tries each again until it works, is refused for good, or has been tried for
//! two days. One that is given up is kept for an operator, who can have it tried again (`kith doctor`).

use protocol::Timestamp;
use sea_orm::ActiveModelTrait;
use sea_orm::{EntityTrait, FromQueryResult, IntoActiveModel, Set, sea_query::Value};
use uuid::Uuid;

use crate::{
    Cx, Error, account,
    db::{IntoValue, execute, one},
    deletion, export,
    job::{Lane, Task, entity},
    mail::Letter,
    media,
};

mod given_up;
#[cfg(test)]
mod tests;

pub use given_up::{GivenUpJob, given_up, retry_given_up, sweep};

/// A try that takes longer than this is taken for dead, and made again by whoever comes next.
const TRY_SECONDS: i64 = 120;
/// Tries until a job is given up; with the pauses between them that is about two days.
const TRIES: i64 = 20;
/// Seconds between the last two tries at most.
const LONGEST_PAUSE: i64 = 6 * 3_600;

/// Does the next job of a lane that is due, if there is one. Several processes can do so at once: a job is claimed by moving
/// its time behind the longest try.
///
/// # Errors
/// Those of the database; a task that fails is kept for later and is no error here.
pub async fn run_next(cx: &Cx, lane: Lane) -> Result<bool, Error> {
    let now = cx.now();
    let Some(job) = claim(cx, lane, now).await? else { return Ok(false) };
    // A task of its own, so that one that panics has failed like any other and the worker lives on.
    let (own_cx, task) = (cx.clone(), job.task.clone());
    let done = tokio::spawn(async move { perform(&own_cx, &task).await }).await;
    match done.unwrap_or_else(|panic| Err(Error::internal(panic))) {
        Ok(()) => _ = entity::Entity::delete_by_id(job.id).exec(cx.db.writer()).await?,
        Err(error) => retry(cx, job, now, &error).await?,
    }
    Ok(true)
}

/// Does all jobs that are due, lane by lane.
///
/// # Errors
/// Those of the database.
pub async fn run_due(cx: &Cx) -> Result<(), Error> {
    let mut is_idle = false;
    while !is_idle {
        is_idle = true;
        for lane in Lane::ALL {
            while run_next(cx, lane).await? {
                // What was done may have added jobs to lanes before this one.
                is_idle = false;
            }
        }
    }
    Ok(())
}

async fn perform(cx: &Cx, task: &str) -> Result<(), Error> {
    match serde_json::from_str(task).map_err(Error::internal)? {
        Task::Mail { letter } => send(cx, &letter).await,
        Task::DeletePost { post } => deletion::delete_removed_post(cx, post).await,
        Task::DeleteAccount { account } => deletion::delete_account(cx, account).await,
        Task::Export { export } => export::make(cx, export).await,
        Task::DeleteExport { export } => export::delete_file(cx, export).await,
        Task::DeleteFiles { picture } => media::delete_files(cx, picture).await,
        Task::DeleteProfilePicture { picture } => media::profile_picture::delete_files(cx, picture).await,
    }
}

/// Writes a letter and sends it. Nothing is sent when its cause has gone meanwhile.
async fn send(cx: &Cx, letter: &Letter) -> Result<(), Error> {
    match account::mail::write(cx, letter).await? {
        Some(mail) => cx.mailer.send(&mail).await,
        None => Ok(()),
    }
}

/// Seconds until the next job of a lane is due; none when there is no job.
///
/// # Errors
/// Those of the database.
pub async fn next_due(cx: &Cx, lane: Lane) -> Result<Option<i64>, Error> {
    #[derive(FromQueryResult)]
    struct Due {
        run_at: i64,
    }
    let sql = "SELECT run_at FROM job WHERE lane = $1 AND given_up_at IS NULL ORDER BY run_at LIMIT 1";
    let due: Option<Due> = one(cx.db.read(), sql, [lane.name().into()]).await?;
    Ok(due.map(|due| Timestamp::from_micros(due.run_at).seconds_since(cx.now()).max(0)))
}

/// Takes the next job that is due, if there is one; of several that want it, one gets it and the others the next.
async fn claim(cx: &Cx, lane: Lane, now: Timestamp) -> Result<Option<entity::Model>, Error> {
    let due = "SELECT id, task, lane, run_at, attempts, last_error, given_up_at FROM job \
               WHERE lane = $1 AND given_up_at IS NULL AND run_at <= $2 ORDER BY run_at LIMIT 1";
    let claim = "UPDATE job SET run_at = $1, attempts = attempts + 1 \
                 WHERE id = $2 AND run_at = $3 AND given_up_at IS NULL";
    let until = now.plus_seconds(TRY_SECONDS).micros();
    let values: [Value; 2] = [lane.name().into(), now.micros().into()];
    while let Some(job) = one::<entity::Model>(cx.db.read(), due, values.clone()).await? {
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
    let mut row = job.into_active_model();
    row.attempts = Set(attempts);
    row.last_error = Set(Some(format!("{error:?}")));
    if attempts >= TRIES || error.is_permanent() {
        tracing::error!(job = %id, attempts, ?error, "a job is given up; `kith doctor` lists it");
        row.given_up_at = Set(Some(now.micros()));
    } else {
        let pause = 5_i64.saturating_mul(1 << attempts.min(16)).min(LONGEST_PAUSE);
        tracing::warn!(job = %id, attempts, pause_seconds = pause, ?error, "a job failed and will be tried again");
        row.run_at = Set(now.plus_seconds(pause).micros());
    }
    row.update(cx.db.writer()).await?;
    Ok(())
}
