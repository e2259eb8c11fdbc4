use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use protocol::community::Community;
use sea_orm::{ConnectionTrait, Database, FromQueryResult};
use tokio::sync::OnceCell;

use super::{FaultyStore, Mailbox, ManualClock, QueryLog, Recorder, Seed};
use crate::{
    Cx,
    clock::Clock,
    cx::Parts,
    db::{Db, all},
    entropy::{Ids, SystemEntropy},
    files::Files,
    hub::Hub,
    limit::{RateLimiter, Rates},
    media::{ImagePipeline, Uploads},
    password::{Cost, Passwords},
    session::BackgroundWrites,
};

/// A throwaway database with everything around it.
pub struct TestDb {
    /// What use cases take.
    pub cx: Cx,
    /// The clock in it.
    pub clock: Arc<ManualClock>,
    /// The mail server in it.
    pub mailbox: Arc<Mailbox>,
    /// What was announced in it.
    pub events: Arc<Recorder>,
    /// What went to its database.
    pub query_log: QueryLog,
    /// Where its files are.
    pub faulty_store: Arc<FaultyStore>,
    name: String,
    folder: Folder,
}

/// A folder that goes when the test has ended.
struct Folder(PathBuf);

/// Runs a test on SQLite and then on PostgreSQL. `KITH_TEST_POSTGRES_URL` names a server that may be filled with
/// databases; without it the test fails, because half of it would be missing.
pub async fn both<F: Future<Output = ()>>(test: impl Fn(Seed) -> F) {
    let rates = Rates::default().times(1_000);
    // The test's output is shown when it fails, and says then where.
    println!("on SQLite");
    test(Seed::new(TestDb::sqlite(rates).await)).await;
    println!("on PostgreSQL");
    let store = TestDb::postgres(rates).await;
    let (db, name) = (store.cx.db.clone(), store.name.clone());
    test(Seed::new(store)).await;
    recycle(&db, name).await;
}

impl TestDb {
    /// A database in a folder of its own: a copy of one that was migrated once.
    pub async fn sqlite(rates: Rates) -> Self {
        static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();
        let migrated = MIGRATED.get_or_init(async || {
            let folder = Folder::new();
            let path = folder.0.join("kith.db");
            migration::run(&format!("sqlite://{}?mode=rwc", path.display())).await.expect("migrations");
            fs::read(path).expect("a migrated database")
        });
        let folder = Folder::new();
        let path = folder.0.join("kith.db");
        fs::write(&path, migrated.await).expect("a copied database");
        let db = Db::open_sqlite(&path).await.expect("an open database");
        Self::assemble(&db, String::new(), rates, folder)
    }

    /// A database of its own on the test server: one that was emptied, or a copy of one that was migrated once.
    pub async fn postgres(rates: Rates) -> Self {
        static MIGRATED: OnceCell<String> = OnceCell::const_new();
        let server = server();
        let migrated = MIGRATED.get_or_init(async || {
            let name = format!("kith_test_{}_migrated", std::process::id());
            on_server(&server, &format!("DROP DATABASE IF EXISTS {name}")).await;
            on_server(&server, &format!("CREATE DATABASE {name}")).await;
            migration::run(&sibling_url(&server, &name)).await.expect("migrations");
            name
        });
        let migrated = migrated.await;
        let recycled_name = recycled().pop();
        let name =
            recycled_name.clone().unwrap_or_else(|| format!("kith_test_{}_{}", std::process::id(), next()));
        if recycled_name.is_none() {
            on_server(&server, &format!("CREATE DATABASE {name} TEMPLATE {migrated}")).await;
        }
        let db = Db::open_postgres(&sibling_url(&server, &name)).await.expect("an open database");
        Self::assemble(&db, name, rates, Folder::new())
    }

    fn assemble(db: &Db, name: String, rates: Rates, folder: Folder) -> Self {
        let query_log = QueryLog::default();
        let (mut writer, mut reader) = (db.writer().clone(), db.read().clone());
        query_log.listen(&mut writer);
        query_log.listen(&mut reader);
        let (clock, mailbox) = (Arc::new(ManualClock::default()), Arc::new(Mailbox::default()));
        let ticking: Arc<dyn Clock> = Arc::clone(&clock) as _;
        let hub = Arc::new(Hub::new(Arc::clone(&ticking)));
        let events = Arc::new(Recorder::new(Arc::clone(&hub)));
        let faulty_store = Arc::new(FaultyStore::new(&folder.0.join("files")));
        let temporary = folder.0.join("tmp");
        fs::create_dir_all(&temporary).expect("a folder for temporary files");
        let cheap = Cost { memory: 8, passes: 1 };
        let cx = Cx::from(Parts {
            db: Db::from_parts(writer, reader),
            limits: RateLimiter::new(rates, &ticking),
            clock: ticking,
            entropy: Arc::new(SystemEntropy),
            ids: Ids::default(),
            bus: Arc::clone(&events) as _,
            hub,
            mailer: Arc::clone(&mailbox) as _,
            files: Files::new(Arc::clone(&faulty_store) as _, temporary),
            image_pipeline: ImagePipeline::new(2),
            uploads: Uploads::default(),
            free_space_floor: 0,
            picture_quota_mb: 1_000,
            deletion_days: 14,
            passwords: Passwords::new(cheap, 2, &SystemEntropy).expect("passwords"),
            public_url: "http://localhost:3000".to_owned(),
            background_writes: BackgroundWrites::default(),
            community: Community::default(),
            job_signals: crate::job::LaneSignals::default(),
        });
        Self { cx, clock, mailbox, events, query_log, faulty_store, name, folder }
    }

    /// The same with other settings, before anybody uses it.
    #[must_use]
    pub fn configured(mut self, change: impl FnOnce(&mut Parts)) -> Self {
        change(self.cx.parts_mut().expect("a store that nobody uses yet"));
        self
    }

    /// All files that are stored, by their places.
    pub fn files(&self) -> Vec<PathBuf> {
        files_in(&self.folder.0.join("files"))
    }

    /// All files that are still coming in and have a name.
    pub fn temporary_files(&self) -> Vec<PathBuf> {
        files_in(&self.folder.0.join("tmp"))
    }

    /// What PostgreSQL calls the database.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The folder of all its files.
    pub fn folder(&self) -> &Path {
        &self.folder.0
    }
}

/// A database as an earlier version left it.
pub struct EarlierDb {
    /// Its address.
    pub url: String,
    _folder: Option<Folder>,
}

impl EarlierDb {
    /// One of each kind, after the first `changes`.
    pub async fn both(changes: u32) -> [Self; 2] {
        let folder = Folder::new();
        let sqlite = format!("sqlite://{}?mode=rwc", folder.0.join("kith.db").display());
        let (server, name) = (server(), format!("kith_test_{}_earlier_{}", std::process::id(), next()));
        on_server(&server, &format!("CREATE DATABASE {name}")).await;
        let earlier = [
            Self { url: sqlite, _folder: Some(folder) },
            Self { url: sibling_url(&server, &name), _folder: None },
        ];
        for db in &earlier {
            migration::run_first(&db.url, Some(changes)).await.expect("migrations");
        }
        earlier
    }
}

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("kith-test-{}-{}", std::process::id(), next()));
        fs::create_dir_all(&folder).expect("a folder for the database");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind is no reason to fail.
        _ = fs::remove_dir_all(&self.0);
    }
}

#[expect(clippy::disallowed_methods, reason = "the address of the test server is no part of the product")]
pub(super) fn server() -> String {
    std::env::var("KITH_TEST_POSTGRES_URL").expect(
        "KITH_TEST_POSTGRES_URL names a PostgreSQL server for tests: scripts/with-postgres starts one",
    )
}

/// Databases on the test server that are empty again: emptying one is quicker than making one.
fn recycled() -> MutexGuard<'static, Vec<String>> {
    static RECYCLED: Mutex<Vec<String>> = Mutex::new(Vec::new());
    RECYCLED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Empties a database for the next test, unless this one has closed it.
async fn recycle(db: &Db, name: String) {
    #[derive(FromQueryResult)]
    struct Table {
        tablename: String,
    }
    let sql =
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'seaql_migrations'";
    let Ok(tables) = all::<Table>(db.read(), sql, []).await else { return };
    // As a replica: foreign keys do not ask which table is emptied first.
    let mut sql = "SET LOCAL session_replication_role = replica;".to_owned();
    for Table { tablename } in tables {
        sql.push_str(&format!("DELETE FROM {tablename};"));
    }
    db.writer().execute_unprepared(&sql).await.expect("empty tables");
    db.close().await.expect("a closed database");
    recycled().push(name);
}

async fn on_server(server: &str, sql: &str) {
    let connection = Database::connect(server).await.expect("the test server");
    connection.execute_unprepared(sql).await.expect("a statement for the test server");
    connection.close().await.expect("a closed connection");
}

/// All files in a folder and in those in it.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry of a folder").path());
    paths.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

/// The address of another database on the same server.
pub(super) fn sibling_url(server: &str, database: &str) -> String {
    let (front, _) = server.rsplit_once('/').expect("an address that ends in a database");
    format!("{front}/{database}")
}

fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::SeqCst)
}
