//! The data folder holds passwords' hashes, mails with links that open accounts, and everybody's messages: it is for the user
//! that runs Kith, and for nobody else on the machine.

use std::{io, os::unix::fs::PermissionsExt, path::Path};

use rustix::{fs::Mode, process::umask};

/// What the group and all others get of whatever this process makes: nothing.
const NOBODY_ELSE: Mode = Mode::RWXG.union(Mode::RWXO);

/// Makes the folder, if there is none, and every file from now on readable by the own user alone.
pub(crate) fn protect(folder: &Path) -> io::Result<()> {
    umask(NOBODY_ELSE);
    std::fs::create_dir_all(folder)?;
    if let Some(mode) = wider_mode(folder)? {
        // An operator may have reasons, such as a group that makes backups; whoever has none is told what to do.
        tracing::warn!(
            "the data folder {} can be read by others on this machine (mode {mode:o}); `chmod 700` closes it",
            folder.display()
        );
    }
    Ok(())
}

/// The folder's mode, if it lets anybody else in.
fn wider_mode(folder: &Path) -> io::Result<Option<u32>> {
    let mode = std::fs::metadata(folder)?.permissions().mode() & 0o777;
    Ok((mode & NOBODY_ELSE.bits() != 0).then_some(mode))
}

#[cfg(test)]
mod tests {
    use std::fs::{Permissions, create_dir, metadata, set_permissions, write};

    use super::*;

    #[test]
    fn what_is_made_is_for_the_own_user_alone_and_a_wider_folder_is_noticed() {
        let within = tempfile::tempdir().expect("a folder");
        let folder = within.path().join("deep/data");
        protect(&folder).expect("a data folder");
        let mode = |path: &Path| metadata(path).expect("an entry").permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(wider_mode(&folder).expect("a mode"), None);
        write(folder.join("kith.db"), "x").expect("a file");
        create_dir(folder.join("outbox")).expect("a folder");
        assert_eq!((mode(&folder.join("kith.db")), mode(&folder.join("outbox"))), (0o600, 0o700));
        for wide in [0o750, 0o701, 0o755, 0o720] {
            set_permissions(&folder, Permissions::from_mode(wide)).expect("another mode");
            assert_eq!(wider_mode(&folder).expect("a mode"), Some(wide));
            protect(&folder).expect("a data folder");
            assert_eq!(mode(&folder), wide, "what the operator chose stays");
        }
    }
}
