//! Storage: SQLite in one file, or PostgreSQL.

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    FromQueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, Value,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use uuid::Uuid;

use crate::Error;

mod plan;

/// The database. SQLite gets one connection that writes and a pool that only reads, so that writers queue here and not
/// in the busy handler; PostgreSQL has one pool for both.
#[derive(Debug, Clone)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

impl Db {
    /// Opens the SQLite database in the file `path`, which migrations have made before.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub async fn open_sqlite(path: &Path) -> Result<Self, Error> {
        let url = format!("sqlite://{}", path.display());
        plan::drop_sqlite_statistics(&url).await?;
        let writer = Database::connect(sqlite_options(&url, 1, false)).await?;
        let reader = Database::connect(sqlite_options(&url, 4, true)).await?;
        Ok(Self { writer, reader })
    }

    /// Connects to the PostgreSQL database at `url`, which migrations have filled before.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open_postgres(url: &str) -> Result<Self, Error> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(5))
            .max_lifetime(Duration::from_secs(600))
            .statement_timeout(Duration::from_secs(15))
            .sqlx_logging(false)
            .record_stmt_in_spans(false)
            .map_sqlx_postgres_opts(|postgres| postgres.options(plan::POSTGRES_PLANNER));
        let pool = Database::connect(options).await?;
        Ok(Self { writer: pool.clone(), reader: pool })
    }

    /// A database made of connections that are open already.
    pub const fn from_parts(writer: DatabaseConnection, reader: DatabaseConnection) -> Self {
        Self { writer, reader }
    }

    /// The connection for reading.
    pub const fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connection for a single statement that writes.
    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Begins a write transaction; use [`crate::Cx::write`], which ends it well. On SQLite it is IMMEDIATE: a
    /// transaction that reads first and writes later would fail when another one wrote in between.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, Error> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writer.begin_with_options(options).await?)
    }

    /// Whether the database answers, for reading and for writing.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        self.reader.ping().await?;
        Ok(self.writer.ping().await?)
    }

    /// Takes away what SQLite's write-ahead log still holds of pages that have been written to the file: old versions of them,
    /// with words that were deleted since. While somebody reads, it stays until the next time. PostgreSQL looks after its own.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn truncate_log(&self) -> Result<(), Error> {
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }

    /// Closes all connections, which brings SQLite's write-ahead log back into the file.
    ///
    /// # Errors
    /// When the last writes cannot be brought to the disk.
    pub async fn close(&self) -> Result<(), Error> {
        self.reader.clone().close().await?;
        Ok(self.writer.clone().close().await?)
    }
}

fn sqlite_options(url: &str, connections: u32, only_reads: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        // A file does not hang up; asking a connection whether it is there costs as much as a short statement.
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                // What was acknowledged survives a power cut.
                .synchronous(SqliteSynchronous::Full)
                .pragma("cache_size", "-32000")
                .pragma("temp_store", "MEMORY")
                // What is deleted is overwritten, and not only forgotten.
                .pragma("secure_delete", "ON")
                .pragma("journal_size_limit", "67108864");
            if only_reads {
                sqlite.pragma("query_only", "ON")
            } else {
                sqlite.journal_mode(SqliteJournalMode::Wal)
            }
        });
    options
}

/// All rows of a query. `$1`, `$2`, … stand for `values` on both databases; by our custom `$1` is the person who asks.
///
/// # Errors
/// Those of the database.
pub async fn all<R: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<R>, Error> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(R::find_by_statement(statement).all(db).await?)
}

/// The first row of a query, if there is one.
///
/// # Errors
/// Those of the database.
pub async fn one<R: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<R>, Error> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(R::find_by_statement(statement).one(db).await?)
}

/// Changes rows, and says how many.
///
/// # Errors
/// Those of the database.
pub async fn execute(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, Error> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// Places for `count` values, the first of them number `from`: `$2, $3, $4`.
pub(crate) fn placeholders(from: usize, count: usize) -> String {
    (from..from + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// A list of ids for `IN (…)`: its places, the first of them number `from`, and its values. It is filled up with the last one to one
/// of few lengths, because each length is a statement of its own to be prepared.
pub(crate) fn id_list<T: IntoValue + Copy>(from: usize, ids: &[T]) -> (String, impl Iterator<Item = Value>) {
    let length = ids.len().next_power_of_two();
    let filled = ids.iter().chain(ids.last().into_iter().cycle()).take(length);
    (placeholders(from, length), filled.map(|id| (*id).into_value()))
}

/// A number that a query counted.
#[derive(Debug, FromQueryResult)]
pub(crate) struct Count {
    pub(crate) count: i64,
}

/// A count as the views have it.
pub(crate) fn to_u32(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

/// An id as a value of a query.
pub(crate) trait IntoValue {
    fn into_value(self) -> Value;
}

impl<Id: Into<Uuid>> IntoValue for Id {
    fn into_value(self) -> Value {
        Value::from(self.into())
    }
}
