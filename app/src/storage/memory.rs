//! A storage for tests: two tabs of one browser hold the same one.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use super::Storage;

/// Texts in memory.
#[derive(Debug, Default)]
pub(crate) struct MemoryStorage {
    texts: Mutex<BTreeMap<String, String>>,
    /// Takes nothing, like one that is full.
    full: bool,
}

impl MemoryStorage {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self::default())
    }

    pub(crate) fn full() -> Arc<Self> {
        Arc::new(Self { full: true, ..Self::default() })
    }
}

impl Storage for MemoryStorage {
    fn get(&self, key: &str) -> Option<String> {
        self.texts.lock().unwrap().get(key).cloned()
    }

    fn set(&self, key: &str, text: &str) -> bool {
        if !self.full {
            self.texts.lock().unwrap().insert(key.to_owned(), text.to_owned());
        }
        !self.full
    }

    fn remove(&self, key: &str) {
        self.texts.lock().unwrap().remove(key);
    }

    fn keys(&self) -> Vec<String> {
        self.texts.lock().unwrap().keys().cloned().collect()
    }
}
