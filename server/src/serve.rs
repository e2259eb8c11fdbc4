//! From the first line in the log to the last.

use std::time::Duration;

use anyhow::Context;
use tokio::{signal::unix::SignalKind, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    assets, cards,
    config::Config,
    connections::{self, ConnectionLimits},
    host, page, router, worker,
};

/// How long requests and sockets may take to end.
const DRAIN: Duration = Duration::from_secs(5);

pub(crate) async fn serve(config: Config) -> anyhow::Result<()> {
    // Before anything is opened.
    let limits = ConnectionLimits::new(connections::raise_limit());
    host::migrate(&config).await?;
    let cx = host::open(&config).await?;
    let listener = connections::listen(config.listen)
        .with_context(|| format!("KITH_LISTEN: {} can't be listened on", config.listen))?;
    let stopping = CancellationToken::new();
    let client = assets::client()?;
    let host = host::Host {
        pages: page::renderer(cx.clone(), client.clone(), cards::empty()),
        cx,
        config: config.into(),
        assets: client.assets,
        stopping: stopping.clone(),
        sockets: TaskTracker::new(),
    };
    let worker = worker::start(&host);
    tracing::info!(config = ?host.config, "kith is at {}", host.config.public_url);

    if host.config.is_in_the_open() {
        tracing::warn!(
            "KITH_PUBLIC_URL is plain http: passwords and messages can be read on the way. Put a proxy with TLS in front, and \
             set it to https://…"
        );
    }

    let (router, proxies) = (router::router(host.clone()), host.config.trusted_proxies.clone());
    let serving = tokio::spawn(connections::serve(listener, router, limits, proxies, stopping.clone()));
    wait_for_signal().await?;

    tracing::info!("stopping");
    stopping.cancel();
    host.cx.hub.close_all();
    host.sockets.close();
    if timeout(DRAIN, async { (serving.await, host.sockets.wait().await, worker.await) }).await.is_err() {
        tracing::warn!("something did not end in time");
    }
    host.cx.db.close().await?;
    tracing::info!("stopped");
    Ok(())
}

async fn wait_for_signal() -> anyhow::Result<()> {
    let mut terminate = tokio::signal::unix::signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
    }
}
