//! The server that the daily loop runs.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Longer than a server needs that was told to stop.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Server(Child);

impl Server {
    pub(crate) fn start(workspace: &Workspace) -> Result<Server> {
        let binary = workspace.target.join("debug").join("kith");
        let child = Command::new(&binary)
            .current_dir(&workspace.root)
            .spawn()
            .with_context(|| format!("{} cannot be started", binary.display()))?;
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
