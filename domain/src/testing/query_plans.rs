//! How the database answers statements, and what would change that: statistics of other tables than it has.

use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, FromQueryResult, Statement, TransactionTrait,
};

use super::{TestDb, test_db};
use crate::db::Db;

/// What a database believes about its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistics {
    /// There is nothing in them.
    Empty,
    /// There is one row in each.
    Tiny,
    /// One person wrote a million posts.
    Lopsided,
}

impl Statistics {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Empty, Self::Tiny, Self::Lopsided];

    /// As SQLite writes them: rows, then rows for each value of the first column of an index, of the first two, ….
    const fn sqlite(self) -> &'static str {
        match self {
            Self::Empty => "'0 0 0 0'",
            Self::Tiny => "'1 1 1 1'",
            Self::Lopsided => {
                "CASE WHEN tbl IN ('account', 'block', 'follow', 'session') THEN '1 1 1 1' \
                 ELSE '1000000 1000000 1000000 1' END"
            }
        }
    }

    /// As PostgreSQL writes them: rows and pages of a table.
    const fn postgres(self) -> &'static str {
        match self {
            Self::Empty => "reltuples = 0, relpages = 0",
            Self::Tiny => "reltuples = 1, relpages = 1",
            Self::Lopsided => {
                "reltuples = CASE WHEN relname IN ('account', 'block', 'follow', 'session') THEN 1 ELSE 1000000 END, \
                 relpages = CASE WHEN relname IN ('account', 'block', 'follow', 'session') THEN 1 ELSE 100000 END"
            }
        }
    }
}

/// The tables that [`TestDb::grow`] fills.
const GROWN: [&str; 8] =
    ["account", "comment", "follow", "post", "post_like", "search_name", "search_person", "search_post"];

impl TestDb {
    /// Adds 2,000 people, who follow the first of them, and 5,000 posts of theirs with a like and a comment each.
    pub async fn grow(&self) {
        let (id, cast) = match self.cx.db.read().get_database_backend() {
            DbBackend::Sqlite => ("randomblob(16)", ""),
            _ => ("gen_random_uuid()", "::text"),
        };
        let people = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) ";
        let fill = [
            format!(
                "INSERT INTO account (id, username, likeness, first_name, last_name, email, email_key, password_hash, \
                 created_at, verified_at) {people} SELECT {id}, 'grown' || i{cast}, 'grown' || i{cast}, 'G', 'Rown', \
                 'g' || i{cast}, 'g' || i{cast}, '', i, i FROM n"
            ),
            format!(
                "INSERT INTO post (id, author_id, body, created_at, like_count, comment_count) \
                 SELECT {id}, account.id, 'grown', part.i, 1, 1 FROM account, (SELECT 1 AS i UNION SELECT 2 UNION SELECT 3) AS part \
                 WHERE username LIKE 'grown%' AND (part.i < 3 OR account.created_at <= 1000)"
            ),
            "INSERT INTO post_like (post_id, account_id, created_at) \
             SELECT id, author_id, 1 FROM post WHERE body = 'grown'"
                .to_owned(),
            format!(
                "INSERT INTO comment (id, post_id, author_id, body, created_at) \
                 SELECT {id}, id, author_id, 'grown', 1 FROM post WHERE body = 'grown'"
            ),
            "INSERT INTO follow (follower_id, followed_id, created_at) \
             SELECT follower.id, followed.id, 1 FROM account AS follower, account AS followed \
             WHERE follower.username LIKE 'grown%' AND followed.username = 'grown1' AND follower.id <> followed.id"
                .to_owned(),
            "UPDATE account SET \
             follower_count = (SELECT COUNT(*) FROM follow WHERE followed_id = account.id), \
             following_count = (SELECT COUNT(*) FROM follow WHERE follower_id = account.id), \
             post_count = (SELECT COUNT(*) FROM post WHERE author_id = account.id AND removed_at IS NULL)"
                .to_owned(),
            "INSERT INTO search_person (account_id, names) \
             SELECT id, ' g rown ' || username FROM account WHERE username LIKE 'grown%'"
                .to_owned(),
            "INSERT INTO search_name (word, account_id) SELECT username, id FROM account WHERE username LIKE 'grown%' \
             UNION ALL SELECT 'rown', id FROM account WHERE username LIKE 'grown%'"
                .to_owned(),
            "INSERT INTO search_post (id, post_id, words) \
             SELECT ROW_NUMBER() OVER (ORDER BY id), id, 'grown' FROM post WHERE body = 'grown'"
                .to_owned(),
        ];
        for sql in fill {
            self.cx.db.writer().execute_unprepared(&sql).await.expect("a grown table");
        }
    }

    /// Writes these statistics into the database, as if `ANALYZE` had found them.
    pub async fn write_statistics(&self, statistics: Statistics) {
        let Some(url) = self.sqlite_url() else {
            let sql = format!(
                "UPDATE pg_class SET {} WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace",
                statistics.postgres()
            );
            self.cx.db.writer().execute_unprepared(&sql).await.expect("statistics");
            return;
        };
        let connection = Database::connect(url).await.expect("a connection");
        let sql = format!(
            "ANALYZE; DELETE FROM sqlite_stat4; DELETE FROM sqlite_stat1; \
             INSERT INTO sqlite_stat1 (tbl, idx) SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index'; \
             UPDATE sqlite_stat1 SET stat = {};",
            statistics.sqlite()
        );
        connection.execute_unprepared(&sql).await.expect("statistics");
        connection.close().await.expect("a closed connection");
    }

    /// The database, opened once more as a server does.
    pub async fn reopen(&self) -> Db {
        match self.sqlite_url() {
            Some(_) => Db::open_sqlite(&self.folder().join("kith.db")).await.expect("an open database"),
            None => self.cx.db.clone(),
        }
    }

    /// A connection of somebody who takes no care of plans.
    pub async fn careless_connection(&self) -> DatabaseConnection {
        let url = self.sqlite_url().unwrap_or_else(|| test_db::sibling_url(&test_db::server(), self.name()));
        Database::connect(url).await.expect("a connection")
    }

    fn sqlite_url(&self) -> Option<String> {
        (self.cx.db.read().get_database_backend() == DbBackend::Sqlite)
            .then(|| format!("sqlite://{}", self.folder().join("kith.db").display()))
    }

    /// What SQLite would read from the first row to the last to answer `statements`. PostgreSQL plans by the rows that
    /// there are, so its answer for a nearly empty table says nothing, and none is given.
    pub async fn full_scans(&self, statements: Vec<Statement>) -> Vec<String> {
        let mut scans = Vec::new();
        for statement in statements.iter().filter(|statement| statement.db_backend == DbBackend::Sqlite) {
            scans.extend(full_scans(statement, &plan(self.cx.db.read(), statement).await));
        }
        scans
    }
}

/// The plan of a statement, line by line.
pub async fn plan(db: &DatabaseConnection, statement: &Statement) -> Vec<String> {
    match statement.db_backend {
        DbBackend::Sqlite => sqlite_plan(db, statement).await,
        _ => postgres_plan(db, statement).await,
    }
}

async fn sqlite_plan(db: &DatabaseConnection, statement: &Statement) -> Vec<String> {
    #[derive(FromQueryResult)]
    struct Step {
        detail: String,
    }
    let explain = Statement { sql: format!("EXPLAIN QUERY PLAN {}", statement.sql), ..statement.clone() };
    let steps = Step::find_by_statement(explain).all(db).await.expect("a plan");
    steps.into_iter().map(|step| step.detail).collect()
}

/// That of the prepared statement, whose values are not known yet.
async fn postgres_plan(db: &DatabaseConnection, statement: &Statement) -> Vec<String> {
    let places = statement.values.as_ref().map_or(0, |values| values.0.len());
    let values = if places == 0 { String::new() } else { format!("({})", vec!["NULL"; places].join(", ")) };
    let connection = db.begin().await.expect("a transaction");
    let prepare = format!("PREPARE explained AS {}", statement.sql);
    connection.execute_unprepared(&prepare).await.expect("a prepared statement");
    let explain = Statement::from_string(
        statement.db_backend,
        format!("EXPLAIN (COSTS OFF) EXECUTE explained{values}"),
    );
    let lines = connection.query_all_raw(explain).await.expect("a plan");
    connection.execute_unprepared("DEALLOCATE explained").await.expect("a forgotten statement");
    connection.rollback().await.expect("an ended transaction");
    lines.iter().map(|line| line.try_get_by_index(0).expect("a line of a plan")).collect()
}

/// A table that is read whole on purpose: few people are about to leave at a time, and all of them are hidden.
const FEW: &str = "closed_account";

/// The lines of a plan that read a table from its first row to its last; on PostgreSQL only the tables that
/// [`TestDb::grow`] fills.
pub fn full_scans(statement: &Statement, plan: &[String]) -> Vec<String> {
    match statement.db_backend {
        DbBackend::Sqlite => sqlite_full_scans(statement, plan),
        _ => postgres_full_scans(plan),
    }
}

fn sqlite_full_scans(statement: &Statement, plan: &[String]) -> Vec<String> {
    // A list that the statement itself makes is read whole, of course.
    // A full-text index that is asked for words is not read whole, though SQLite calls that a scan.
    let is_full_text = |scan: &str| scan.contains(" VIRTUAL TABLE INDEX ") && scan.contains(":M");
    let is_table = |scan: &str| {
        scan != "CONSTANT ROW"
            && scan.split(' ').next() != Some(FEW)
            && !is_full_text(scan)
            && !statement.sql.contains(&format!(" {scan} AS ("))
    };
    let is_full_scan = |line: &&String| {
        // Such a filter is made of all rows of its table.
        let filtered =
            line.strip_prefix("BLOOM FILTER ON ").map(|rest| rest.split(' ').next().unwrap_or(rest));
        filtered.or_else(|| line.strip_prefix("SCAN ")).is_some_and(is_table)
    };
    plan.iter().filter(is_full_scan).cloned().collect()
}

fn postgres_full_scans(plan: &[String]) -> Vec<String> {
    let is_grown = |line: &str| {
        let table = line.split(" on ").nth(1).and_then(|rest| rest.split(' ').next());
        table.is_some_and(|table| GROWN.contains(&table))
    };
    let mut scans = Vec::new();
    for (at, line) in plan.iter().enumerate().filter(|(_, line)| is_grown(line)) {
        let below = plan.iter().skip(at + 1).take_while(|below| !below.contains("->"));
        // An index that is read without a condition is read whole, too.
        let is_conditional =
            line.contains("Bitmap") || below.into_iter().any(|below| below.contains("Index Cond"));
        if line.contains("Seq Scan") || !is_conditional {
            scans.push(line.clone());
        }
    }
    scans
}
