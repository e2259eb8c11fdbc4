//! What must not be among the dependencies of the client, as cargo resolves its features for wasm32.

use anyhow::{Context, Result, ensure};

use super::Findings;
use crate::workspace::Workspace;

const SERVER_ONLY: &[&str] = &[
    "axum",
    "domain",
    "hyper",
    "leptos_axum",
    "migration",
    "rustls",
    "sea-orm",
    "sfu",
    "sqlx",
    "sqlx-core",
    "str0m",
    "tokio",
];

pub(crate) fn check(workspace: &Workspace) -> Result<Findings> {
    let arguments = [
        "tree",
        "--package",
        "frontend",
        "--target",
        "wasm32-unknown-unknown",
        // A procedural macro runs in the compiler; nothing of it reaches the browser.
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let output = workspace.cargo(&arguments).output().context("cargo tree could not be started")?;
    ensure!(output.status.success(), "cargo tree failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    inspect(&String::from_utf8_lossy(&output.stdout))
}

fn inspect(tree: &str) -> Result<Findings> {
    let names: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    ensure!(
        names.contains(&"frontend") && names.contains(&"app"),
        "cargo tree did not print the client's dependencies"
    );
    Ok(SERVER_ONLY
        .iter()
        .filter(|name| names.contains(name))
        .map(|name| {
            format!(
                "{name} is linked into the client; `cargo tree -p frontend --target wasm32-unknown-unknown -i {name}` \
                 shows who brings it"
            )
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_of_its_own_crates_is_fine() {
        assert!(
            inspect("frontend v0.1.0 (/x/frontend)\napp v0.1.0 (/x/app)\nleptos v0.8.23").unwrap().is_empty()
        );
    }

    #[test]
    fn a_database_in_the_client_is_found() {
        let found = inspect("frontend v0.1.0\napp v0.1.0\nsea-orm v2.0.4\nsqlx-core v0.9.0 (*)").unwrap();
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_tree_that_is_empty_proves_nothing() {
        assert!(inspect("").is_err());
    }
}
