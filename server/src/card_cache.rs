//! Cards of posts that were written before, as much of them as fits into a fixed memory.

use std::sync::Arc;

use app::post::{CardCache, CardKey, SharedCards};
use leptos::nonce::Nonce;
use quick_cache::{Weighter, sync::Cache};

/// Bytes that are kept at most: some two thousand cards.
const BYTES: u64 = 8_000_000;
/// So that the cache knows how large its tables have to be.
const CARDS: usize = 2_000;

struct Cards(Cache<CardKey, Arc<str>, Size>);

#[derive(Clone)]
struct Size;

impl Weighter<CardKey, Arc<str>> for Size {
    fn weight(&self, key: &CardKey, markup: &Arc<str>) -> u64 {
        (key.size() + markup.len()) as u64
    }
}

impl CardCache for Cards {
    fn get(&self, key: &CardKey) -> Option<Arc<str>> {
        self.0.get(key)
    }

    fn insert(&self, key: CardKey, markup: Arc<str>) {
        self.0.insert(key, markup);
    }
}

/// A memory with nothing in it.
pub(crate) fn empty() -> SharedCards {
    SharedCards {
        cards: Arc::new(Cards(Cache::with_weighter(CARDS, BYTES, Size))),
        account_placeholder: Nonce::new().to_string().into(),
    }
}
