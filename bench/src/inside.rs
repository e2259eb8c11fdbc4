//! The domain in this process, on one of the databases: its parts are counted and timed one by one.

use std::{net::Ipv4Addr, path::Path, sync::Arc};

use anyhow::{Context, Result};
use domain::{
    ClientAddress, Cx, Scope,
    clock::{Clock, SystemClock},
    cx::Parts,
    db::Db,
    entropy::{Ids, SystemEntropy},
    feed,
    files::Files,
    hub::Hub,
    limit::{RateLimiter, Rates},
    mail::Outbox,
    media::{ImagePipeline, Uploads},
    password::{Cost, Passwords},
    session::{self, BackgroundWrites},
};
use protocol::{Page, account::Credentials, community::Community, feed::FeedQuery, post::PostView};

use crate::{
    process::{Cpu, Micros},
    seed::{Dataset, PASSWORD},
};

/// Pages that are read for one value.
const PAGES: u32 = 200;

/// The cookie of a person who has just logged in.
pub(crate) async fn log_in(set: &Dataset, username: &str) -> Result<String> {
    let cx = context(Db::open_sqlite(&set.database()).await?, &set.folder)?;
    let credentials = Credentials { login: username.to_owned(), password: PASSWORD.to_owned() };
    let signed_in = session::log_in(&cx, &nobody(), credentials, "bench").await?;
    cx.db.close().await?;
    Ok(signed_in.done().context("a code is asked for")?.session.expose())
}

/// Everything but the markup of one page of the feed: whose session it is, what the frame shows of them, and the posts.
pub(crate) async fn read(cx: &Cx, token: &str, query: FeedQuery) -> Result<Page<PostView>> {
    let (session, _) = session::visit(cx, token).await?.context("the session has ended")?;
    let scope = Scope::signed_in(session, nobody().address());
    Ok(feed::page(cx, &scope, query).await?)
}

/// CPU time of one such reading.
pub(crate) async fn cpu(set: &Dataset, token: &str, query: FeedQuery) -> Result<Micros> {
    let cx = context(Db::open_sqlite(&set.database()).await?, &set.folder)?;
    let me = std::process::id();
    let mut before = Cpu::of(me)?;
    // The first half warms up.
    for page in 0..2 * PAGES {
        if page == PAGES {
            before = Cpu::of(me)?;
        }
        read(&cx, token, query).await?;
    }
    let taken = Cpu::of(me)?.since(&before);
    cx.db.close().await?;
    let each = |micros: f64| micros / f64::from(PAGES);
    Ok(Micros { all: each(taken.all), sqlite: each(taken.sqlite) })
}

/// What use cases take.
pub(crate) fn context(db: Db, folder: &Path) -> Result<Cx> {
    context_with(db, folder, Rates::default())
}

/// The same with these limits.
pub(crate) fn context_with(db: Db, folder: &Path, rates: Rates) -> Result<Cx> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let hub = Arc::new(Hub::new(Arc::clone(&clock)));
    let files = folder.join("files");
    Ok(Cx::from(Parts {
        db,
        limits: RateLimiter::new(rates, &clock),
        mailer: Arc::new(Outbox::new(folder.join("outbox"), "Kith <kith@localhost>", Arc::clone(&clock))?),
        clock,
        entropy: Arc::new(SystemEntropy),
        ids: Ids::default(),
        files: Files::new(Arc::new(Files::folder(&files)?), files),
        image_pipeline: ImagePipeline::new(1),
        uploads: Uploads::default(),
        free_space_floor: 0,
        picture_quota_mb: 0,
        deletion_days: 14,
        bus: Arc::clone(&hub) as _,
        hub,
        passwords: Passwords::new(Cost::RECOMMENDED, 1, &SystemEntropy)?,
        public_url: "http://localhost:3000".to_owned(),
        background_writes: BackgroundWrites::default(),
        community: Community::default(),
        job_signals: domain::job::LaneSignals::default(),
    }))
}

/// Somebody who is not signed in.
pub(crate) fn nobody() -> Scope {
    Scope::anonymous(ClientAddress::from(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST)))
}
