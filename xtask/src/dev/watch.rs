//! Which sources are written, and what has to be built again for that.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::workspace::Workspace;

/// So long nothing is written when all that belongs together is.
const QUIET: Duration = Duration::from_millis(100);

/// What has to be built again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) client: bool,
    /// Styles and public files.
    pub(crate) assets: bool,
    pub(crate) server: bool,
}

impl Changes {
    pub(crate) const NONE: Changes = Changes { client: false, assets: false, server: false };
    pub(crate) const EVERYTHING: Changes = Changes { client: true, assets: true, server: true };

    pub(crate) fn and(self, other: Changes) -> Changes {
        Changes {
            client: self.client || other.client,
            assets: self.assets || other.assets,
            server: self.server || other.server,
        }
    }
}

/// Each place and what is built from it.
const PLACES: &[(&str, Changes)] = &[
    ("app", Changes { client: true, assets: false, server: true }),
    ("protocol", Changes { client: true, assets: false, server: true }),
    ("frontend", Changes { client: true, assets: false, server: false }),
    ("domain", Changes { client: false, assets: false, server: true }),
    ("migration", Changes { client: false, assets: false, server: true }),
    ("server", Changes { client: false, assets: false, server: true }),
    ("sfu", Changes { client: false, assets: false, server: true }),
    ("style", Changes { client: false, assets: true, server: false }),
    ("public", Changes { client: false, assets: true, server: false }),
    ("Cargo.lock", Changes::EVERYTHING),
    ("Cargo.toml", Changes::EVERYTHING),
];

/// What is built from a file.
fn changes(root: &Path, file: &Path) -> Changes {
    let Ok(inside) = file.strip_prefix(root) else { return Changes::NONE };
    let place = PLACES.iter().find(|(place, _)| inside.starts_with(place));
    place.map_or(Changes::NONE, |(_, changes)| *changes)
}

pub(crate) struct Watch {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    /// Sends them as long as it lives.
    _watcher: RecommendedWatcher,
}

impl Watch {
    pub(crate) fn new(workspace: &Workspace) -> Result<Watch> {
        // Events name files by where they really lie.
        let root = workspace.root.canonicalize().context("the workspace has no path")?;
        let (sender, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).context("files cannot be watched")?;
        let folders = PLACES.iter().map(|(place, _)| root.join(place)).filter(|path| path.is_dir());
        for folder in folders {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
        // For the files in it: an editor may replace them by others.
        watcher.watch(&root, RecursiveMode::NonRecursive)?;
        Ok(Watch { root, events, _watcher: watcher })
    }

    /// Waits for a change, and for those that come with it: an editor or git writes many files at once.
    pub(crate) fn wait(&self) -> Result<Changes> {
        let mut changes = Changes::NONE;
        while changes == Changes::NONE {
            changes = self.changes(self.events.recv().context("nobody watches any more")?);
        }
        while let Ok(event) = self.events.recv_timeout(QUIET) {
            changes = changes.and(self.changes(event));
        }
        Ok(changes)
    }

    fn changes(&self, event: notify::Result<Event>) -> Changes {
        match event {
            // Reading a file changes nothing.
            Ok(Event { kind: EventKind::Access(_), .. }) => Changes::NONE,
            Ok(event) if !event.need_rescan() => event
                .paths
                .iter()
                .fold(Changes::NONE, |changes, file| changes.and(self::changes(&self.root, file))),
            // Some were lost.
            _ => Changes::EVERYTHING,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::testing::Folder;

    const SERVER: Changes = Changes { client: false, assets: false, server: true };

    #[test]
    fn each_file_asks_for_what_is_built_from_it() {
        let of = |file: &str| changes(Path::new("/kith"), &Path::new("/kith").join(file));
        assert_eq!(of("style/post.css"), Changes { client: false, assets: true, server: false });
        assert_eq!(of("app/src/post.rs"), Changes { client: true, assets: false, server: true });
        assert_eq!(of("domain/src/post.rs"), SERVER);
        assert_eq!(of("Cargo.lock"), Changes::EVERYTHING);
        for file in ["site/manifest.json", "README.md", "application/src/lib.rs", "bench/src/main.rs"] {
            assert_eq!(of(file), Changes::NONE, "{file}");
        }
        assert_eq!(changes(Path::new("/kith"), Path::new("/other/app/src/lib.rs")), Changes::NONE);
    }

    #[test]
    fn files_that_are_written_and_removed_are_noticed() {
        let folder = Folder::with("watch", &[("domain/src/lib.rs", ""), ("domain/src/post.rs", "")]);
        let workspace = Workspace { root: folder.path().to_owned(), target: folder.path().join("target") };
        let watch = Watch::new(&workspace).unwrap();
        folder.write("domain/src/new.rs", "");
        assert_eq!(watch.wait().unwrap(), SERVER);
        std::fs::remove_file(folder.path().join("domain/src/post.rs")).unwrap();
        assert_eq!(watch.wait().unwrap(), SERVER);
    }
}
