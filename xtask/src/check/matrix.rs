//! The matrix of blocks is complete: every way to reach people or their things is either tested for what a block hides,
//! or said to show nobody else.
//!
//! The ways are read from the sources: use cases of the domain, server functions, routes, pages, live messages. The
//! matrix is `domain/src/block/matrix.rs`. What is in one and not in the other is a finding, and so is a test that the
//! matrix names and nobody wrote.

mod discover;
mod table;
mod test_names;

use std::collections::BTreeSet;

use anyhow::Result;
use discover::Found;
use table::{Claim, Entry, Table};

use super::Findings;
use crate::workspace::Workspace;

const MATRIX: &str = "domain/src/block/matrix.rs";

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let table = Table::read(&workspace.root.join(MATRIX))?;
    let test_names = test_names::read(&workspace.root)?;
    let lists = [
        ("USE_CASES", discover::use_cases(&workspace.root)?),
        ("SERVER_FUNCTIONS", discover::server_functions(&workspace.root)?),
        ("ROUTES", discover::routes(&workspace.root)?),
        ("PAGES", discover::pages(&workspace.root)?),
        ("CLIENT_MESSAGES", discover::messages(&workspace.root, "ClientMessage")?),
        ("SERVER_MESSAGES", discover::messages(&workspace.root, "ServerMessage")?),
    ];
    let mut findings = Findings::new();
    for (list, found) in &lists {
        findings.extend(compare(list, found, table.list(list)));
        findings.extend(table.list(list).iter().flat_map(|entry| unproven(entry, &test_names)));
    }
    let known = |list: &str| lists.iter().any(|(known, _)| *known == list);
    findings.extend(
        table
            .lists()
            .filter(|list| !known(list))
            .map(|list| format!("{MATRIX}: nothing is compared with {list}; rename it")),
    );
    Ok(findings)
}

fn compare(list: &str, found: &[Found], entries: &[Entry]) -> Findings {
    let mut findings = Findings::new();
    let mut seen = BTreeSet::new();
    // A route may be registered in several pieces, one for each method.
    for Found { name, place } in found.iter().filter(|found| seen.insert(&found.name)) {
        if !entries.iter().any(|entry| entry.name == *name) {
            findings.push(format!(
                "{place}: `{name}` is not in {list} of {MATRIX}; add shows(\"{name}\", &[tests]) or neutral(\"{name}\", reason)"
            ));
        }
    }
    let mut entered = BTreeSet::new();
    for Entry { name, line, .. } in entries {
        if !seen.contains(name) {
            findings.push(format!(
                "{MATRIX}:{line}: {list} has `{name}`, which is nowhere in the code; remove or rename it"
            ));
        }
        if !entered.insert(name) {
            findings.push(format!("{MATRIX}:{line}: {list} has `{name}` twice; keep one"));
        }
    }
    findings
}

fn unproven(entry: &Entry, test_names: &BTreeSet<String>) -> Findings {
    let Entry { name, line, claim } = entry;
    match claim {
        Claim::Shows(tests) if tests.is_empty() => {
            vec![format!("{MATRIX}:{line}: `{name}` shows people and names no test; write one with a blocked person in it")]
        }
        Claim::Shows(tests) => tests
            .iter()
            .filter(|test| !test_names.contains(*test))
            .map(|test| format!("{MATRIX}:{line}: `{name}` names the test `{test}`, which does not exist; write or rename it"))
            .collect(),
        Claim::Neutral(reason) if reason.trim().is_empty() => {
            vec![format!("{MATRIX}:{line}: `{name}` is neutral without a reason; say why it shows nobody else")]
        }
        Claim::Neutral(_) => Findings::new(),
    }
}

#[cfg(test)]
mod tests;
