//! What the host is made of, from its configuration.

use std::sync::Arc;

use anyhow::Context;
use app::assets::Assets;
use axum::Router;
use domain::{
    Cx,
    clock::{Clock, SystemClock},
    cx::Parts,
    db::Db,
    entropy::{Ids, SystemEntropy},
    hub::Hub,
    limit::{RateLimiter, Rates},
    mail::{Mailer, Outbox, Smtp},
    media::{ImagePipeline, Uploads},
    password::{Cost, Passwords},
    session::BackgroundWrites,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{config::Config, files};

/// What requests are answered with. Cheap to clone.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) cx: Cx,
    pub(crate) config: Arc<Config>,
    /// Renders pages.
    pub(crate) pages: Router,
    /// Where the client's parts lie.
    pub(crate) assets: Assets,
    /// Cancelled when the server is to stop.
    pub(crate) stopping: CancellationToken,
    /// The open sockets, so that the server can wait for their farewell.
    pub(crate) sockets: TaskTracker,
}

/// Brings the database up to date, and makes it when there is none.
pub(crate) async fn migrate(config: &Config) -> anyhow::Result<()> {
    let url = match &config.database_url {
        Some(url) => url.clone(),
        None => format!("sqlite://{}?mode=rwc", config.sqlite_path().display()),
    };
    migration::run(&url).await.context("the database can't be brought up to date")
}

/// Opens the database and everything around it.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Cx> {
    open_with(config, Arc::new(SystemClock::new()), Rates::default().times(config.rate_factor)).await
}

/// The same, in another time.
pub(crate) async fn open_with(config: &Config, clock: Arc<dyn Clock>, rates: Rates) -> anyhow::Result<Cx> {
    let db = match &config.database_url {
        Some(url) => Db::open_postgres(url).await,
        None => Db::open_sqlite(&config.sqlite_path()).await,
    };
    let db = db.map_err(|error| anyhow::anyhow!("the database can't be opened: {error:?}"))?;
    let hub = Arc::new(Hub::new(Arc::clone(&clock)));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Cx::from(Parts {
        db,
        limits: RateLimiter::new(rates, &clock),
        mailer: mailer(config, &clock)?,
        clock,
        entropy: Arc::new(SystemEntropy),
        ids: Ids::default(),
        files: files::open(config)?,
        image_pipeline: ImagePipeline::new(cores),
        uploads: Uploads::default(),
        free_space_floor: u64::from(config.free_space_mb) * 1024 * 1024,
        picture_quota_mb: config.picture_quota_mb,
        deletion_days: config.deletion_days,
        bus: Arc::clone(&hub) as _,
        hub,
        passwords: Passwords::new(Cost::RECOMMENDED, cores, &SystemEntropy)?,
        public_url: config.public_url.clone(),
        background_writes: BackgroundWrites::default(),
        community: config.community(),
        job_signals: domain::job::LaneSignals::default(),
    }))
}

fn mailer(config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Arc<dyn Mailer>> {
    Ok(match &config.smtp_url {
        Some(url) => {
            let smtp = Smtp::new(url, &config.mail_from);
            Arc::new(smtp.map_err(|_| anyhow::anyhow!("KITH_SMTP_URL or KITH_MAIL_FROM can't be read"))?)
        }
        None => Arc::new(
            Outbox::new(config.outbox(), &config.mail_from, Arc::clone(clock))
                .context("KITH_MAIL_FROM can't be read")?,
        ),
    })
}
