use std::{fs, process::Command};

/// Where and when the figures come from, in one paragraph.
pub(crate) fn description() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let cpu = read("/proc/cpuinfo");
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let memory = read("/proc/meminfo");
    let memory = memory.split_whitespace().nth(1).and_then(|kibibytes| kibibytes.parse::<f64>().ok());
    let load = read("/proc/loadavg");
    format!(
        "{}, commit {}{}. {cores} cores ({}), {:.0} GB of memory, Linux {}, {}. Load of the machine at the beginning: {}.",
        said("date", &["-u", "+%Y-%m-%d %H:%M UTC"]),
        said("git", &["rev-parse", "--short", "HEAD"]),
        if said("git", &["status", "--porcelain", "--untracked-files=no"]).is_empty() {
            ""
        } else {
            " and changes"
        },
        cpu.trim_start_matches([' ', '\t', ':']),
        memory.unwrap_or_default() * 1_024.0 / 1e9,
        read("/proc/sys/kernel/osrelease").trim(),
        said("rustc", &["--version"]),
        load.split(' ').next().unwrap_or_default(),
    )
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}
