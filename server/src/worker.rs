//! What happens beside the requests: jobs, and cleaning up.

use std::time::Duration;

use domain::{Cx, Error, account, export, job::Lane, job_runner, media, session};
use futures::future::join_all;
use tokio::{
    task::JoinHandle,
    time::{interval, sleep},
};
use tokio_util::sync::CancellationToken;

use crate::app_state::AppState;

/// Jobs of other processes are seen after this time at the latest.
const POLL: Duration = Duration::from_secs(15);
const CLEAN_UP: Duration = Duration::from_secs(600);

/// Starts to work until the host stops: on each lane of jobs by itself. A job that has begun is finished.
pub(crate) fn start(state: &AppState) -> JoinHandle<()> {
    let (cx, stopping) = (state.cx.clone(), state.stopping.clone());
    tokio::spawn(async move {
        let lanes = Lane::ALL.map(|lane| work(&cx, lane, &stopping));
        tokio::join!(join_all(lanes), tidy(&cx, &stopping));
    })
}

async fn work(cx: &Cx, lane: Lane, stopping: &CancellationToken) {
    while !stopping.is_cancelled() {
        let pause = run_due_jobs(cx, lane, stopping).await;
        tokio::select! {
            () = stopping.cancelled() => {}
            () = sleep(pause) => {}
            () = cx.job_signals.added(lane) => {}
        }
    }
}

async fn tidy(cx: &Cx, stopping: &CancellationToken) {
    let mut cleaning_up = interval(CLEAN_UP);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            _ = cleaning_up.tick() => log(clean_up(cx).await),
        }
    }
}

/// Does all jobs of a lane that are due, and says how long to wait for the next one.
async fn run_due_jobs(cx: &Cx, lane: Lane, stopping: &CancellationToken) -> Duration {
    while !stopping.is_cancelled() {
        match job_runner::run_next(cx, lane).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                error.log();
                return POLL;
            }
        }
    }
    match job_runner::next_due(cx, lane).await {
        Ok(Some(seconds)) => POLL.min(Duration::from_secs(u64::try_from(seconds).unwrap_or(0) + 1)),
        Ok(None) => POLL,
        Err(error) => {
            error.log();
            POLL
        }
    }
}

pub(crate) async fn clean_up(cx: &Cx) -> Result<(), Error> {
    cx.limits.drop_full();
    account::sweep(cx).await?;
    media::sweep(cx).await?;
    export::sweep(cx).await?;
    session::sweep(cx).await?;
    job_runner::sweep(cx).await?;
    cx.db.truncate_log().await
}

fn log(done: Result<(), Error>) {
    if let Err(error) = done {
        error.log();
    }
}
