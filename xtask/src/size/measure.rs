//! What a browser fetches of the built site, in bytes after brotli.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;

use super::budget::Sizes;
use crate::client::site::Manifest;
use crate::files;

/// The site, and what its manifest says of it.
pub(crate) struct Site {
    folder: PathBuf,
    manifest: Manifest,
}

/// A part of the client that some pages load besides.
pub(crate) struct Part<'a> {
    pub(crate) name: &'a str,
    /// Of the file that no other part needs.
    pub(crate) own: u64,
    pub(crate) shared: u64,
    pub(crate) files: usize,
}

/// A file that several parts need.
pub(crate) struct Shared<'a> {
    pub(crate) name: &'a str,
    pub(crate) bytes: u64,
    pub(crate) parts: Vec<&'a str>,
}

impl Site {
    pub(crate) fn read(folder: PathBuf) -> Result<Site> {
        let manifest = serde_json::from_slice(&files::read(&folder.join("manifest.json"))?)?;
        Ok(Site { folder, manifest })
    }

    /// What the feed needs, besides its `html`. Modules that the glue imports count with it.
    pub(crate) fn first_load(&self, html: u64) -> Result<Sizes> {
        let Manifest { js, wasm, loader, css, icons, .. } = &self.manifest;
        let mut imported = self.weigh(loader)?;
        for path in files::walk_extension(&self.folder.join("pkg"), "br")? {
            if path.to_string_lossy().contains("/snippets/") {
                imported += std::fs::metadata(&path)?.len();
            }
        }
        Ok(Sizes {
            html,
            js: self.weigh(js)? + imported,
            wasm: self.weigh(wasm)?,
            css: self.weigh(css)?,
            icons: self.weigh(icons)?,
        })
    }

    pub(crate) fn parts(&self) -> Result<Vec<Part<'_>>> {
        self.manifest.parts.iter().map(|(name, files)| self.part(name, files)).collect()
    }

    fn part<'a>(&'a self, name: &'a str, files: &[String]) -> Result<Part<'a>> {
        let (mut own, mut shared) = (0, 0);
        for file in files {
            let bytes = self.weigh(file)?;
            *(if self.needed_by(file).len() > 1 { &mut shared } else { &mut own }) += bytes;
        }
        Ok(Part { name, own, shared, files: files.len() })
    }

    /// The heaviest first.
    pub(crate) fn shared(&self) -> Result<Vec<Shared<'_>>> {
        let mut found = BTreeMap::new();
        for file in self.manifest.parts.values().flatten() {
            let parts = self.needed_by(file);
            if parts.len() > 1 {
                let name = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".wasm");
                found.insert(file, Shared { name, bytes: self.weigh(file)?, parts });
            }
        }
        let mut shared: Vec<Shared> = found.into_values().collect();
        shared.sort_by_key(|shared| std::cmp::Reverse(shared.bytes));
        Ok(shared)
    }

    fn needed_by(&self, file: &String) -> Vec<&str> {
        let parts = self.manifest.parts.iter().filter(|(_, files)| files.contains(file));
        parts.map(|(name, _)| name.as_str()).collect()
    }

    /// As it travels.
    fn weigh(&self, address: &str) -> Result<u64> {
        Ok(files::read(&self.folder.join(format!("{}.br", &address[1..])))?.len() as u64)
    }
}
