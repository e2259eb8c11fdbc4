//! The crates that are really built: `cargo tree` resolves features as the build does, where `cargo metadata` also
//! lists what no feature turns on; the licences are only in the latter.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context, Result, ensure};
use cargo_metadata::MetadataCommand;

use crate::workspace::Workspace;

#[derive(Debug)]
pub(crate) struct Linked {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) licence: Option<String>,
    /// A member of this workspace.
    pub(crate) ours: bool,
    /// Published in the Rust package index.
    pub(crate) from_index: bool,
}

impl fmt::Display for Linked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.name, self.version)
    }
}

pub(crate) fn packages(workspace: &Workspace, targets: &[String]) -> Result<Vec<Linked>> {
    let mut built = BTreeSet::new();
    for target in targets {
        let arguments = [
            "tree",
            "--workspace",
            "--target",
            target,
            "--edges",
            "normal,build,dev",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ];
        let output = workspace.cargo(&arguments).output().context("cargo tree could not be started")?;
        ensure!(
            output.status.success(),
            "cargo tree failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        built.extend(String::from_utf8_lossy(&output.stdout).lines().filter_map(name_and_version));
    }
    let metadata = MetadataCommand::new().current_dir(&workspace.root).exec()?;
    let packages: Vec<Linked> = metadata
        .packages
        .iter()
        .filter(|package| built.contains(&(package.name.to_string(), package.version.to_string())))
        .map(|package| Linked {
            name: package.name.to_string(),
            version: package.version.to_string(),
            licence: package.license.clone(),
            ours: package.source.is_none() && metadata.workspace_members.contains(&package.id),
            from_index: package.source.as_ref().is_some_and(cargo_metadata::Source::is_crates_io),
        })
        .collect();
    ensure!(packages.len() == built.len(), "cargo tree and cargo metadata disagree about what is built");
    Ok(packages)
}

/// From a line such as `syn v2.0.119 (proc-macro)`.
fn name_and_version(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    let name = words.next()?;
    Some((name.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
}
