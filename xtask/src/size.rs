//! What the first load of the feed weighs, against `budget.toml`, and that no regular expressions are in it.

mod budget;
mod symbols;

use anyhow::{Context, Result, ensure};
use budget::Budget;
use serde_json::Value;

use crate::workspace::Workspace;
use crate::{client, files};

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    client::build(workspace, client::Mode::Release)?;
    let budget = Budget::read(&workspace.root.join("budget.toml"))?;
    let rows = budget.compare(&measure(workspace)?);
    println!("{:<8}{:>12}{:>12}", "brotli", "bytes", "budget");
    for row in &rows {
        let remark = if row.fits() { "" } else { "  too much" };
        println!("{:<8}{:>12}{:>12}{remark}", row.part, row.bytes, row.budget);
    }

    let wasm = files::read(&client::compiled_wasm(workspace, client::Mode::Release))?;
    let linked = symbols::of_crates(&wasm, &["regex", "regex_automata", "regex_syntax"])?;
    ensure!(
        linked.is_empty(),
        "the wasm links regular expressions, which weigh half a megabyte: {}; find who calls them",
        linked.join(", ")
    );
    let heavy: Vec<&str> = rows.iter().filter(|row| !row.fits()).map(|row| row.part).collect();
    ensure!(
        heavy.is_empty(),
        "above budget.toml: {}; make it smaller or decide to raise it",
        heavy.join(", ")
    );
    println!("no regular expressions are linked");
    Ok(())
}

/// The compressed size of each part of the site, as a browser fetches it. Modules that the glue imports count with it.
fn measure(workspace: &Workspace) -> Result<budget::Sizes> {
    let site = workspace.root.join("site");
    let manifest: Value = serde_json::from_slice(&files::read(&site.join("manifest.json"))?)?;
    let part = |name: &str| -> Result<u64> {
        let address =
            manifest[name].as_str().with_context(|| format!("site/manifest.json does not name {name}"))?;
        Ok(files::read(&site.join(format!("{}.br", &address[1..])))?.len() as u64)
    };
    let mut snippets = 0;
    for path in files::walk_extension(&site.join("pkg"), "br")? {
        if path.strip_prefix(&site)?.to_string_lossy().contains("/snippets.") {
            snippets += std::fs::metadata(&path)?.len();
        }
    }
    Ok(budget::Sizes {
        js: part("js")? + snippets,
        wasm: part("wasm")?,
        css: part("css")?,
        icons: part("icons")?,
    })
}
