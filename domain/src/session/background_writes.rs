//! Small writes that no request waits for.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;

use crate::Error;

/// The writes that are under way, at most one for each key: that of a visit is its session.
#[derive(Clone, Default)]
pub struct BackgroundWrites(Arc<Mutex<HashSet<Uuid>>>);

impl BackgroundWrites {
    /// Writes in a task of its own, unless a write under this key is under way.
    pub(super) fn start(&self, key: Uuid, write: impl Future<Output = Result<(), Error>> + Send + 'static) {
        if !self.lock().insert(key) {
            return;
        }
        let writes = self.clone();
        tokio::spawn(async move {
            if let Err(error) = write.await {
                error.log();
            }
            writes.lock().remove(&key);
        });
    }

    /// Whether everything that was begun is stored.
    pub fn is_idle(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
