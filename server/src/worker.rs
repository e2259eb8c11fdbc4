//! What happens beside the requests: jobs, and cleaning up.

use std::time::Duration;

use domain::{Cx, Error, account, job, media, session};
use tokio::{task::JoinHandle, time::interval};

use crate::app_state::AppState;

/// Jobs of other processes are seen after this time at the latest.
const POLL: Duration = Duration::from_secs(15);
const CLEAN_UP: Duration = Duration::from_secs(600);

/// Starts to work until the host stops. A job that has begun is finished.
pub(crate) fn start(state: &AppState) -> JoinHandle<()> {
    let (cx, stopping) = (state.cx.clone(), state.stopping.clone());
    tokio::spawn(async move {
        let mut cleaning_up = interval(CLEAN_UP);
        while !stopping.is_cancelled() {
            let pause = run_due_jobs(&cx).await;
            tokio::select! {
                () = stopping.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
                () = cx.job_added.notified() => {}
                _ = cleaning_up.tick() => log(clean_up(&cx).await),
            }
        }
    })
}

/// Does all jobs that are due, and says how long to wait for the next one.
async fn run_due_jobs(cx: &Cx) -> Duration {
    loop {
        match job::run_next(cx).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                error.log();
                return POLL;
            }
        }
    }
    match job::next_due(cx).await {
        Ok(Some(seconds)) => POLL.min(Duration::from_secs(u64::try_from(seconds).unwrap_or(0) + 1)),
        Ok(None) => POLL,
        Err(error) => {
            error.log();
            POLL
        }
    }
}

pub(crate) async fn clean_up(cx: &Cx) -> Result<(), Error> {
    cx.limits.forget_old();
    account::sweep(cx).await?;
    media::sweep(cx).await?;
    session::sweep(cx).await?;
    cx.db.truncate_log().await
}

fn log(done: Result<(), Error>) {
    if let Err(error) = done {
        error.log();
    }
}
