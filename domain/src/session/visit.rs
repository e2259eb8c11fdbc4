//! When a session was last used. The note is written beside the request: reading a page never waits for the writer.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use protocol::{SessionId, Timestamp};

use super::store;
use crate::Cx;

/// The notes that are being written, at most one for each session.
#[derive(Clone, Default)]
pub struct Visits(Arc<Mutex<HashSet<SessionId>>>);

impl Visits {
    /// Writes that `session` was used now, in a task of its own. Best effort: a note that cannot be written is written at
    /// the next visit.
    pub(super) fn record(&self, cx: &Cx, session: SessionId, now: Timestamp) {
        if !self.lock().insert(session) {
            return;
        }
        let (visits, cx) = (self.clone(), cx.clone());
        tokio::spawn(async move {
            if let Err(error) = store::record_visit(cx.db.writer(), session, now).await {
                error.log();
            }
            visits.lock().remove(&session);
        });
    }

    /// Whether every note that was begun is written.
    pub fn is_idle(&self) -> bool {
        self.lock().is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<SessionId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
