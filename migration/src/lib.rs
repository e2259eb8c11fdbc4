//! The changes of the database's shape, in the order of their names: one SQL file per change, which is found by itself; what has
//! landed is never edited.
//!
//! The same text makes both databases, but where SQLite has no statement for it: then there are a `.sqlite.sql` and a `.postgres.sql`. SQLite takes any type name and stores what it is given (`uuid` and `bytea`
//! columns hold blobs, `bigint` integers), PostgreSQL means it. Moments are microseconds since 1970 in UTC, because
//! numbers sort the same everywhere; ids are made by the application.
//!
//! A change only adds (expand), and a later release removes what nobody reads any more (contract), so that two
//! versions of Kith can share one database while it is being upgraded.

use sea_orm_migration::{
    DbErr, MigrationName, MigrationTrait, MigratorTrait, SchemaManager, async_trait,
    sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseBackend},
};

/// The number under which PostgreSQL knows the lock around our changes: "kith" in ASCII.
const LOCK: i64 = 0x6b69_7468;

/// Brings the database at `url` up to date, on a connection of its own. Of several processes that start at once, one
/// does it and the others wait.
///
/// # Errors
/// When the database cannot be opened or a change fails; what that change did is rolled back.
pub async fn run(url: &str) -> Result<(), DbErr> {
    run_first(url, None).await
}

/// The same, but no further than the first `count` changes, when it says a number: the database of an earlier version, for tests.
///
/// # Errors
/// Those of [`run`].
pub async fn run_first(url: &str, count: Option<u32>) -> Result<(), DbErr> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await?;
    if connection.get_database_backend() == DatabaseBackend::Sqlite {
        // Only a connection that is alone can change the journal's kind; it then stays with the file.
        connection.execute_unprepared("PRAGMA journal_mode = WAL").await?;
        // A table that is made anew leaves no copy of its rows behind.
        connection.execute_unprepared("PRAGMA secure_delete = ON").await?;
    } else {
        connection.execute_unprepared(&format!("SELECT pg_advisory_lock({LOCK})")).await?;
    }
    let migrated = Migrator::up(&connection, count).await;
    // The lock goes with its connection.
    connection.close().await?;
    migrated
}

/// All changes.
struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        CHANGES.iter().map(|change| Box::new(*change) as _).collect()
    }
}

#[derive(Clone, Copy)]
struct Change {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

// The files beside this one, by name: `build.rs` lists them.
include!(concat!(env!("OUT_DIR"), "/changes.rs"));

impl MigrationName for Change {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Change {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => self.sqlite,
            _ => self.postgres,
        };
        manager.get_connection().execute_unprepared(sql).await.map(drop)
    }

    /// A change that was interrupted leaves nothing, on SQLite as on PostgreSQL.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
