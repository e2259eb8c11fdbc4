//! The tools that npm brings: wasm-opt and lightningcss.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;

/// Fails, saying what to do, when the tools are not there.
pub(crate) fn installed(workspace: &Workspace) -> Result<()> {
    ensure!(
        workspace.root.join("node_modules/binaryen").is_dir(),
        "wasm-opt and lightningcss are not installed here; run `scripts/setup`, which is `npm ci` in the root"
    );
    Ok(())
}

pub(crate) fn wasm_opt(workspace: &Workspace) -> Command {
    // It is a script, so that no file needs to be executable.
    let mut command = Command::new("node");
    command.arg(workspace.root.join("node_modules/binaryen/bin/wasm-opt"));
    command
}

/// The binary in the package for this platform. npm installs only the package that fits; the name in
/// `node_modules/.bin` is put in place by an install script, and those may be switched off.
pub(crate) fn lightningcss(workspace: &Workspace) -> Result<Command> {
    let modules = workspace.root.join("node_modules");
    let binary = std::fs::read_dir(&modules)
        .context("node_modules cannot be listed; run `scripts/setup`")?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("lightningcss-cli-"))
        .map(|entry| entry.path().join(binary_name()))
        .find(|path| path.is_file())
        .context("npm has no lightningcss for this platform; remove node_modules and run `scripts/setup`")?;
    Ok(Command::new(binary))
}

fn binary_name() -> &'static str {
    if cfg!(windows) { "lightningcss.exe" } else { "lightningcss" }
}
