//! The tools that npm brings: wasm-opt, esbuild and lightningcss.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;

/// Fails, saying what to do, when the tools are not there.
pub(crate) fn installed(workspace: &Workspace) -> Result<()> {
    ensure!(
        ["binaryen", "esbuild"].iter().all(|name| workspace.root.join("node_modules").join(name).is_dir()),
        "wasm-opt, esbuild and lightningcss are not installed here; run `scripts/setup`, which is `npm ci` in the root"
    );
    Ok(())
}

pub(crate) fn wasm_opt(workspace: &Workspace) -> Command {
    // It is a script, so that no file needs to be executable.
    let mut command = Command::new("node");
    command.arg(workspace.root.join("node_modules/binaryen/bin/wasm-opt"));
    command
}

/// npm installs only the package that fits this platform. The names in `node_modules/.bin` are put in place by install
/// scripts, and those may be switched off.
pub(crate) fn lightningcss(workspace: &Workspace) -> Result<Command> {
    let modules = workspace.root.join("node_modules");
    binary(&modules, "lightningcss-cli-", if cfg!(windows) { "lightningcss.exe" } else { "lightningcss" })
}

pub(crate) fn esbuild(workspace: &Workspace) -> Result<Command> {
    let modules = workspace.root.join("node_modules/@esbuild");
    binary(&modules, "", if cfg!(windows) { "esbuild.exe" } else { "bin/esbuild" })
}

/// The first `file` in a package whose name begins with `prefix`.
fn binary(modules: &Path, prefix: &str, file: &str) -> Result<Command> {
    let binary = std::fs::read_dir(modules)
        .context("node_modules cannot be listed; run `scripts/setup`")?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path().join(file))
        .find(|path| path.is_file())
        .with_context(|| {
            format!("npm has no {file} for this platform; remove node_modules and run `scripts/setup`")
        })?;
    Ok(Command::new(binary))
}
