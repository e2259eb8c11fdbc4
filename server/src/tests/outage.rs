//! The database gone, and back.

use axum::http::StatusCode;
use domain::{
    db::{Db, one},
    limit::Rates,
    testing::{Seed, TestDb, both, id},
};
use protocol::{
    Problem,
    chat::{ChatMessage, ChatRequest, NewMessage},
    live::{ClientMessage, ServerMessage},
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, FromQueryResult};
use serde_json::json;

use super::{Answer, Browser, Site, server_functions::calls, test_socket::TestSocket};

const SENTENCE: &str = "Kith can't do this right now. Try again in a moment.";

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

/// The name of the PostgreSQL database, or the file of SQLite's.
async fn name(db: &Db, sql: &str) -> String {
    one::<Named>(db.read(), sql, []).await.expect("a query").expect("a row").name
}

#[track_caller]
fn assert_unavailable(answer: &Answer, what: &str) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{what}: {}", answer.text());
    assert_eq!(answer.header("retry-after"), "5", "{what}");
    assert!(answer.text().contains(SENTENCE), "{what}: {}", answer.text());
}

/// Asks for everything while the database is gone.
async fn assert_nothing_breaks(site: &Site, ana: &Browser, known: &[(&'static str, serde_json::Value)]) {
    for path in ["/", "/chat", "/u/ana", "/p/x", "/nowhere", "/login"] {
        assert_unavailable(&ana.get(path).await, path);
    }
    for (function, arguments) in known {
        let answer = ana.call(function, arguments).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{function}");
        assert_eq!(answer.json(), json!({ "Problem": "unavailable" }), "{function}");
        assert_eq!(answer.header("retry-after"), "5", "{function}");
    }
    let post = ana.post("/posts", &[("body", "with <b>care</b>\nand love"), ("back", "/")]).await;
    assert_unavailable(&post, "/posts");
    assert!(post.text().contains("with <b>care</b>\nand love"), "{}", post.text());
    assert_eq!(
        (post.field("body").as_str(), post.field("back").as_str()),
        ("with <b>care</b>\nand love", "/")
    );
    assert!(
        post.body.contains("<form method=\"post\" action=\"/posts\">"),
        "it can be sent again from there"
    );

    let form = [("username", "cid"), ("email", "cid@example.org"), ("password", "plum tiger stairs 9")];
    for browser in [ana, &site.visitor()] {
        let answer = browser.post("/signup", &form).await;
        assert_unavailable(&answer, "/signup");
        assert_eq!(answer.field("email"), "cid@example.org");
        assert!(!answer.body.contains("plum tiger stairs 9"), "the password came back");
    }
    let login = site.visitor().post("/login", &[("login", "ana"), ("password", "plum tiger stairs 9")]).await;
    assert_unavailable(&login, "/login");
    assert_eq!(site.visitor().get("/login").await.status, StatusCode::OK, "this needs no database");
    assert_eq!(site.visitor().get("/healthz").await.status, StatusCode::OK);
    let ready = site.visitor().get("/readyz").await;
    assert_eq!(
        (ready.status, ready.body.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
    );
}

#[tokio::test]
async fn without_a_database_everything_says_so_and_gives_back_what_was_typed() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let (scope, ben) = (ana.scope(&site).await, site.seed.person("ben").await);
        let known = calls(&site, &scope, &ben).await;
        site.seed.cx.db.close().await.expect("a closed database");
        assert_nothing_breaks(&site, &ana, &known).await;
        let ours = [("origin", "http://localhost:3000")];
        let refused = TestSocket::try_open(site.listen().await, &ana, &ours).await.err();
        assert_eq!(refused, Some(StatusCode::SERVICE_UNAVAILABLE));
    })
    .await;
}

/// Whoever may stop the database of a test.
struct Operator {
    server: DatabaseConnection,
    database: String,
}

impl Operator {
    async fn of(site: &Site) -> Self {
        let url = std::env::var("KITH_TEST_POSTGRES_URL").expect("scripts/with-postgres names a server");
        let server = Database::connect(url).await.expect("the test server");
        Self { server, database: name(&site.seed.cx.db, "SELECT current_database()::text AS name").await }
    }

    async fn stop(&self) {
        let database = &self.database;
        self.run(&format!("ALTER DATABASE {database} ALLOW_CONNECTIONS false")).await;
        self.run(&format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
        ))
        .await;
    }

    async fn start(&self) {
        self.run(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.database)).await;
    }

    async fn run(&self, sql: &str) {
        self.server.execute_unprepared(sql).await.expect("a statement for the test server");
    }
}

#[tokio::test]
async fn postgresql_that_stops_and_starts_again_is_used_again() {
    let site = Site::new(Seed::new(TestDb::postgres(Rates::default().times(1_000)).await));
    let (ana, operator) = (site.member("ana").await, Operator::of(&site).await);
    let (scope, ben) = (ana.scope(&site).await, site.seed.person("ben").await);
    let known = calls(&site, &scope, &ben).await;
    let mut line = TestSocket::open(site.listen().await, &ana).await;
    let new = NewMessage {
        to: id(&ben),
        client_id: site.seed.cx.new_id().expect("an id"),
        body: "hello".into(),
        reply_to: None,
    };
    for _ in 0..2 {
        operator.stop().await;
        assert_nothing_breaks(&site, &ana, &known).await;
        line.say(&ClientMessage::Chat(ChatRequest::Send { message: new.clone() })).await;
        let refused = line.receive_matching(|message| match message {
            ServerMessage::Chat(ChatMessage::Refused { client_id, problem }) => Some((client_id, problem)),
            _ => None,
        });
        assert_eq!(refused.await, (new.client_id, Problem::Unavailable));

        operator.start().await;
        assert_eq!(ana.get("/").await.status, StatusCode::OK);
        assert_eq!(ana.get("/readyz").await.status, StatusCode::OK);
        assert_eq!(ana.post("/posts", &[("body", "and back")]).await.status, StatusCode::SEE_OTHER);
    }
    line.say(&ClientMessage::Chat(ChatRequest::Send { message: new.clone() })).await;
    let sent = line.receive_matching(|message| match message {
        ServerMessage::Chat(ChatMessage::Sent { message }) => Some(message.client_id),
        _ => None,
    });
    assert_eq!(sent.await, new.client_id, "the same socket goes on");
    site.seed.cx.db.close().await.expect("a closed database");
}

#[tokio::test]
async fn sqlite_that_another_program_writes_to_for_too_long_is_unavailable_for_that_time() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let file =
        name(&site.seed.cx.db, "SELECT file AS name FROM pragma_database_list WHERE name = 'main'").await;
    let mut options = ConnectOptions::new(format!("sqlite://{file}"));
    options.max_connections(1);
    let other = Database::connect(options).await.expect("the file");
    other.execute_unprepared("BEGIN IMMEDIATE").await.expect("a lock");
    let new = json!({ "new": { "body": "hello" } });
    let (post, called) =
        tokio::join!(ana.post("/posts", &[("body", "with care")]), ana.call("post/api/publish", &new),);
    assert_unavailable(&post, "/posts");
    assert_eq!(post.field("body"), "with care");
    assert_eq!(called.status, StatusCode::SERVICE_UNAVAILABLE, "{}", called.body);
    assert_eq!(ana.get("/").await.status, StatusCode::OK, "reading goes on");
    other.execute_unprepared("ROLLBACK").await.expect("no lock");
    assert_eq!(ana.post("/posts", &[("body", "and back")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM post").await, 1);
}
