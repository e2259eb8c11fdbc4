use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sea_orm::{ConnectionTrait, Database};

use super::{Mailbox, Seed, StillClock};
use crate::{
    Cx,
    clock::Clock,
    cx::Parts,
    db::Db,
    entropy::{Ids, SystemEntropy},
    limit::{Limits, Rates},
    live::{Hub, LocalBus},
    password::{Cost, Passwords},
};

/// A throwaway database with everything around it.
pub struct Store {
    /// What use cases take.
    pub cx: Cx,
    /// The clock in it.
    pub clock: Arc<StillClock>,
    /// The mail server in it.
    pub mailbox: Arc<Mailbox>,
    _folder: Option<Folder>,
}

/// A folder that goes when the test has ended.
struct Folder(PathBuf);

/// Runs a test on SQLite and then on PostgreSQL. `KITH_TEST_POSTGRES_URL` names a server that may be filled with
/// databases; without it the test fails, because half of it would be missing.
pub async fn both<F: Future<Output = ()>>(test: impl Fn(Seed) -> F) {
    test(Seed::new(Store::sqlite(Rates::default().times(1_000)).await)).await;
    test(Seed::new(Store::postgres(Rates::default().times(1_000)).await)).await;
}

impl Store {
    /// A database in a folder of its own.
    pub async fn sqlite(rates: Rates) -> Self {
        let folder = std::env::temp_dir().join(format!("kith-test-{}-{}", std::process::id(), next()));
        std::fs::create_dir_all(&folder).expect("a folder for the database");
        let path = folder.join("kith.db");
        migration::run(&format!("sqlite://{}?mode=rwc", path.display())).await.expect("migrations");
        let db = Db::open_sqlite(&path).await.expect("an open database");
        Self { _folder: Some(Folder(folder)), ..Self::around(db, rates) }
    }

    /// A database of its own on the test server.
    #[expect(clippy::disallowed_methods, reason = "the address of the test server is no part of the product")]
    pub async fn postgres(rates: Rates) -> Self {
        let server = std::env::var("KITH_TEST_POSTGRES_URL")
            .expect("KITH_TEST_POSTGRES_URL names a PostgreSQL server for tests: scripts/with-postgres starts one");
        let name = format!("kith_test_{}_{}", std::process::id(), next());
        let connection = Database::connect(&server).await.expect("the test server");
        connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a new database");
        connection.close().await.expect("a closed connection");
        let (front, _) = server.rsplit_once('/').expect("an address that ends in a database");
        let url = format!("{front}/{name}");
        migration::run(&url).await.expect("migrations");
        Self::around(Db::open_postgres(&url).await.expect("an open database"), rates)
    }

    fn around(db: Db, rates: Rates) -> Self {
        let (clock, mailbox) = (Arc::new(StillClock::default()), Arc::new(Mailbox::default()));
        let (ticking, hub): (Arc<dyn Clock>, _) = (Arc::clone(&clock) as _, Arc::new(Hub::default()));
        let cheap = Cost { memory: 8, passes: 1 };
        let cx = Cx::from(Parts {
            db,
            limits: Limits::new(rates, &ticking),
            clock: ticking,
            entropy: Arc::new(SystemEntropy),
            ids: Ids::default(),
            bus: Arc::new(LocalBus(Arc::clone(&hub))),
            hub,
            mailer: Arc::clone(&mailbox) as _,
            passwords: Passwords::new(cheap, 2, &SystemEntropy).expect("passwords"),
            public_url: "http://localhost:3000".to_owned(),
            job_added: tokio::sync::Notify::new(),
        });
        Self { cx, clock, mailbox, _folder: None }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind is no reason to fail.
        _ = std::fs::remove_dir_all(&self.0);
    }
}

fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::SeqCst)
}
