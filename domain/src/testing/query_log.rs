use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{DatabaseConnection, Statement};

/// Keeps the statements that went to the database, to be counted and explained.
#[derive(Debug, Clone, Default)]
pub struct QueryLog(Arc<Mutex<Vec<Statement>>>);

impl QueryLog {
    /// Notes what goes over this connection from now on.
    pub(super) fn listen(&self, connection: &mut DatabaseConnection) {
        let heard = Arc::clone(&self.0);
        connection.set_metric_callback(move |info| {
            heard.lock().unwrap_or_else(PoisonError::into_inner).push(info.statement.clone());
        });
    }

    /// Takes out what was noted since the last time, in that order.
    pub fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
