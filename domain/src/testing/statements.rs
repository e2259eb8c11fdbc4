use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{DatabaseConnection, DbBackend, FromQueryResult, Statement};

use super::Store;

/// Keeps the statements that went to the database, to be counted and explained.
#[derive(Debug, Clone, Default)]
pub struct Statements(Arc<Mutex<Vec<Statement>>>);

impl Statements {
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

impl Store {
    /// What SQLite would read from the first row to the last to answer `statements`. PostgreSQL plans by the rows that
    /// there are, so its answer for a nearly empty table says nothing, and none is given.
    pub async fn full_scans(&self, statements: Vec<Statement>) -> Vec<String> {
        #[derive(FromQueryResult)]
        struct Step {
            detail: String,
        }
        let mut scans = Vec::new();
        for statement in statements.into_iter().filter(|statement| statement.db_backend == DbBackend::Sqlite)
        {
            // A list that the statement itself makes is read whole, of course.
            let is_table =
                |scan: &str| scan != "CONSTANT ROW" && !statement.sql.contains(&format!(" {scan} AS ("));
            let explain =
                Statement { sql: format!("EXPLAIN QUERY PLAN {}", statement.sql), ..statement.clone() };
            let steps = Step::find_by_statement(explain).all(self.cx.db.read()).await.expect("a plan");
            let details = steps.into_iter().map(|step| step.detail);
            let is_full_scan = |detail: &str| {
                // Such a filter is made of all rows of its table.
                detail.starts_with("BLOOM FILTER") || detail.strip_prefix("SCAN ").is_some_and(is_table)
            };
            scans.extend(details.filter(|detail| is_full_scan(detail)));
        }
        scans
    }
}
