//! The command line.

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use protocol::text::Username;
use tracing_subscriber::{EnvFilter, fmt};

use crate::{app_state, config::Config, data_folder, demo, doctor, serve};

/// A social network that a community runs for itself.
#[derive(Debug, Parser)]
#[command(name = "kith", version)]
pub(crate) struct Command {
    #[command(flatten)]
    flags: crate::config::Flags,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Serves Kith; what happens without a command, too.
    Serve,
    /// Brings the database up to date and ends.
    Migrate,
    /// Fills an empty database with a community to look at.
    Demo,
    /// Checks the counters and lists jobs that were given up. Ends with an error when something is wrong.
    Doctor {
        /// Sets wrong counters right.
        #[arg(long)]
        repair: bool,
        /// Tries all jobs again that were given up.
        #[arg(long)]
        retry_jobs: bool,
    },
    /// Looks after people.
    #[command(subcommand)]
    User(User),
}

#[derive(Debug, Subcommand)]
enum User {
    /// Verifies the address of an account by hand, where no mail server is set up yet.
    Verify {
        /// The username.
        name: String,
    },
    /// Turns two-factor authentication off for somebody who has lost their app and all recovery codes. Make sure who it is.
    TurnOffTwoFactor {
        /// The username.
        name: String,
    },
}

pub(crate) async fn run(command: Command) -> anyhow::Result<()> {
    let config = Config::read(command.flags)?;
    let filter =
        EnvFilter::try_new(&config.log).with_context(|| format!("KITH_LOG is no filter: {}", config.log))?;
    fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).init();
    data_folder::protect(&config.data_dir)
        .with_context(|| format!("the data folder {} can't be made", config.data_dir.display()))?;
    match command.action.unwrap_or(Action::Serve) {
        Action::Serve => serve::serve(config).await,
        Action::Migrate => app_state::migrate(&config).await,
        Action::Demo => demo::run(&config).await,
        Action::Doctor { repair, retry_jobs } => doctor::run(&config, repair, retry_jobs).await,
        Action::User(User::Verify { name }) => verify(&config, &name).await,
        Action::User(User::TurnOffTwoFactor { name }) => turn_off_two_factor(&config, &name).await,
    }
}

async fn verify(config: &Config, name: &str) -> anyhow::Result<()> {
    let Ok(username) = Username::parse(name) else { bail!("{name} is no username") };
    app_state::migrate(config).await?;
    let cx = app_state::open(config).await?;
    if !domain::account::verify_by_hand(&cx, &username).await? {
        bail!("nobody called {username} waits to be verified");
    }
    println!("{username} can log in now.");
    Ok(())
}

async fn turn_off_two_factor(config: &Config, name: &str) -> anyhow::Result<()> {
    let Ok(username) = Username::parse(name) else { bail!("{name} is no username") };
    app_state::migrate(config).await?;
    let cx = app_state::open(config).await?;
    if !domain::two_factor::turn_off_by_hand(&cx, &username).await? {
        bail!("{username} has no two-factor authentication");
    }
    println!("{username} logs in with the password alone now.");
    Ok(())
}
