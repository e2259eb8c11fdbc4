//! Where things lie, and how cargo is called.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use cargo_metadata::MetadataCommand;

#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Cargo's target folder, which several checkouts may share.
    pub(crate) target: PathBuf,
}

impl Workspace {
    pub(crate) fn find() -> Result<Workspace> {
        let metadata =
            MetadataCommand::new().no_deps().exec().context("cargo could not describe this workspace")?;
        Ok(Workspace {
            root: metadata.workspace_root.into_std_path_buf(),
            target: metadata.target_directory.into_std_path_buf(),
        })
    }

    /// A `cargo` command in the root of the workspace. The variables that the outer `cargo run` set for xtask are taken
    /// out: build scripts that look at them would run again each time xtask calls cargo, and each time somebody else does.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root).args(arguments);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|prefix| text.starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        command
    }

    /// The folder for what xtask keeps between two runs of this checkout.
    pub(crate) fn kept(&self) -> PathBuf {
        let checkout = crate::files::short_hash(self.root.to_string_lossy().as_bytes());
        self.target.join("client-steps").join(checkout)
    }
}

/// Runs a command whose output people should see, and fails when it does.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} could not be started"))?;
    ensure!(status.success(), "{name} failed ({status}); its own message stands above");
    Ok(())
}

/// Runs a command of which nobody needs to see anything, unless it fails.
pub(crate) fn run_silent(command: &mut Command) -> Result<()> {
    let output =
        command.output().with_context(|| format!("{:?} could not be started", command.get_program()))?;
    ensure!(
        output.status.success(),
        "{command:?} failed ({}):\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
