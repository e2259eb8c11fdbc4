//! The matrix of blocks is complete: every use case and every message of the live socket is either tested for what a block hides,
//! or said to show nobody else.
//!
//! Both are read from the sources. A slice has the entries of its use cases in its own file, in a constant called `SURFACES`;
//! what belongs to no slice stands in `domain/src/block/matrix.rs`. What is in the code and has no entry is a finding, and so is
//! an entry without code, and a test that an entry names and nobody wrote. Server functions, routes and pages are not looked for here:
//! `server/src/tests/privacy.rs` has the server list them, and calls each.

mod discover;
mod table;
mod test_names;

use std::collections::BTreeSet;

use anyhow::Result;
use discover::Found;
use table::{Claim, Entry, Table};

use super::Findings;
use crate::workspace::Workspace;

/// Where entries stand that belong to no slice.
const MATRIX: &str = "domain/src/block/matrix.rs";

/// Each list of entries: the constants that it is made of, and its name for people.
const USE_CASES: [&str; 2] = ["SURFACES", "LIVE"];

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let table = Table::read(&workspace.root)?;
    let test_names = test_names::read(&workspace.root)?;
    let lists: [(&[&str], Vec<Found>); 3] = [
        (&USE_CASES, discover::use_cases(&workspace.root)?),
        (&["CLIENT_MESSAGES"], discover::messages(&workspace.root, "ClientMessage")?),
        (&["SERVER_MESSAGES"], discover::messages(&workspace.root, "ServerMessage")?),
    ];
    let mut findings = Findings::new();
    for (constants, found) in &lists {
        let entries = table.entries(constants);
        findings.extend(compare(constants, found, &entries));
        findings.extend(entries.iter().flat_map(|entry| unproven(entry, &test_names)));
    }
    findings.extend(table.strays());
    let known = |list: &str| lists.iter().any(|(constants, _)| constants.contains(&list));
    findings.extend(
        table
            .lists()
            .filter(|list| !known(list))
            .map(|list| format!("{MATRIX}: nothing is compared with {list}; rename it")),
    );
    Ok(findings)
}

fn compare(constants: &[&str], found: &[Found], entries: &[&Entry]) -> Findings {
    let list = constants.join(" or ");
    let mut findings = Findings::new();
    for Found { name, place } in found {
        if !entries.iter().any(|entry| entry.name == *name) {
            findings.push(format!(
                "{place}: `{name}` is not in {list}; add shows(\"{name}\", &[tests]) or neutral(\"{name}\", reason)"
            ));
        }
    }
    let mut entered = BTreeSet::new();
    for Entry { name, place, .. } in entries {
        if !found.iter().any(|found| found.name == *name) {
            findings.push(format!(
                "{place}: {list} has `{name}`, which is nowhere in the code; remove or rename it"
            ));
        }
        if !entered.insert(name) {
            findings.push(format!("{place}: {list} has `{name}` twice; keep one"));
        }
    }
    findings
}

fn unproven(entry: &Entry, test_names: &BTreeSet<String>) -> Findings {
    let Entry { name, place, claim, .. } = entry;
    match claim {
        Claim::Shows(tests) if tests.is_empty() => {
            vec![format!(
                "{place}: `{name}` shows people and names no test; write one with a blocked person in it"
            )]
        }
        Claim::Shows(tests) => tests
            .iter()
            .filter(|test| !test_names.contains(*test))
            .map(|test| {
                format!("{place}: `{name}` names the test `{test}`, which does not exist; write or rename it")
            })
            .collect(),
        Claim::Neutral(reason) if reason.trim().is_empty() => {
            vec![format!("{place}: `{name}` is neutral without a reason; say why it shows nobody else")]
        }
        Claim::Neutral(_) => Findings::new(),
    }
}

#[cfg(test)]
mod tests;
