use std::net::{IpAddr, SocketAddr};

use app::{assets::Assets, post::SharedCards};
use axum::Router;
use domain::{
    limit::Rates,
    testing::{Seed, TestDb},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::Browser;
use crate::{app_state::AppState, assets::Client, card_cache, config::Config, page, router};

/// A Kith with a throwaway database behind it.
pub(super) struct Site {
    pub(super) seed: Seed,
    pub(super) state: AppState,
    pub(super) router: Router,
}

impl Site {
    pub(super) fn new(seed: Seed) -> Self {
        Self::configured(seed, Config::default())
    }

    pub(super) fn configured(seed: Seed, config: Config) -> Self {
        let assets = Assets {
            js: "/pkg/kith.js".to_owned(),
            wasm: "/pkg/kith.wasm".to_owned(),
            css: "/pkg/styles/main.css".to_owned(),
            icons: "/pkg/icons.svg".to_owned(),
            dev: false,
        };
        let state = AppState {
            pages: page::renderer(seed.cx.clone(), Client::whole(assets.clone()), card_cache::empty()),
            cx: seed.cx.clone(),
            config: config.into(),
            assets,
            stopping: CancellationToken::new(),
            sockets: TaskTracker::new(),
        };
        let router = router::router(state.clone());
        Self { seed, state, router }
    }

    /// The same, with that memory of cards.
    pub(super) fn keeping(self, cards: SharedCards) -> Self {
        let pages = page::renderer(self.seed.cx.clone(), Client::whole(self.state.assets.clone()), cards);
        let state = AppState { pages, ..self.state };
        Self { router: router::router(state.clone()), state, ..self }
    }

    /// One on SQLite, for what does not depend on the database.
    pub(super) async fn sqlite() -> Self {
        Self::new(Seed::new(TestDb::sqlite(Rates::default().times(1_000)).await))
    }

    /// The browser of somebody who is not signed in.
    pub(super) fn visitor(&self) -> Browser {
        self.visitor_at(IpAddr::from([192, 0, 2, 1]))
    }

    /// The same, on a machine of their own.
    pub(super) fn visitor_at(&self, address: IpAddr) -> Browser {
        Browser::new(self.router.clone(), SocketAddr::new(address, 50_000))
    }

    /// The browser of a new person, signed in.
    pub(super) async fn member(&self, username: &str) -> Browser {
        self.seed.person(username).await;
        let mut browser = self.visitor();
        browser.log_in(username, &Seed::form(username).password).await;
        browser
    }
}
