//! One line per step, with its seconds.

use std::io::Write;
use std::time::Instant;

use anyhow::Result;

/// A step that prints nothing itself: its name at once, its seconds on the same line when it is done.
pub(crate) fn quiet<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    print!("{name} ... ");
    // A line that appears late is no reason to fail a build.
    drop(std::io::stdout().flush());
    let started = Instant::now();
    let outcome = work();
    println!("{}", if outcome.is_ok() { seconds(started) } else { "failed".to_owned() });
    outcome
}

/// A step that shows its own progress, such as cargo: one line before, one after.
pub(crate) fn speaking<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{name}");
    let started = Instant::now();
    let outcome = work()?;
    println!("{name} ... {}", seconds(started));
    Ok(outcome)
}

fn seconds(started: Instant) -> String {
    format!("{:.1} s", started.elapsed().as_secs_f64())
}
