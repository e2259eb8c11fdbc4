//! The modules of a crate and what their files say about paths.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::paths::{self, Mention};
use crate::check::tokens;
use crate::files;

/// Where a module stands: `["comment", "discussion"]`; empty for the root of the crate.
pub(crate) type ModulePath = Vec<String>;

/// The modules of one crate, each with the paths in its file.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) modules: BTreeMap<ModulePath, Module>,
}

#[derive(Debug)]
pub(crate) struct Module {
    /// As it is shown: `app/src/comment/discussion.rs`.
    pub(crate) file: PathBuf,
    pub(crate) mentions: Vec<Mention>,
}

impl Source {
    /// Reads the sources of the crate in `folder`.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let sources = folder.join("src");
        let shown = Path::new(folder.file_name().unwrap_or_default()).join("src");
        let mut texts = Vec::new();
        for path in files::walk_extension(&sources, "rs")? {
            let inside = path.strip_prefix(&sources)?.to_path_buf();
            texts.push((shown.join(&inside), inside, files::read_text(&path)?));
        }
        let mut source = Self::default();
        for (file, inside, text) in texts {
            source.add(file, &inside, &text)?;
        }
        Ok(source)
    }

    /// Adds the file at `inside` of the sources, unless it is for tests.
    pub(crate) fn add(&mut self, file: PathBuf, inside: &Path, text: &str) -> Result<()> {
        let parts: ModulePath =
            inside.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if parts.iter().any(|part| part == "tests" || part == "testing") {
            return Ok(());
        }
        let is_root = matches!(parts.as_slice(), [one] if one == "lib" || one == "main");
        let mentions = paths::mentions(&tokens::of_text(text)?);
        let module = self
            .modules
            .entry(if is_root { ModulePath::new() } else { parts })
            .or_insert_with(|| Module { file, mentions: Vec::new() });
        // A crate may have both a library and a program at its root.
        module.mentions.extend(mentions);
        Ok(())
    }

    /// The module in whose file something at `path` is defined, as the module `from` says it; none when it is of another
    /// crate.
    pub(crate) fn resolve(&self, from: &ModulePath, path: &[String]) -> Option<ModulePath> {
        self.resolve_within(from, path, &mut Vec::new())
    }

    fn resolve_within(
        &self,
        from: &ModulePath,
        path: &[String],
        visited: &mut Vec<(ModulePath, String)>,
    ) -> Option<ModulePath> {
        let (mut at, mut rest) = self.beginning(from, path, visited)?;
        while let [next, after @ ..] = rest {
            let child = [at.as_slice(), std::slice::from_ref(next)].concat();
            if self.modules.contains_key(&child) {
                (at, rest) = (child, after);
                continue;
            }
            let seen = (at.clone(), next.clone());
            if !visited.contains(&seen) {
                visited.push(seen);
                let imported = self.imports(&at).find(|mention| mention.name() == Some(next));
                if let Some(target) =
                    imported.and_then(|mention| self.resolve_within(&at, &mention.path, visited))
                {
                    return Some(target);
                }
            }
            break;
        }
        Some(at)
    }

    /// Where a path begins: at the root, here, above, at a submodule, or at something that this module imports.
    fn beginning<'a>(
        &self,
        from: &ModulePath,
        path: &'a [String],
        visited: &mut Vec<(ModulePath, String)>,
    ) -> Option<(ModulePath, &'a [String])> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some((ModulePath::new(), rest)),
            "self" => Some((from.clone(), rest)),
            "super" => {
                let (mut at, mut rest) = (from.clone(), path);
                while let Some((first, after)) = rest.split_first()
                    && first == "super"
                {
                    at.pop();
                    rest = after;
                }
                Some((at, rest))
            }
            _ => {
                let child = [from.as_slice(), std::slice::from_ref(first)].concat();
                if self.modules.contains_key(&child) {
                    return Some((child, rest));
                }
                let seen = (from.clone(), first.clone());
                if visited.contains(&seen) {
                    return None;
                }
                visited.push(seen);
                let import = self.imports(from).find(|mention| mention.name() == Some(first))?;
                let whole = [import.path.as_slice(), rest].concat();
                let target = self.resolve_within(from, &whole, visited)?;
                // Whatever is left of the path is inside of what was found.
                Some((target, &[]))
            }
        }
    }

    fn imports(&self, module: &ModulePath) -> impl Iterator<Item = &Mention> {
        let mentions = self.modules.get(module).map(|module| module.mentions.as_slice());
        mentions.unwrap_or_default().iter().filter(|mention| mention.is_import())
    }
}
