//! What a process uses, as Linux tells it in `/proc`.

use std::{collections::HashMap, fs};

use anyhow::{Context, Result};

/// CPU time of each thread so far.
#[derive(Debug)]
pub(crate) struct Cpu(HashMap<String, Thread>);

#[derive(Debug)]
struct Thread {
    is_sqlite: bool,
    nanos: u64,
}

/// Microseconds of CPU time.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Micros {
    pub(crate) all: f64,
    /// Those of the threads on which SQLite runs.
    pub(crate) sqlite: f64,
}

impl Cpu {
    /// From `schedstat`, which counts nanoseconds where `stat` counts hundredths of a second.
    pub(crate) fn of(process: u32) -> Result<Self> {
        let mut threads = HashMap::new();
        for entry in fs::read_dir(format!("/proc/{process}/task")).context("the process has ended")? {
            let path = entry?.path();
            let read = |file: &str| fs::read_to_string(path.join(file));
            // A thread may end while we look.
            let (Ok(name), Ok(times)) = (read("comm"), read("schedstat")) else { continue };
            let thread = Thread { is_sqlite: name.starts_with("sqlx-sqlite"), nanos: first_number(&times)? };
            threads.insert(path.to_string_lossy().into_owned(), thread);
        }
        Ok(Self(threads))
    }

    /// That of a process that has not begun.
    pub(crate) fn none() -> Self {
        Self(HashMap::new())
    }

    /// What the process took since `earlier`.
    pub(crate) fn since(&self, earlier: &Self) -> Micros {
        let mut micros = Micros::default();
        for (path, now) in &self.0 {
            let before = earlier.0.get(path).map_or(0, |thread| thread.nanos);
            let taken = now.nanos.saturating_sub(before) as f64 / 1e3;
            micros.all += taken;
            micros.sqlite += if now.is_sqlite { taken } else { 0.0 };
        }
        micros
    }
}

/// Megabytes (of 1,000,000 bytes) that a process has in memory now, and the most that it had since [`forget_peak`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    pub(crate) now: f64,
    pub(crate) peak: f64,
}

impl Memory {
    pub(crate) fn of(process: u32) -> Result<Self> {
        let status =
            fs::read_to_string(format!("/proc/{process}/status")).context("the process has ended")?;
        Ok(Self { now: megabytes(&status, "VmRSS:")?, peak: megabytes(&status, "VmHWM:")? })
    }
}

/// Makes the peak of a process what it has now.
pub(crate) fn forget_peak(process: u32) -> Result<()> {
    fs::write(format!("/proc/{process}/clear_refs"), "5").context("the peak can't be forgotten")
}

fn megabytes(status: &str, name: &str) -> Result<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kibibytes = first_number(line.with_context(|| format!("no {name} in the status of a process"))?)?;
    Ok(kibibytes as f64 * 1_024.0 / 1e6)
}

fn first_number(text: &str) -> Result<u64> {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.parse().with_context(|| format!("a number was expected, not {word:?}"))
}

#[cfg(test)]
mod tests {
    use super::{Cpu, Memory, megabytes};

    #[test]
    fn what_this_process_does_is_seen() {
        let me = std::process::id();
        let before = Cpu::of(me).expect("its CPU");
        let mut sum = 0_u64;
        while Cpu::of(me).expect("its CPU").since(&before).all < 20_000.0 {
            sum = std::hint::black_box((0..1_000_000).fold(sum, |sum, number| sum ^ number));
        }
        let memory = Memory::of(me).expect("its memory");
        assert!(memory.now > 1.0 && memory.peak >= memory.now, "{memory:?}");
    }

    #[test]
    fn the_kernels_kibibytes_become_megabytes() {
        let status = "Name:\tkith\nVmHWM:\t  125000 kB\nVmRSS:\t   62500 kB\n";
        assert_eq!(megabytes(status, "VmRSS:").ok(), Some(64.0));
        assert_eq!(megabytes(status, "VmHWM:").ok(), Some(128.0));
        assert!(megabytes(status, "VmSwap:").is_err());
    }
}
