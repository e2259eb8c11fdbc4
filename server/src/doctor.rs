//! `kith doctor`: says what is wrong with what is stored, and what to do.

use std::fmt::Write;

use anyhow::{anyhow, bail};
use domain::{
    Cx, Error,
    doctor::{self, CounterReport, Report},
    job_runner, mail,
};

use crate::{app_state, config::Config};

/// Examines the database of `config`; before that, repairs and retries what is asked for.
pub(crate) async fn run(config: &Config, repair: bool, retry_jobs: bool) -> anyhow::Result<()> {
    if config.database_url.is_none() && !config.sqlite_path().exists() {
        bail!(
            "there is no database at {} (KITH_DATA_DIR names another folder)",
            config.sqlite_path().display()
        );
    }
    app_state::migrate(config).await?;
    let cx = app_state::open(config).await?;
    let examined = examine(&cx, repair, retry_jobs).await;
    cx.db.close().await?;
    let (text, is_well) = examined.map_err(|error| anyhow!("{error:?}"))?;
    print!("{text}");
    if is_well { Ok(()) } else { bail!("something needs your attention, see above") }
}

/// What there is to read, and whether all is well.
pub(crate) async fn examine(cx: &Cx, repair: bool, retry_jobs: bool) -> Result<(String, bool), Error> {
    let mut text = String::new();
    if repair {
        text.push_str(&repaired(&doctor::repair(cx).await?));
    }
    if retry_jobs {
        let jobs = match job_runner::retry_given_up(cx).await? {
            0 => "There were no jobs to try again.".to_owned(),
            1 => "1 job will be tried again within a minute, while the server runs.".to_owned(),
            jobs => format!("{jobs} jobs will be tried again within a minute, while the server runs."),
        };
        text.push_str(&format!("{jobs}\n\n"));
    }
    let report = doctor::examine(cx).await?;
    text.push_str(&shown(&report));
    let is_well = report.given_up.is_empty() && report.counters.iter().all(|counter| counter.wrong == 0);
    Ok((text, is_well))
}

fn repaired(counters: &[CounterReport]) -> String {
    let mut text = String::new();
    for CounterReport { name, wrong } in counters.iter().filter(|counter| counter.wrong > 0) {
        _ = writeln!(text, "Repaired {wrong} counters: {name}");
    }
    if text.is_empty() {
        text.push_str("There were no counters to repair.\n");
    }
    text + "\n"
}

fn shown(report: &Report) -> String {
    let mut text = "Counters\n".to_owned();
    for CounterReport { name, wrong } in &report.counters {
        let said = if *wrong == 0 { "right".to_owned() } else { format!("{wrong} wrong") };
        _ = writeln!(text, "  {name:<32}{said}");
    }
    if report.counters.iter().any(|counter| counter.wrong > 0) {
        text.push_str("To set them right: kith doctor --repair\n");
    }
    if report.given_up.is_empty() {
        text.push_str("\nNo jobs were given up.\n");
        return text;
    }
    _ = writeln!(text, "\nJobs given up: {}", report.given_up.len());
    for job in &report.given_up {
        let (since, times) = (mail::moment(job.since), if job.attempts == 1 { "try" } else { "tries" });
        _ = writeln!(text, "  {}: {}", job.lane, job.what);
        _ = writeln!(text, "    given up on {since} after {} {times}; job {}", job.attempts, job.id);
        _ = writeln!(text, "    {}", job.error);
    }
    text.push_str("To try them again: kith doctor --retry-jobs\n");
    text
}
