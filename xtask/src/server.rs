//! The server of a debug build.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::workspace::{Workspace, run};

/// Longer than a server needs that was told to stop.
const PATIENCE: Duration = Duration::from_secs(5);

/// Compiles it.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    // Chosen as for the tests: another choice has other features, and all that lies below would be compiled once more.
    let arguments = ["build", "--workspace", "--exclude", "frontend", "--bin", "kith"];
    run(&mut workspace.cargo(&arguments))
}

/// A `kith` command in the root of the workspace.
pub(crate) fn kith(workspace: &Workspace, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(workspace.target.join("debug").join("kith"));
    command.current_dir(&workspace.root).envs(variables.iter().copied());
    command
}

pub(crate) struct Server(Child);

impl Server {
    pub(crate) fn start(workspace: &Workspace, variables: &[(&str, &str)]) -> Result<Server> {
        let mut command = kith(workspace, variables);
        let child = command
            .spawn()
            .with_context(|| format!("{} cannot be started", command.get_program().display()))?;
        Ok(Server(child))
    }
}

impl Drop for Server {
    /// Asks the server to stop, so that it says goodbye to its sockets, and insists when it takes too long.
    #[expect(clippy::disallowed_methods, reason = "the loop has one thread and waits for this")]
    fn drop(&mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        let deadline = Instant::now() + PATIENCE;
        while asked.as_ref().is_ok_and(std::process::ExitStatus::success) && Instant::now() < deadline {
            if matches!(self.0.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        // What is gone already cannot be ended, which is as good.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
