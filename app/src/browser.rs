//! What only a browser has. Everything here is for effects and events, and does without what the browser refuses.

use gloo_net::http::Request;
use js_sys::Math;
use leptos::prelude::*;
use protocol::{AccountId, Timestamp};
use uuid::{Builder, Uuid};
use web_sys::{Storage, VisibilityState};

/// An id that nobody else makes. Pages without TLS have no `crypto.randomUUID`.
pub(crate) fn random_id() -> Uuid {
    let mut bytes = [0; 16];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if filled.is_err() {
        bytes.fill_with(|| (Math::random() * 256.0) as u8);
    }
    Builder::from_random_bytes(bytes).into_uuid()
}

/// What time it is here.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(crate::ui::now_micros())
}

/// The account that the page was made for, as the host wrote it into the document; empty for nobody. Asks nothing of what is
/// around the caller, so that a call that begins after an await, or when its part of the page has gone, says the same.
pub(crate) fn page_account() -> String {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("data-account")).unwrap_or_default()
}

/// Whether somebody can see the page.
pub(crate) fn is_seen() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Whether one types on the screen itself, where Enter is for new lines and the focus brings up the keyboard.
pub(crate) fn types_on_screen() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches())
}

/// Whether the page was alive already when this was asked: then whatever is made now is made in the browser.
pub(crate) fn is_alive() -> bool {
    is_browser() && document().document_element().is_some_and(|root| root.has_attribute("data-hydrated"))
}

/// Whether the server answers, and not only what stands before it.
pub(crate) async fn reaches_server() -> bool {
    Request::get("/healthz").send().await.is_ok_and(|answer| answer.status() < 500)
}

/// Loads the page at an address of this site, also when it is this one's.
pub(crate) fn go(address: &str) {
    let location = window().location();
    let here =
        [location.pathname(), location.search(), location.hash()].map(Result::unwrap_or_default).concat();
    // To the address that one is at, a browser would at most scroll. One that refuses to load shows why.
    _ = if here == address { location.reload() } else { location.assign(address) };
}

/// Something that outlives a load of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keepsake {
    key: String,
    tab_only: bool,
}

impl Keepsake {
    /// One that all tabs share.
    pub(crate) fn shared(key: String) -> Self {
        Self { key, tab_only: false }
    }

    /// One of this tab.
    pub(crate) fn of_tab(key: String) -> Self {
        Self { key, tab_only: true }
    }

    /// What was kept.
    pub(crate) fn get(&self) -> Option<String> {
        self.storage()?.get_item(&self.key).ok().flatten()
    }

    /// Keeps a text; nothing, when it is empty.
    pub(crate) fn set(&self, text: &str) {
        let Some(storage) = self.storage() else { return };
        // A full or forbidden storage keeps nothing; the page works on.
        _ = if text.is_empty() { storage.remove_item(&self.key) } else { storage.set_item(&self.key, text) };
    }

    /// Puts what was typed in another life of the page back into its field, unless something stands there already.
    pub(crate) fn bring_back(self, text: impl Into<ArcRwSignal<String>>) {
        let text = text.into();
        Effect::new(move || {
            let (keepsake, text) = (self.clone(), text.clone());
            // After the field has been joined to its text.
            request_animation_frame(move || {
                if let (Some(left), true) = (keepsake.get(), text.with_untracked(String::is_empty)) {
                    text.set(left);
                }
            });
        });
    }

    /// Forgets whatever was kept for one account, by any part of the page: their keys have its id in them.
    pub(crate) fn forget_all_of(account: AccountId) {
        let (id, window) = (account.to_string(), window());
        let storages = [window.local_storage(), window.session_storage()];
        for storage in storages.into_iter().filter_map(|storage| storage.ok().flatten()) {
            let places = 0..storage.length().unwrap_or_default();
            let keys: Vec<String> = places.filter_map(|place| storage.key(place).ok().flatten()).collect();
            for key in keys.iter().filter(|key| key.starts_with("kith.") && key.contains(&id)) {
                // What cannot be reached is not there either.
                _ = storage.remove_item(key);
            }
        }
    }

    fn storage(&self) -> Option<Storage> {
        let storage = if self.tab_only { window().session_storage() } else { window().local_storage() };
        storage.ok().flatten()
    }
}
