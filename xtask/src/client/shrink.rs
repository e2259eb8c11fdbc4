//! `wasm-opt` over the first part and the later ones, `esbuild` over the scripts.

use std::path::Path;

use anyhow::Result;

use super::{function_order, tools};
use crate::files;
use crate::workspace::{Workspace, run_silent};

/// What every browser of the last two years understands and rustc uses. They are named one by one, because
/// `--all-features` makes wasm-opt write an encoding that Chromium refuses.
pub(crate) const FEATURES: &[&str] = &[
    "bulk-memory",
    "bulk-memory-opt",
    "nontrapping-float-to-int",
    "sign-ext",
    "mutable-globals",
    "reference-types",
    "multivalue",
];

/// Not `-Oz`: what it makes is smaller, and what brotli makes of it is larger.
pub(crate) const LEVEL: &str = "-O2";

pub(crate) fn shrink(workspace: &Workspace, folder: &Path) -> Result<()> {
    for wasm in files::walk_extension(folder, "wasm")? {
        shrink_one(workspace, &wasm)?;
    }
    Ok(())
}

/// What the modules export stays: they import each other by it.
pub(crate) fn minify(workspace: &Workspace, folder: &Path) -> Result<()> {
    for script in files::walk_extension(folder, "js")? {
        let mut command = tools::esbuild(workspace)?;
        command.args(["--minify", "--format=esm", "--log-level=warning", "--allow-overwrite"]);
        let mut outfile = std::ffi::OsString::from("--outfile=");
        outfile.push(&script);
        run_silent(command.arg(&script).arg(outfile))?;
    }
    Ok(())
}

fn shrink_one(workspace: &Workspace, wasm: &Path) -> Result<()> {
    let small = wasm.with_extension("small");
    let mut command = tools::wasm_opt(workspace);
    command.args([LEVEL, "--strip-producers"]);
    command.args(FEATURES.iter().map(|feature| format!("--enable-{feature}")));
    // It wonders about names in the parts that it does not know, and throws them away with the rest.
    run_silent(command.arg(wasm).arg("--output").arg(&small))?;
    files::write(wasm, &function_order::sort(&files::read(&small)?)?)?;
    std::fs::remove_file(&small)?;
    Ok(())
}
