//! Reading and walking files with errors that name them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))
}

/// Removes a folder with all that is in it; one that is not there is fine.
pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Folders that tools fill, and nobody here wrote.
const NOT_OURS: &[&str] = &["node_modules", "playwright-report", "test-results"];

/// All files under a folder, at any depth, in a fixed order. Fails when the folder does not exist.
pub(crate) fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("the folder {} is expected here and cannot be listed", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            if !NOT_OURS.iter().any(|name| path.ends_with(name)) {
                found.extend(walk(&path)?);
            }
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The files under a folder whose names end with `.{extension}`.
pub(crate) fn walk_extension(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = walk(folder)?;
    found.retain(|path| path.extension().is_some_and(|found| found == extension));
    Ok(found)
}

/// The beginning of the SHA-256, long enough for a name.
pub(crate) fn short_hash(content: &[u8]) -> String {
    hex::encode(&Sha256::digest(content)[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_content_is_the_beginning_of_its_sha256() {
        assert_eq!(short_hash(b"abc"), "ba7816bf8f01cfea");
    }

    #[test]
    fn what_a_tool_installed_is_not_walked() {
        let folder = testing::Folder::with("walk", &[("src/a.ts", ""), ("node_modules/b/utils.js", "")]);
        assert_eq!(walk(folder.path()).unwrap(), [folder.path().join("src/a.ts")]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = walk(Path::new("no/such/folder")).unwrap_err().to_string();
        assert!(error.contains("no/such/folder"), "{error}");
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    /// A folder of its own for one test, removed when the test ends.
    pub(crate) struct Folder(PathBuf);

    impl Folder {
        /// `name` says in a listing what it is for; two tests may use the same one.
        pub(crate) fn with(name: &str, files: &[(&str, &str)]) -> Folder {
            static COUNT: AtomicU32 = AtomicU32::new(0);
            let number = COUNT.fetch_add(1, Ordering::Relaxed);
            let path =
                std::env::temp_dir().join(format!("kith-xtask-{name}-{}-{number}", std::process::id()));
            remove_folder(&path).unwrap();
            fs::create_dir_all(&path).unwrap();
            let folder = Folder(path);
            for (path, content) in files {
                folder.write(path, content);
            }
            folder
        }

        pub(crate) fn path(&self) -> &Path {
            &self.0
        }

        pub(crate) fn write(&self, path: &str, content: &str) {
            write(&self.0.join(path), content.as_bytes()).unwrap();
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }
}
