//! The rules of this repository that no compiler checks. Each is a module; each proves in its tests that it can fail.

mod cfg_budget;
mod dependency_graph;
mod forbidden_deps;
mod matrix;
mod module_cycles;
mod names;
mod page_account;
mod styles;
mod tokens;
mod views;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// What is wrong, one line each: where, what, and what to do.
type Findings = Vec<String>;

type Rule = fn(&Workspace) -> Result<Findings>;

const RULES: &[(&str, Rule)] = &[
    ("crates depend on each other along the arrows", dependency_graph::check),
    ("no modules import each other in a circle", module_cycles::check),
    ("the client is free of the server", forbidden_deps::check),
    ("app has few lines of cfg", cfg_budget::check),
    ("everything reachable stands in the matrix of blocks", matrix::check),
    ("files have names that say something", names::check),
    ("views print no raw markup", views::check),
    ("requests say for which account their page was made", page_account::check),
    ("every stylesheet is imported", styles::check),
];

/// Checks every rule, prints what is wrong, and ends with "N passed, M failed".
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let mut broken = 0;
    for (name, rule) in RULES {
        let findings = rule(workspace).unwrap_or_else(|error| vec![format!("{error:#}")]);
        println!("{} {name}", if findings.is_empty() { "ok    " } else { "BROKEN" });
        for finding in &findings {
            println!("       {finding}");
        }
        broken += usize::from(!findings.is_empty());
    }
    println!("{} passed, {broken} failed", RULES.len() - broken);
    if broken > 0 {
        bail!("rules of the repository are broken; each line above says what to do");
    }
    Ok(())
}
