//! The browser's storage: texts under keys, which outlive the page.
//!
//! The outbox and the drafts work on the trait, so that they are tested without a browser.

use leptos::prelude::*;
use protocol::AccountId;

#[cfg(test)]
pub(crate) mod memory;

/// Texts under keys.
pub(crate) trait Storage: Send + Sync {
    /// The text under a key.
    fn get(&self, key: &str) -> Option<String>;

    /// Stores a text. Whether it is stored: one that is full or forbidden takes nothing, and the page works on.
    fn set(&self, key: &str, text: &str) -> bool;

    /// Removes a text.
    fn remove(&self, key: &str);

    /// All keys, in no order.
    fn keys(&self) -> Vec<String>;
}

/// What the browser has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BrowserStorage {
    /// `localStorage`: all tabs share it.
    Local,
    /// `sessionStorage`: this tab's alone.
    Session,
}

impl BrowserStorage {
    fn storage(self) -> Option<web_sys::Storage> {
        let window = window();
        let storage = if self == Self::Local { window.local_storage() } else { window.session_storage() };
        storage.ok().flatten()
    }
}

impl Storage for BrowserStorage {
    fn get(&self, key: &str) -> Option<String> {
        self.storage()?.get_item(key).ok().flatten()
    }

    fn set(&self, key: &str, text: &str) -> bool {
        self.storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
    }

    fn remove(&self, key: &str) {
        if let Some(storage) = self.storage() {
            // What cannot be reached is not there either.
            _ = storage.remove_item(key);
        }
    }

    fn keys(&self) -> Vec<String> {
        let Some(storage) = self.storage() else { return Vec::new() };
        let places = 0..storage.length().unwrap_or_default();
        places.filter_map(|place| storage.key(place).ok().flatten()).collect()
    }
}

/// What every key begins with under which an account's unsent entries and drafts are: [`crate::outbox`], [`crate::draft`].
pub(crate) fn outbox_prefix(account: AccountId) -> String {
    format!("kith.outbox.{account}.")
}

/// The same for drafts.
pub(crate) fn draft_prefix(account: AccountId) -> String {
    format!("kith.drafts.{account}.")
}

/// The keys of whatever an account has written here and not sent, in any tab.
pub(crate) fn unsent_keys(storage: &dyn Storage, account: AccountId) -> Vec<String> {
    let prefixes = [outbox_prefix(account), draft_prefix(account)];
    let mut keys = storage.keys();
    keys.retain(|key| prefixes.iter().any(|prefix| key.starts_with(prefix)));
    keys
}
