//! The visits of sessions that are being stored.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use protocol::SessionId;

/// The visits that are being stored, at most one for each session.
#[derive(Clone, Default)]
pub struct Visits(Arc<Mutex<HashSet<SessionId>>>);

impl Visits {
    /// Begins to store a visit; false when one of this session is being stored.
    pub(super) fn begin(&self, session: SessionId) -> bool {
        self.lock().insert(session)
    }

    /// It is stored.
    pub(super) fn end(&self, session: SessionId) {
        self.lock().remove(&session);
    }

    /// Whether every visit that was begun is stored.
    pub fn is_idle(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<SessionId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
