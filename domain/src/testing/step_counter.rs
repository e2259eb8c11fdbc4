use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sea_orm::{DatabaseConnection, sqlx::SqlitePool};

/// Counts the instructions of SQLite's virtual machine: the cost of a read, the same on every machine.
pub struct StepCounter {
    counted: Arc<AtomicU64>,
    pool: SqlitePool,
}

impl StepCounter {
    /// Counts on all connections of an SQLite database that are open now.
    pub async fn new(db: &DatabaseConnection) -> Self {
        let counter = Self { counted: Arc::default(), pool: db.get_sqlite_connection_pool().clone() };
        counter.all_are_back().await;
        let mut connections = Vec::new();
        while connections.len() < counter.pool.size() as usize {
            let mut connection = counter.pool.acquire().await.expect("a connection");
            let counted = Arc::clone(&counter.counted);
            connection.lock_handle().await.expect("its handle").set_progress_handler(1, move || {
                counted.fetch_add(1, Ordering::SeqCst);
                true
            });
            connections.push(connection);
        }
        counter
    }

    /// What `read` answers, and its steps.
    pub async fn of<T>(&self, read: impl Future<Output = T>) -> (T, u64) {
        // Else the pool might open another connection, on which nobody counts.
        self.all_are_back().await;
        let before = self.counted.load(Ordering::SeqCst);
        let answer = read.await;
        let steps = self.counted.load(Ordering::SeqCst) - before;
        assert!(steps > 0, "the steps were not counted");
        (answer, steps)
    }

    /// Connections come back to the pool in tasks of their own.
    async fn all_are_back(&self) {
        while self.pool.num_idle() < self.pool.size() as usize {
            tokio::task::yield_now().await;
        }
    }
}
