//! The JavaScript between the browser and the wasm, written by wasm-bindgen, which is linked here as a library: the
//! version is then the one in Cargo.lock by construction, and nothing has to be installed.

use std::path::Path;

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

use super::Mode;
use crate::files;

pub(crate) const JS: &str = "kith.js";
pub(crate) const WASM: &str = "kith_bg.wasm";
/// Modules that crates bring along; `kith.js` imports them from here.
pub(crate) const SNIPPETS: &str = "snippets";

pub(crate) fn generate(compiled: Vec<u8>, folder: &Path, mode: Mode) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("kith", compiled)
        .web(true)?
        .typescript(false)
        // The page knows the hashed name of the wasm and passes it.
        .omit_default_module_path(true)
        .keep_debug(mode == Mode::Dev)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(mode == Mode::Release);
    std::fs::create_dir_all(folder)?;
    bindgen.generate_output()?.emit(folder)
}

/// The snippets, by their paths inside `folder/snippets`.
pub(crate) fn snippets(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let root = folder.join(SNIPPETS);
    if !root.is_dir() {
        return Ok(Vec::new());
    }
    files::walk(&root)?
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&root)?.to_string_lossy().into_owned();
            Ok((inside, files::read(&path)?))
        })
        .collect()
}
