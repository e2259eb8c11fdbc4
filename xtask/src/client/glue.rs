//! The JavaScript between the browser and the wasm, written by wasm-bindgen, which is linked here as a library: the
//! version is then the one in Cargo.lock by construction, and nothing has to be installed.

use std::path::Path;

use anyhow::Result;
use wasm_bindgen_cli_support::Bindgen;

use super::Mode;

pub(crate) const JS: &str = "kith.js";
pub(crate) const WASM: &str = "kith_bg.wasm";

pub(crate) fn generate(compiled: Vec<u8>, folder: &Path, mode: Mode) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("kith", compiled)
        .web(true)?
        .typescript(false)
        // The page knows the hashed name of the wasm and passes it.
        .omit_default_module_path(true)
        // Parts reach what they share with it by these exports.
        .keep_lld_exports(true)
        .demangle(false)
        .keep_debug(mode == Mode::Dev)
        .remove_name_section(mode == Mode::Release)
        .remove_producers_section(mode == Mode::Release);
    std::fs::create_dir_all(folder)?;
    bindgen.generate_output()?.emit(folder)
}
