//! The client, from sources to `site/`.
//!
//! Compile for wasm32, generate the glue, shrink, bundle the styles, name everything by its content, compress. What did
//! not change is not done again, and a `site/` that would come out the same is not touched, so that the server that
//! embeds it is not built again either.

mod compress;
mod function_order;
mod glue;
mod short_imports;
mod shrink;
pub(crate) mod site;
mod split;
mod style;
mod tools;

use std::path::PathBuf;
use std::{env, fs};

use anyhow::{Context, Result};

use crate::workspace::{Workspace, run};
use crate::{files, step};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build: not optimised, not compressed.
    Dev,
    Release,
}

/// In the folder of a mode: what the browser loads, and which files each part consists of.
const CODE: &str = "code";
const PARTS: &str = "parts.json";

impl Mode {
    fn profile(self) -> &'static str {
        match self {
            Mode::Dev => "dev",
            Mode::Release => "client",
        }
    }

    /// The folder in which cargo puts what it built with the profile.
    fn folder(self) -> &'static str {
        match self {
            Mode::Dev => "debug",
            Mode::Release => "client",
        }
    }
}

/// What is done to the compiled wasm: whoever changes it gets another client.
const STEPS: &[&[u8]] = &[
    include_bytes!("client/function_order.rs"),
    include_bytes!("client/glue.rs"),
    include_bytes!("client/short_imports.rs"),
    include_bytes!("client/shrink.rs"),
    include_bytes!("client/split.rs"),
];

/// Builds everything.
pub(crate) fn build(workspace: &Workspace, mode: Mode) -> Result<()> {
    compile(workspace, mode)?;
    assemble(workspace, mode)
}

/// Puts `site/` together from the wasm that was compiled last.
pub(crate) fn assemble(workspace: &Workspace, mode: Mode) -> Result<()> {
    tools::installed(workspace)?;
    let code = code(workspace, mode)?;
    let styles = step::quiet("client: bundle the styles", || style::bundle(workspace, mode))?;
    let changed = step::quiet("client: put site/ together", || site::write(workspace, mode, &code, styles))?;
    if !changed {
        println!("client: site/ is what it was");
    }
    Ok(())
}

/// The wasm as cargo left it, with the names of its functions.
pub(crate) fn compiled_wasm(workspace: &Workspace, mode: Mode) -> PathBuf {
    workspace.target.join("wasm32-unknown-unknown").join(mode.folder()).join("frontend.wasm")
}

fn compile(workspace: &Workspace, mode: Mode) -> Result<()> {
    let arguments = [
        "rustc",
        "--package",
        "frontend",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        mode.profile(),
        "--",
        "--codegen",
        split::LINK_ARGUMENT,
    ];
    let mut cargo = workspace.cargo(&arguments);
    if mode == Mode::Release {
        cargo.env("CARGO_ENCODED_RUSTFLAGS", release_flags(workspace));
    }
    step::speaking("client: compile the wasm", || run(&mut cargo))
}

/// Takes the place of the flags of `.cargo/config.toml`, with one more: the places of panics are kept without the folders
/// of the machine that built it.
fn release_flags(workspace: &Workspace) -> String {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| format!("{home}/.cargo")));
    let mut flags =
        format!("--cfg\x1ferase_components\x1f--remap-path-prefix={}=kith", workspace.root.display());
    if let Ok(home) = home {
        // Separated in cargo's own way, because a path may have spaces.
        flags.push_str(&format!("\x1f--remap-path-prefix={home}=cargo"));
    }
    flags
}

/// The folder with what is made of the compiled wasm, made again only when the compiled wasm or a tool is another one.
fn code(workspace: &Workspace, mode: Mode) -> Result<PathBuf> {
    let compiled = files::read(&compiled_wasm(workspace, mode))
        .context("the wasm is not compiled yet; run `cargo xtask client` first")?;
    let mut inputs = compiled.clone();
    for lock in ["Cargo.lock", "package-lock.json"] {
        inputs.extend(files::read(&workspace.root.join(lock))?);
    }
    inputs.extend(STEPS.concat());
    let key = files::short_hash(&inputs);

    let folder = workspace.kept().join(mode.folder());
    let stamp = folder.join("made-from");
    if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == key) {
        return Ok(folder);
    }
    files::remove_folder(&folder)?;
    let code = folder.join(CODE);
    fs::create_dir_all(&code)?;
    let (first, parts) = step::quiet("client: split the wasm", || split::split(&compiled, &code))?;
    files::write(&folder.join(PARTS), &serde_json::to_vec(&parts)?)?;
    step::quiet("client: generate the glue", || glue::generate(first, &code, mode))?;
    if mode == Mode::Release {
        short_imports::shorten(&code)?;
        step::quiet("client: minify the glue", || shrink::minify(workspace, &code))?;
        step::quiet("client: shrink the wasm", || shrink::shrink(workspace, &code))?;
    }
    files::write(&stamp, key.as_bytes())?;
    Ok(folder)
}
