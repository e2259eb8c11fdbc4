//! No modules of a crate import each other in a circle: each can be read, tested and moved with those below it.
//!
//! A module is a file, tests aside. It imports another one when a path in it, in a `use` or anywhere else, macros included,
//! leads to something that is defined there; `pub use` is followed to where the thing comes from. What a module takes from
//! its own submodules does not count: they are parts of it.

mod graph;
mod paths;
mod source;

use anyhow::Result;
use cargo_metadata::MetadataCommand;
use graph::Graph;
use source::Source;

use super::Findings;
use crate::workspace::Workspace;

/// Crates whose circles are still being undone.
const NOT_YET: &[&str] = &[];

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let metadata = MetadataCommand::new().current_dir(&workspace.root).no_deps().exec()?;
    let mut findings = Findings::new();
    for package in &metadata.packages {
        let name = package.name.as_str();
        let Some(folder) = package.manifest_path.parent() else { continue };
        let circles = inspect(&Source::read(folder.as_std_path())?);
        if !NOT_YET.contains(&name) {
            findings.extend(circles.into_iter().map(|circle| format!("{name}: {circle}")));
        } else if circles.is_empty() {
            findings.push(format!("{name} has no circle any more; take it out of NOT_YET"));
        }
    }
    Ok(findings)
}

/// One line for each circle: the shortest way round it, and how many modules it holds together.
fn inspect(source: &Source) -> Findings {
    let graph = Graph::new(source);
    let circles = graph.circles();
    circles
        .iter()
        .map(|circle| {
            let round: Vec<String> = graph.shortest_round(circle);
            format!(
                "{} modules import each other in a circle; move what they share below them: {}",
                circle.len(),
                round.join(", ")
            )
        })
        .collect()
}

#[cfg(test)]
mod tests;
