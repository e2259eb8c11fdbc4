//! What can be reached, read from the sources. A file that does not exist yet holds nothing; a folder that does not
//! exist is an error, because then this check would look at nothing and be content.

mod items;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use crate::files;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) name: String,
    /// File and line.
    pub(crate) place: String,
}

/// Every `pub async fn verb(cx: &Cx, scope: &Scope, …)` of the domain: `post::publish`.
pub(crate) fn use_cases(root: &Path) -> Result<Vec<Found>> {
    each(root, "domain/src", items::use_cases)
}

/// Every message of the live socket: `Slice::Variant`, or `Variant` for what concerns the connection itself.
pub(crate) fn messages(root: &Path, name: &str) -> Result<Vec<Found>> {
    let enums: HashMap<String, Vec<items::Variant>> =
        each(root, "protocol/src", |_, path, text| items::enums(path, text))?.into_iter().collect();
    let Some(slices) = enums.get(name) else {
        // An enum that was renamed must not take its messages out of the check.
        let live = root.join("protocol/src/live.rs");
        if live.is_file() && files::read_text(&live)?.contains("enum ") {
            bail!("protocol/src/live.rs has no enum {name}; rename it back, or here too");
        }
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for slice in slices {
        match slice.inner.as_ref().and_then(|inner| enums.get(inner)) {
            Some(variants) => found.extend(variants.iter().map(|variant| Found {
                name: format!("{}::{}", slice.found.name, variant.found.name),
                place: variant.found.place.clone(),
            })),
            None => found.push(slice.found.clone()),
        }
    }
    Ok(found)
}

/// Runs over the sources of a folder that are not tests.
fn each<T>(
    root: &Path,
    folder: &str,
    inspect: impl Fn(&[String], &Path, &str) -> Result<Vec<T>>,
) -> Result<Vec<T>> {
    let mut found = Vec::new();
    for path in files::walk_extension(&root.join(folder), "rs")? {
        let inside = path.strip_prefix(root.join(folder))?;
        if !is_for_tests(inside) {
            let name = Path::new(folder).join(inside);
            found.extend(inspect(&module(inside), &name, &files::read_text(&path)?)?);
        }
    }
    Ok(found)
}

fn is_for_tests(inside: &Path) -> bool {
    inside.with_extension("").iter().any(|part| part == "tests" || part == "testing")
}

/// `post/api.rs` is `post::api`; `lib.rs` and `main.rs` are the root.
fn module(inside: &Path) -> Vec<String> {
    let module: PathBuf = inside.with_extension("");
    let mut parts: Vec<String> = module.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.len() == 1 && (parts[0] == "lib" || parts[0] == "main") {
        parts.clear();
    }
    parts
}
