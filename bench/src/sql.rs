//! What one page of the feed asks the database: statements, steps of SQLite's machine, and tables that are read whole.
//! None of these depends on the machine or on what else it does.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use anyhow::{Result, ensure};
use domain::{Cx, db::Db};
use sea_orm::{DatabaseConnection, FromQueryResult, Statement};

use crate::{
    figures::exponent,
    inside,
    process::Micros,
    seed::Dataset,
    visit::{VISITS, Visit},
};

/// What one page asks at each size.
#[derive(Debug)]
pub(crate) struct Questions {
    pub(crate) name: &'static str,
    /// By size, the smallest first.
    pub(crate) sizes: Vec<Asked>,
}

#[derive(Debug)]
pub(crate) struct Asked {
    posts: u32,
    pub(crate) statements: usize,
    pub(crate) steps: u64,
    /// What the plans read from the first row to the last.
    pub(crate) scans: Vec<String>,
    /// CPU time of the domain for it.
    pub(crate) cpu: Micros,
}

pub(crate) async fn measure(sets: &[Dataset]) -> Result<Vec<Questions>> {
    let mut all = Vec::new();
    for visit in &VISITS {
        println!("counting what the feed asks: {}", visit.name);
        let mut sizes = Vec::new();
        for set in sets {
            sizes.push(ask(set, visit).await?);
        }
        all.push(Questions { name: visit.name, sizes });
    }
    Ok(all)
}

async fn ask(set: &Dataset, visit: &Visit) -> Result<Asked> {
    let token = inside::log_in(set, visit.who).await?;
    let query = visit.query(set).await?;
    let mut reader = Db::open_sqlite(&set.database()).await?.read().clone();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let statements = Arc::clone(&heard);
    reader.set_metric_callback(move |info| {
        statements.lock().unwrap_or_else(PoisonError::into_inner).push(info.statement.clone());
    });
    let cx: Cx = inside::context(Db::from_parts(reader.clone(), reader.clone()), &set.folder)?;
    // Once before, so that statements are prepared.
    inside::read(&cx, &token, query).await?;
    heard.lock().unwrap_or_else(PoisonError::into_inner).clear();
    let steps = count_steps(&reader).await?;
    let page = inside::read(&cx, &token, query).await?;
    let steps = steps.load(Ordering::SeqCst);
    ensure!(steps > 0, "the steps were not counted");
    ensure!(page.items.len() == 20, "{}: a page with {} posts", visit.name, page.items.len());
    let statements = std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Asked {
        posts: set.posts,
        statements: statements.len(),
        steps,
        scans: full_scans(&reader, statements).await?,
        cpu: inside::cpu(set, &token, query).await?,
    })
}

/// Counts from now on each instruction that SQLite's virtual machine runs for these connections.
pub(crate) async fn count_steps(reader: &DatabaseConnection) -> Result<Arc<AtomicU64>> {
    let steps = Arc::new(AtomicU64::new(0));
    let pool = reader.get_sqlite_connection_pool();
    // A page may be read over any of them, also over those that are not open yet. They come back to the pool in tasks of their own.
    let all_are_back = async || {
        while pool.num_idle() < pool.size() as usize {
            tokio::task::yield_now().await;
        }
    };
    all_are_back().await;
    let mut connections = Vec::new();
    while connections.len() < pool.options().get_max_connections() as usize {
        let mut connection = pool.acquire().await?;
        let counter = Arc::clone(&steps);
        connection.lock_handle().await?.set_progress_handler(1, move || {
            counter.fetch_add(1, Ordering::SeqCst);
            true
        });
        connections.push(connection);
    }
    drop(connections);
    all_are_back().await;
    Ok(steps)
}

async fn full_scans(reader: &DatabaseConnection, statements: Vec<Statement>) -> Result<Vec<String>> {
    #[derive(FromQueryResult)]
    struct Step {
        detail: String,
    }
    let mut scans = Vec::new();
    for statement in statements {
        let sql = statement.sql.clone();
        let plan = Statement { sql: format!("EXPLAIN QUERY PLAN {sql}"), ..statement };
        let steps = Step::find_by_statement(plan).all(reader).await?;
        scans.extend(steps.into_iter().map(|step| step.detail).filter(|detail| is_full_scan(detail, &sql)));
    }
    Ok(scans)
}

/// Lists that the statement makes itself are read whole, of course. A Bloom filter is made of all rows of its table.
fn is_full_scan(detail: &str, sql: &str) -> bool {
    if detail.starts_with("BLOOM FILTER") {
        return true;
    }
    let Some(scanned) = detail.strip_prefix("SCAN ") else { return false };
    let name = scanned.split(' ').next().unwrap_or_default();
    scanned != "CONSTANT ROW" && !sql.contains(&format!("{name} AS ("))
}

impl Questions {
    /// Steps at the largest size against the smallest.
    pub(crate) fn growth(&self) -> f64 {
        match (self.sizes.first(), self.sizes.last()) {
            (Some(first), Some(last)) => last.steps as f64 / first.steps as f64,
            _ => f64::NAN,
        }
    }

    pub(crate) fn exponent(&self) -> f64 {
        let points = self.sizes.iter().map(|size| (f64::from(size.posts), size.steps as f64));
        exponent(&points.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::is_full_scan;

    #[test]
    fn only_tables_count_as_read_whole() {
        let sql = "WITH hidden AS (SELECT 1) SELECT * FROM post, hidden";
        assert!(is_full_scan("SCAN post", sql));
        assert!(is_full_scan("SCAN post USING COVERING INDEX post_author", sql));
        assert!(is_full_scan("BLOOM FILTER ON post (author_id=?)", sql));
        assert!(!is_full_scan("SCAN hidden", sql));
        assert!(!is_full_scan("SCAN CONSTANT ROW", sql));
        assert!(!is_full_scan("SEARCH post USING INDEX post_author (author_id=?)", sql));
    }
}
