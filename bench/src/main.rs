//! `make bench`: measures the release build on databases of several sizes, says whether the budgets of the design are met,
//! and writes all of it below the last heading of `docs/bench.md`. Nothing of this crate is part of Kith.
//!
//! The machine is never quiet, so what is compared is measured in turns, in CPU time and not by the clock, over and over,
//! and the medians are told. Statements and steps are the same on every machine.

mod browser;
mod feed;
mod figures;
mod idle;
mod inside;
mod live_visit;
mod machine;
mod people;
mod picture;
mod process;
mod report;
mod seed;
mod server;
mod sql;
mod table;
mod upload;
mod visit;

use std::{env, fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, ensure};
use report::Measured;

const USAGE: &str = "\
bench            measure everything and write docs/bench.md
bench PART...    measure and print only these: sql, feed, visit, people, upload, idle";

/// Posts in each database.
const SIZES: [u32; 4] = [1_000, 10_000, report::BUDGETED_POSTS, 1_000_000];
/// What stands above the figures in `docs/bench.md`; what stands above it was written by people.
const HEADING: &str = "## Figures\n";

#[tokio::main]
async fn main() -> ExitCode {
    let parts: Vec<String> = env::args().skip(1).collect();
    match run(&parts).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(parts: &[String]) -> Result<()> {
    ensure!(
        parts
            .iter()
            .all(|part| ["sql", "feed", "visit", "people", "upload", "idle"].contains(&part.as_str())),
        "{USAGE}"
    );
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    let machine = machine::description();
    let bench = env::current_exe()?;
    let kith = bench.with_file_name("kith");
    ensure!(kith.is_file(), "{} is not built; `make bench` does that", kith.display());
    let kept = bench.ancestors().nth(2).context("a target folder")?.join("bench");
    let mut sets = Vec::new();
    for posts in SIZES {
        sets.push(seed::dataset(&kept, posts).await?);
    }
    let [smallest, .., largest] = sets.as_slice() else { return Ok(()) };
    let mut measured = Measured::default();
    if wanted("idle") {
        measured.idle = idle::measure(&kith, largest, &kept.join("start")).await?;
    }
    if wanted("sql") {
        measured.questions = sql::measure(&sets).await?;
    }
    if wanted("feed") {
        measured.costs = feed::measure(&kith, &sets).await?;
    }
    if wanted("visit") {
        let set = sets
            .iter()
            .find(|set| set.posts == report::BUDGETED_POSTS)
            .context("no database of that size")?;
        measured.visit = Some(live_visit::measure(&kith, set).await?);
    }
    if wanted("people") {
        measured.people = people::measure(&kept).await?;
    }
    if wanted("upload") {
        measured.uploads = upload::measure(&kith, smallest, &kept.join("upload")).await?;
    }
    let report = measured.report(&SIZES, &machine);
    println!("\n{report}");
    if parts.is_empty() { keep(&report) } else { Ok(()) }
}

/// Puts the figures in the place of the last ones.
fn keep(report: &str) -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("docs").join("bench.md");
    let page = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    let (words, _) =
        page.split_once(HEADING).with_context(|| format!("{} has no {HEADING}", path.display()))?;
    fs::write(&path, format!("{words}{HEADING}\n{report}"))?;
    println!("docs/bench.md has these figures now.");
    Ok(())
}
