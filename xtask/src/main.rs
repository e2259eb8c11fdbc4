//! What the repository does to itself: builds the client, runs the daily loop, checks its own rules.

mod check;
mod client;
mod dev;
mod files;
mod server;
mod size;
mod step;
mod wasm;
mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

const USAGE: &str = "\
cargo xtask client [--dev]   build the client into site/: wasm, glue, styles, public files
cargo xtask dev              build, serve, and do so again whenever a source changes
cargo xtask check            check the rules of this repository
cargo xtask size             measure the client against budget.toml";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = Workspace::find().and_then(|workspace| match arguments[..] {
        ["client"] => client::build(&workspace, client::Mode::Release),
        ["client", "--dev"] => client::build(&workspace, client::Mode::Dev),
        ["dev"] => dev::run_loop(&workspace),
        ["check"] => check::run(&workspace),
        ["size"] => size::run(&workspace),
        _ => Err(anyhow::anyhow!("what should be done?\n\n{USAGE}")),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
