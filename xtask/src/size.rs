//! What the first load of the feed weighs, its page included, against `budget.toml`, and that no regular expressions are in it.

mod budget;
mod measure;
mod page;
mod symbols;

use anyhow::{Result, ensure};
use budget::Budget;
use measure::Site;

use crate::workspace::Workspace;
use crate::{client, files};

/// Measures the release build.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    client::build(workspace, client::Mode::Release)?;
    let budget = Budget::read(&workspace.root.join("budget.toml"))?;
    let site = Site::read(workspace.root.join("site"))?;
    let rows = budget.compare(&site.first_load(page::weigh(workspace)?)?);
    println!("{:<12}{:>10}{:>12}", "first load", "brotli", "budget");
    for row in &rows {
        let remark = if row.fits() { "" } else { "  too much" };
        println!("{:<12}{:>10}{:>12}{remark}", row.part, row.bytes, row.budget);
    }
    print_parts(&site)?;

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

/// What pages load besides, and how much of it other parts need as well.
fn print_parts(site: &Site) -> Result<()> {
    println!("\n{:<12}{:>10}{:>12}{:>8}", "later", "brotli", "shared", "files");
    for part in site.parts()? {
        println!("{:<12}{:>10}{:>12}{:>8}", part.name, part.own + part.shared, part.shared, part.files);
    }
    println!("\n{:<12}{:>10}", "shared", "brotli");
    for chunk in site.shared()? {
        println!("{:<12}{:>10}  {}", chunk.name, chunk.bytes, chunk.parts.join(", "));
    }
    println!();
    Ok(())
}
