//! The daily loop: build, serve, watch; build what changed, serve again. The page's live socket notices the restart
//! and reloads.

mod server;
mod watch;

use std::time::Duration;

use anyhow::Result;
use server::Server;
use watch::{Changes, Watch};

use crate::client::{self, Mode};
use crate::step;
use crate::workspace::{Workspace, run};

const PAUSE: Duration = Duration::from_millis(500);

pub(crate) fn run_loop(workspace: &Workspace) -> Result<()> {
    let mut watch = Watch::new(workspace);
    let mut server = None;
    let mut changes = Changes::EVERYTHING;
    loop {
        match build(workspace, changes) {
            Ok(()) => {
                changes = Changes::NONE;
                // The old server lets go of its port before the new one asks for it.
                drop(server.take());
                server = Some(Server::start(workspace)?);
                println!("dev: watching; stop with Ctrl-C");
            }
            Err(error) => eprintln!("dev: {error:#}\ndev: waiting for a change"),
        }
        // What could not be built is still to do.
        changes = changes.and(wait(&mut watch));
    }
}

fn build(workspace: &Workspace, changes: Changes) -> Result<()> {
    if changes.client {
        client::build(workspace, Mode::Dev)?;
    } else if changes.assets {
        client::assemble(workspace, Mode::Dev)?;
    }
    if changes.server {
        // Chosen as for the tests: another choice has other features, and all that lies below would be compiled once more.
        let arguments = ["build", "--workspace", "--exclude", "frontend", "--bin", "kith"];
        step::speaking("dev: compile the server", || run(&mut workspace.cargo(&arguments)))?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "this loop has one thread and nothing else to do")]
fn wait(watch: &mut Watch) -> Changes {
    loop {
        std::thread::sleep(PAUSE);
        let changes = watch.look();
        if changes != Changes::NONE {
            return changes;
        }
    }
}
