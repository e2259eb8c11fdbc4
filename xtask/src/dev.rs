//! The daily loop: build, serve, watch; build what changed, serve again. The page's live socket notices the restart
//! and reloads.

mod watch;

use anyhow::Result;
use watch::{Changes, Watch};

use crate::client::{self, Mode};
use crate::server::{self, Server};
use crate::step;
use crate::workspace::Workspace;

pub(crate) fn run_loop(workspace: &Workspace) -> Result<()> {
    let watch = Watch::new(workspace)?;
    let mut server = None;
    let mut changes = Changes::EVERYTHING;
    loop {
        match build(workspace, changes) {
            Ok(()) => {
                changes = Changes::NONE;
                // The old server lets go of its port before the new one asks for it.
                drop(server.take());
                server = Some(Server::start(workspace, &[])?);
                println!("dev: watching; stop with Ctrl-C");
            }
            Err(error) => eprintln!("dev: {error:#}\ndev: waiting for a change"),
        }
        // What could not be built is still to do.
        changes = changes.and(watch.wait()?);
    }
}

fn build(workspace: &Workspace, changes: Changes) -> Result<()> {
    if changes.client {
        client::build(workspace, Mode::Dev)?;
    } else if changes.assets {
        client::assemble(workspace, Mode::Dev)?;
    }
    if changes.server {
        step::speaking("dev: compile the server", || server::build(workspace))?;
    }
    Ok(())
}
