//! Cuts the compiled wasm into what is loaded at first and the parts that pages bring along.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use super::glue;
use crate::files;

/// What the linker must leave in the wasm, so that it can be cut: where code and data refer to each other.
pub(crate) const LINK_ARGUMENT: &str = "link-arg=--emit-relocs";
/// The module that loads parts. It lies beside the glue, and both import each other.
pub(crate) const LOADER: &str = "parts.js";

/// Names of parts, as in `app/src/pages.rs`, and the files that each consists of, without `.wasm`.
pub(crate) type Parts = BTreeMap<String, Vec<String>>;

/// Writes the parts and their loader into `folder`, and gives back what is left with the names of the parts.
pub(crate) fn split(compiled: &[u8], folder: &Path) -> Result<(Vec<u8>, Parts)> {
    let (main, loader, glue) = (folder.join("first.wasm"), format!("./{LOADER}"), format!("./{}", glue::JS));
    let mut options = Options::new(compiled);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &loader;
    options.main_module = &glue;
    let cut = transform(options).map_err(|error| anyhow!("the wasm cannot be split: {error:#}"))?;
    let first = files::read(&main)?;
    std::fs::remove_file(&main)?;
    Ok((first, cut.prefetch_map.into_iter().collect()))
}
