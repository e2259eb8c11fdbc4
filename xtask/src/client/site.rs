//! The layout of `site/`: names, manifest, compressed variants; and the exchange of the old site for the new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use super::split::{self, Parts};
use super::{CODE, Mode, PARTS, compress, glue, style};
use crate::files;
use crate::workspace::Workspace;

const ICONS: &str = "icons.svg";

/// Path inside a folder to content.
type Files = BTreeMap<String, Vec<u8>>;

/// The addresses that a page needs, read by the server.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) js: String,
    pub(crate) wasm: String,
    pub(crate) loader: String,
    /// Of each part, by its name.
    pub(crate) parts: BTreeMap<String, Vec<String>>,
    pub(crate) css: String,
    pub(crate) icons: String,
    dev: bool,
}

/// Writes `site/` and says whether it changed.
pub(crate) fn write(workspace: &Workspace, mode: Mode, code: &Path, styles: Files) -> Result<bool> {
    let mut site = named(
        contents(&code.join(CODE))?,
        serde_json::from_slice(&files::read(&code.join(PARTS))?)?,
        styles,
        contents(&workspace.root.join("public"))?,
        mode,
    )?;
    if mode == Mode::Release {
        add_compressed(&workspace.kept(), &mut site)?;
    }
    exchange(&workspace.root, &site)
}

/// Gives everything its place. What lies under `pkg/` carries the hash of its content in its name and may be cached
/// for ever; the files of `public/` keep their own names.
fn named(code: Files, parts: Parts, styles: Files, public: Files, mode: Mode) -> Result<Files> {
    let mut site = public;
    let icons = site
        .remove(ICONS)
        .context("public/icons.svg does not exist; it is the sprite that every page shows its icons from")?;
    ensure!(
        !site.keys().any(|name| name == "manifest.json" || name.starts_with("pkg/")),
        "public/ may not hold manifest.json or pkg/: those names belong to the built client"
    );
    let folder = place_together(&mut site, code);
    let address = |file: &str| format!("/{folder}/{file}");
    let styles = place_together(&mut site, styles);
    let manifest = Manifest {
        js: address(glue::JS),
        wasm: address(glue::WASM),
        loader: address(split::LOADER),
        parts: parts
            .into_iter()
            .map(|(part, stems)| (part, stems.iter().map(|stem| address(&format!("{stem}.wasm"))).collect()))
            .collect(),
        css: format!("/{styles}/{}", style::MAIN),
        icons: place(&mut site, "icons", "svg", icons),
        dev: mode == Mode::Dev,
    };
    site.insert("manifest.json".to_owned(), serde_json::to_vec_pretty(&manifest)?);
    Ok(site)
}

/// Files that find each other by relative paths, and fit only those of the same build: it is their folder that gets the
/// hash.
fn place_together(site: &mut Files, together: Files) -> String {
    let everything: Vec<u8> =
        together.iter().flat_map(|(path, content)| [path.as_bytes(), content].concat()).collect();
    let folder = format!("pkg/{}", files::short_hash(&everything));
    site.extend(together.into_iter().map(|(path, content)| (format!("{folder}/{path}"), content)));
    folder
}

fn place(site: &mut Files, stem: &str, extension: &str, content: Vec<u8>) -> String {
    let path = format!("pkg/{stem}.{}.{extension}", files::short_hash(&content));
    let address = format!("/{path}");
    site.insert(path, content);
    address
}

fn add_compressed(kept: &Path, site: &mut Files) -> Result<()> {
    let names: Vec<String> = site.keys().filter(|name| compress::worth_it(name)).cloned().collect();
    for name in names {
        let small = compress::compressed(kept, &site[&name])?;
        site.insert(format!("{name}.br"), small);
    }
    Ok(())
}

/// Puts the new site where the old one stood. It is written next to it first, so that a half-built site never stands
/// there, and thrown away when it is the same.
fn exchange(root: &Path, site: &Files) -> Result<bool> {
    let target = root.join("site");
    if contents(&target).is_ok_and(|standing| standing == *site) {
        return Ok(false);
    }
    let [fresh, stale] = ["site.new", "site.old"].map(|name| root.join(name));
    files::remove_folder(&fresh)?;
    files::remove_folder(&stale)?;
    for (path, content) in site {
        files::write(&fresh.join(path), content)?;
    }
    if target.exists() {
        rename(&target, &stale)?;
    }
    rename(&fresh, &target)?;
    files::remove_folder(&stale)?;
    Ok(true)
}

/// All files of a folder by their paths inside it.
fn contents(folder: &Path) -> Result<Files> {
    files::walk(folder)?
        .into_iter()
        .map(|path| Ok((path.strip_prefix(folder)?.to_string_lossy().into_owned(), files::read(&path)?)))
        .collect()
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).with_context(|| format!("{} cannot become {}", from.display(), to.display()))
}

#[cfg(test)]
mod tests;
