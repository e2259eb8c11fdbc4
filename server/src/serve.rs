//! From the first line in the log to the last.

use std::time::Duration;

use anyhow::Context;
use tokio::{signal::unix::SignalKind, time::timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    app_state, assets, card_cache,
    config::Config,
    connections::{self, ConnectionLimits},
    live, page, router, worker,
};

/// How long requests and sockets may take to end.
const DRAIN: Duration = Duration::from_secs(5);

pub(crate) async fn serve(config: Config) -> anyhow::Result<()> {
    // Before anything is opened.
    let limits = ConnectionLimits::new(connections::raise_limit());
    app_state::migrate(&config).await?;
    let cx = app_state::open(&config).await?;
    let listener = connections::listen(config.listen)
        .with_context(|| format!("KITH_LISTEN: {} can't be listened on", config.listen))?;
    let stopping = CancellationToken::new();
    let client = assets::client()?;
    let state = app_state::AppState {
        pages: page::renderer(cx.clone(), client.clone(), card_cache::empty()),
        cx,
        config: config.into(),
        assets: client.assets,
        stopping: stopping.clone(),
        sockets: TaskTracker::new(),
    };
    let (worker, readers) = (worker::start(&state), live::start(&state));
    tracing::info!(config = ?state.config, "kith is at {}", state.config.public_url);

    if state.config.is_in_the_open() {
        tracing::warn!(
            "KITH_PUBLIC_URL is plain http: passwords and messages can be read on the way. Put a proxy with TLS in front, and \
             set it to https://…"
        );
    }

    let (router, proxies) = (router::router(state.clone()), state.config.trusted_proxies.clone());
    let serving = tokio::spawn(connections::serve(listener, router, limits, proxies, stopping.clone()));
    wait_for_signal().await?;

    tracing::info!("stopping");
    stopping.cancel();
    state.cx.hub.close_all();
    state.sockets.close();
    if timeout(DRAIN, async { (serving.await, state.sockets.wait().await, worker.await, readers.await) })
        .await
        .is_err()
    {
        tracing::warn!("something did not end in time");
    }
    state.cx.db.close().await?;
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
