//! Examines what is stored: counters against what they count, and jobs that were given up.

use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, TransactionTrait};

use crate::{
    Cx, Error,
    counter::COUNTERS,
    db::{Count, execute, one},
    job_runner::{self, GivenUpJob},
};

#[cfg(test)]
mod tests;

/// What an examination found.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// Each counter.
    pub counters: Vec<CounterReport>,
    /// The jobs that were given up, the latest first.
    pub given_up: Vec<GivenUpJob>,
}

/// How many rows of a counter say something else than what is there, or did before they were repaired.
#[derive(Debug, PartialEq, Eq)]
pub struct CounterReport {
    /// What it counts.
    pub name: &'static str,
    /// How many rows are wrong.
    pub wrong: u64,
}

/// Counts what counters count and says which are wrong; changes nothing. The server may run meanwhile.
///
/// # Errors
/// Those of the database.
pub async fn examine(cx: &Cx) -> Result<Report, Error> {
    let tx = begin_long_read(cx.db.read()).await?;
    let mut counters = Vec::new();
    for counter in &COUNTERS {
        let wrong: Option<Count> = one(&tx, &counter.wrong(), []).await?;
        let wrong = wrong.map_or(0, |wrong| wrong.count.unsigned_abs());
        counters.push(CounterReport { name: counter.name, wrong });
    }
    tx.rollback().await?;
    Ok(Report { counters, given_up: job_runner::given_up(cx).await? })
}

/// Sets all counters right in one transaction, for which every other writer waits; says how many rows were wrong.
///
/// # Errors
/// Those of the database.
pub async fn repair(cx: &Cx) -> Result<Vec<CounterReport>, Error> {
    cx.write(|tx| {
        Box::pin(async move {
            lift_time_limit(tx).await?;
            if tx.get_database_backend() == DbBackend::Postgres {
                // What changes while it is counted would be counted wrong. On SQLite there is one writer anyway.
                let lock = "LOCK TABLE account, follow, block, post, post_like, comment, conversation, chat_member, message \
                            IN SHARE ROW EXCLUSIVE MODE";
                tx.execute_unprepared(lock).await?;
            }
            let mut repaired = Vec::new();
            for counter in &COUNTERS {
                let wrong = execute(&**tx, &counter.repair(), []).await?;
                repaired.push(CounterReport { name: counter.name, wrong });
            }
            Ok(repaired)
        })
    })
    .await
}

async fn begin_long_read(db: &DatabaseConnection) -> Result<DatabaseTransaction, Error> {
    let tx = db.begin().await?;
    lift_time_limit(&tx).await?;
    Ok(tx)
}

/// A statement of a request ends after seconds; counting everything may take minutes.
async fn lift_time_limit(tx: &DatabaseTransaction) -> Result<(), Error> {
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("SET LOCAL statement_timeout = 0").await?;
    }
    Ok(())
}
