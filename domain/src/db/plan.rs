//! Keeps the plans of statements the same, whatever the database believes about its tables.
//!
//! A planner with statistics chooses by what the tables held when the statistics were taken: those of a community of one
//! person make its pages 45 times slower once it has grown. Our statements are written for their indexes, so neither
//! database is asked to choose.

use sea_orm::{ConnectOptions, ConnectionTrait, Database};

use crate::Error;

/// The tables in which SQLite keeps statistics. They are there after an `ANALYZE`, whoever ran it.
const SQLITE_STATISTICS: [&str; 2] = ["sqlite_stat1", "sqlite_stat4"];

/// Has PostgreSQL go through indexes, with one plan for all values. What is "off" is still done where there is no other way;
/// compiling statements, which PostgreSQL does when it takes them for that dear, is not.
pub(super) const POSTGRES_PLANNER: [(&str, &str); 9] = [
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("enable_sort", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("enable_material", "off"),
    ("random_page_cost", "1.1"),
    ("max_parallel_workers_per_gather", "0"),
    ("jit", "off"),
];

/// Removes the statistics of the SQLite database at `url`. Connections read them when they open, so this one is closed
/// before others open.
pub(super) async fn drop_sqlite_statistics(url: &str) -> Result<(), Error> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await?;
    for table in SQLITE_STATISTICS {
        connection.execute_unprepared(&format!("DROP TABLE IF EXISTS {table}")).await?;
    }
    Ok(connection.close().await?)
}
