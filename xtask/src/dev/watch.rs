//! What changed since the last look, by the times at which files were written.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::files;
use crate::workspace::Workspace;

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

pub(crate) struct Watch {
    root: PathBuf,
    seen: Vec<Snapshot>,
}

/// When each file of a place was written.
type Snapshot = HashMap<PathBuf, SystemTime>;

impl Watch {
    pub(crate) fn new(workspace: &Workspace) -> Watch {
        let mut watch = Watch { root: workspace.root.clone(), seen: vec![Snapshot::new(); PLACES.len()] };
        watch.look();
        watch
    }

    /// What changed since the last look.
    pub(crate) fn look(&mut self) -> Changes {
        let mut changes = Changes::NONE;
        for ((place, means), seen) in PLACES.iter().zip(&mut self.seen) {
            let now = snapshot(&self.root.join(place));
            if now != *seen {
                *seen = now;
                changes = changes.and(*means);
            }
        }
        changes
    }
}

/// A file that goes away while it is looked at is simply not in the snapshot.
fn snapshot(place: &Path) -> Snapshot {
    let paths = if place.is_dir() { files::walk(place).unwrap_or_default() } else { vec![place.to_owned()] };
    paths
        .into_iter()
        .filter_map(|path| {
            let written = path.metadata().ok()?.modified().ok()?;
            Some((path, written))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::testing::Folder;

    fn watched(folder: &Folder) -> Watch {
        Watch::new(&Workspace { root: folder.path().to_owned(), target: folder.path().join("target") })
    }

    #[test]
    fn nothing_written_is_nothing_to_do() {
        let folder = Folder::with("quiet", &[("style/main.css", "a{}")]);
        assert_eq!(watched(&folder).look(), Changes::NONE);
    }

    #[test]
    fn a_stylesheet_asks_for_no_compiler() {
        let folder = Folder::with("style", &[("style/main.css", "a{}")]);
        let mut watch = watched(&folder);
        folder.write("style/post.css", "b{}");
        assert_eq!(watch.look(), Changes { client: false, assets: true, server: false });
        assert_eq!(watch.look(), Changes::NONE);
    }

    #[test]
    fn a_view_is_in_the_client_and_in_the_server() {
        let folder = Folder::with("view", &[("app/src/lib.rs", "")]);
        let mut watch = watched(&folder);
        folder.write("app/src/post.rs", "");
        assert_eq!(watch.look(), Changes { client: true, assets: false, server: true });
    }

    #[test]
    fn a_removed_file_is_a_change() {
        let folder = Folder::with("removed", &[("domain/src/lib.rs", ""), ("domain/src/post.rs", "")]);
        let mut watch = watched(&folder);
        std::fs::remove_file(folder.path().join("domain/src/post.rs")).unwrap();
        assert!(watch.look().server);
    }
}
