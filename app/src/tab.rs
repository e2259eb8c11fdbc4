//! Which tabs of this browser are alive. A tab marks what it holds with its id; what a tab held that is gone, another one
//! takes over.
//!
//! A tab is one load of a page. It writes a heartbeat into the storage and removes it when the page goes, so that a reload
//! finds at once what it left. Not Web Locks: a page has them only over TLS, and a community may run without.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use protocol::Timestamp;
use uuid::Uuid;

use crate::{
    browser,
    effect::effect,
    storage::{BrowserStorage, Storage},
};

const HEARTBEAT: Duration = Duration::from_secs(5);
/// Silence after which a tab that crashed or was frozen counts as gone. Browsers let a hidden page act once a minute.
const SILENCE_SECONDS: i64 = 75;
const PREFIX: &str = "kith.tab.";

/// The tabs of this browser, as one of them knows them.
#[derive(Clone)]
pub(crate) struct Tabs {
    pub(crate) storage: Arc<dyn Storage>,
    pub(crate) me: Uuid,
}

impl Tabs {
    /// Says that this tab is alive, and forgets those that are not.
    pub(crate) fn heartbeat(&self, now: Timestamp) {
        self.storage.set(&key(self.me), &now.micros().to_string());
        for key in self.storage.keys() {
            if let Some(tab) = key.strip_prefix(PREFIX).and_then(|tab| tab.parse().ok())
                && !self.is_alive(tab, now)
            {
                self.storage.remove(&key);
            }
        }
    }

    /// Says that this tab goes.
    pub(crate) fn close(&self) {
        self.storage.remove(&key(self.me));
    }

    /// Whether a tab is there and may still want what it holds.
    pub(crate) fn is_alive(&self, tab: Uuid, now: Timestamp) -> bool {
        let beat = || self.storage.get(&key(tab))?.parse().ok().map(Timestamp::from_micros);
        tab == self.me || beat().is_some_and(|beat| now.seconds_since(beat).abs() < SILENCE_SECONDS)
    }
}

fn key(tab: Uuid) -> String {
    format!("{PREFIX}{tab}")
}

/// This tab. Cheap to copy; it has its id once the page is alive.
#[derive(Clone, Copy)]
pub(crate) struct Tab(StoredValue<Option<Tabs>>);

/// Makes the page a tab among others; once, at its root.
pub(crate) fn provide() {
    let tab = Tab(StoredValue::new(None));
    provide_context(tab);
    effect(move || {
        let tabs = Tabs { storage: Arc::new(BrowserStorage::Local), me: browser::random_id() };
        tab.0.set_value(Some(tabs));
        let heartbeat = move || _ = tab.with(|tabs| tabs.heartbeat(browser::now()));
        heartbeat();
        _ = set_interval(heartbeat, HEARTBEAT);
        // The page listens as long as it lives. One that a browser keeps for the way back can be there again.
        window_event_listener_untyped("pagehide", move |_| _ = tab.with(Tabs::close));
        window_event_listener_untyped("pageshow", move |_| heartbeat());
    });
}

/// This tab.
pub(crate) fn tab() -> Tab {
    expect_context()
}

impl Tab {
    /// Reads the tabs; nothing before the page is alive.
    pub(crate) fn with<T>(self, read: impl FnOnce(&Tabs) -> T) -> Option<T> {
        self.0.try_with_value(|tabs| tabs.as_ref().map(read)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::memory::MemoryStorage;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn two() -> (Tabs, Tabs) {
        let storage = MemoryStorage::new();
        let tab = |id| Tabs { storage: Arc::<MemoryStorage>::clone(&storage), me: Uuid::from_u128(id) };
        (tab(1), tab(2))
    }

    #[test]
    fn a_tab_is_alive_while_it_beats() {
        let (one, two) = two();
        one.heartbeat(at(0));
        assert!(two.is_alive(one.me, at(60)), "a hidden page may act once a minute");
        assert!(!two.is_alive(one.me, at(75)), "it crashed");
    }

    #[test]
    fn a_tab_that_goes_is_gone_at_once() {
        let (one, two) = two();
        one.heartbeat(at(0));
        one.close();
        assert!(!two.is_alive(one.me, at(0)));
    }

    #[test]
    fn the_heartbeat_of_a_tab_that_crashed_does_not_stay() {
        let (one, two) = two();
        one.heartbeat(at(0));
        two.heartbeat(at(100));
        assert_eq!(two.storage.keys().len(), 1);
    }

    #[test]
    fn a_heartbeat_from_the_future_is_that_of_a_clock_that_was_set_back() {
        let (one, two) = two();
        one.heartbeat(at(10_000));
        assert!(!two.is_alive(one.me, at(0)));
    }
}
