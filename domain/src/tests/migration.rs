//! A database of the version before takes every change together with what is in it.

use sea_orm::{Database, DatabaseConnection, DbBackend, Value};
use uuid::Uuid;

use crate::{
    counter::COUNTERS,
    db::{Count, execute, one},
    testing::EarlierDb,
};

/// The changes of version 0.1.0 of 2026-11-29.
const CHANGES: u32 = 10;

const ANA: u128 = 1;
const BEN: u128 = 2;
const CID: u128 = 3;
const POST: u128 = 10;
const REMOVED: u128 = 11;
const COMMENT: u128 = 20;
const REPLY: u128 = 21;
const CONVERSATION: u128 = 30;

fn id(number: u128) -> Value {
    Uuid::from_u128(number).into()
}

/// A row in each table, and two where they hang on each other: the table, its columns, their values.
fn rows() -> Vec<(&'static str, &'static str, Vec<Value>)> {
    let bytes = |byte: u8| Value::from(vec![byte; 32]);
    let account = |number: u128, name: &str, verified_at: Option<i64>| {
        let text = |text: String| Value::from(text);
        let email = format!("{name}@example.org");
        (
            "account",
            "id, username, likeness, first_name, last_name, email, email_key, password_hash, created_at, verified_at",
            vec![
                id(number),
                name.into(),
                name.into(),
                "A".into(),
                "Tester".into(),
                text(email.clone()),
                text(email),
                "hash".into(),
                1_i64.into(),
                verified_at.into(),
            ],
        )
    };
    let post = |number: u128, removed_at: Option<i64>, likes: i64, comments: i64| {
        (
            "post",
            "id, author_id, body, created_at, like_count, comment_count, client_id, version, edited_at, removed_at, pictures",
            vec![
                id(number),
                id(ANA),
                "hello @ben".into(),
                2_i64.into(),
                likes.into(),
                comments.into(),
                id(number + 100),
                1_i64.into(),
                3_i64.into(),
                removed_at.into(),
                "[]".into(),
            ],
        )
    };
    let comment = |number: u128, thread: Option<u128>, answered: Option<u128>| {
        (
            "comment",
            "id, post_id, thread_id, answered_id, author_id, body, created_at, version, client_id",
            vec![
                id(number),
                id(POST),
                thread.map(Uuid::from_u128).into(),
                answered.map(Uuid::from_u128).into(),
                id(BEN),
                "well".into(),
                4_i64.into(),
                0_i64.into(),
                id(number + 100),
            ],
        )
    };
    let job = |number: u128, task: &str| {
        ("job", "id, task, run_at, attempts", vec![id(number), task.into(), 9_i64.into(), 2_i64.into()])
    };
    vec![
        account(ANA, "ana", Some(1)),
        account(BEN, "ben", Some(1)),
        account(CID, "cid", None),
        (
            "session",
            "id, account_id, token_hash, device, address, created_at, seen_at",
            vec![
                id(40),
                id(ANA),
                bytes(1),
                "a browser".into(),
                "127.0.0.1".into(),
                1_i64.into(),
                2_i64.into(),
            ],
        ),
        (
            "mail_token",
            "token_hash, account_id, purpose, expires_at",
            vec![bytes(2), id(CID), "verify".into(), 9_i64.into()],
        ),
        ("known_device", "account_id, token_hash, seen_at", vec![id(ANA), bytes(3), 5_i64.into()]),
        ("follow", "follower_id, followed_id, created_at", vec![id(BEN), id(ANA), 1_i64.into()]),
        ("block", "blocker_id, blocked_id, created_at", vec![id(ANA), id(CID), 1_i64.into()]),
        post(POST, None, 1, 2),
        post(REMOVED, Some(8), 0, 0),
        ("post_like", "post_id, account_id, created_at", vec![id(POST), id(BEN), 5_i64.into()]),
        (
            "post_version",
            "post_id, version, body, pictures, written_at",
            vec![id(POST), 0_i64.into(), "helo".into(), 0_i64.into(), 2_i64.into()],
        ),
        ("post_mention", "post_id, account_id", vec![id(POST), id(BEN)]),
        comment(COMMENT, None, None),
        comment(REPLY, Some(COMMENT), Some(BEN)),
        ("comment_mention", "comment_id, account_id", vec![id(COMMENT), id(ANA)]),
        (
            "picture",
            "id, owner_id, post_id, width, height, preview, moves, bytes, created_at",
            vec![
                id(50),
                id(ANA),
                id(POST),
                4_i64.into(),
                3_i64.into(),
                "data:".into(),
                0_i64.into(),
                100_i64.into(),
                2_i64.into(),
            ],
        ),
        (
            "conversation",
            "id, first_id, second_id, last_seq",
            vec![id(CONVERSATION), id(ANA), id(BEN), 1_i64.into()],
        ),
        (
            "chat_member",
            "conversation_id, account_id, other_id, read_seq, active_at",
            vec![id(CONVERSATION), id(ANA), id(BEN), 1_i64.into(), 6_i64.into()],
        ),
        (
            "message",
            "conversation_id, seq, sender_id, client_id, body, created_at",
            vec![id(CONVERSATION), 1_i64.into(), id(ANA), id(60), "hi".into(), 6_i64.into()],
        ),
        job(70, "{\"task\":\"mail\",\"letter\":{\"letter\":\"reset\",\"email_key\":\"a@b.org\"}}"),
        job(71, "{\"task\":\"delete_post\",\"post\":\"00000000-0000-0000-0000-00000000000b\"}"),
        job(72, "{\"task\":\"delete_files\",\"picture\":\"00000000-0000-0000-0000-000000000033\"}"),
    ]
}

async fn count(db: &DatabaseConnection, sql: &str, values: Vec<Value>) -> i64 {
    one::<Count>(db, sql, values).await.expect("a query").expect("a row").count
}

/// The names of all indexes.
async fn indexes(db: &DatabaseConnection) -> Vec<String> {
    #[derive(sea_orm::FromQueryResult)]
    struct Index {
        name: String,
    }
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
        _ => "SELECT CAST(indexname AS text) AS name FROM pg_indexes WHERE schemaname = 'public'",
    };
    let rows: Vec<Index> = crate::db::all(db, sql, []).await.expect("indexes");
    rows.into_iter().map(|index| index.name).collect()
}

#[tokio::test]
async fn a_database_of_the_version_before_keeps_every_row_and_counts_what_is_there() {
    for earlier in EarlierDb::both(CHANGES).await {
        let db = Database::connect(&earlier.url).await.expect("a database");
        for (table, columns, values) in rows() {
            let places = crate::db::placeholders(1, values.len());
            let sql = format!("INSERT INTO {table} ({columns}) VALUES ({places})");
            execute(&db, &sql, values).await.expect(table);
        }
        let indexes_before = indexes(&db).await;
        db.close().await.expect("a closed database");

        migration::run(&earlier.url).await.expect("migrations");
        migration::run(&earlier.url).await.expect("nothing more to do");

        let db = Database::connect(&earlier.url).await.expect("a database");
        for (table, columns, values) in rows() {
            let same = columns.split(", ").enumerate().map(|(at, column)| match &values[at] {
                Value::BigInt(None) | Value::Uuid(None) => format!("{column} IS NULL"),
                _ => format!("{column} = ${}", at + 1),
            });
            let sql = format!(
                "SELECT COUNT(*) AS count FROM {table} WHERE {}",
                same.collect::<Vec<_>>().join(" AND ")
            );
            // PostgreSQL wants to know the type of every value, also of those that are only asked to be absent.
            let sql = format!("{sql} AND ({})", unused(&values));
            assert_eq!(count(&db, &sql, values).await, 1, "{table}");
        }
        let indexes_after = indexes(&db).await;
        for index in indexes_before {
            assert!(indexes_after.contains(&index), "{index} is gone");
        }
        let cascades = match db.get_database_backend() {
            DbBackend::Sqlite => {
                "SELECT COUNT(*) AS count FROM sqlite_schema WHERE sql LIKE '%CASCADE%' OR sql LIKE '%SET NULL%'"
            }
            _ => "SELECT COUNT(*) AS count FROM pg_constraint WHERE contype = 'f' AND confdeltype <> 'r'",
        };
        assert_eq!(count(&db, cascades, vec![]).await, 0, "nothing disappears by a cascade");
        for (table, number) in [("account", ANA), ("account", CID), ("post", POST), ("comment", COMMENT)] {
            let deleted = execute(&db, &format!("DELETE FROM {table} WHERE id = $1"), [id(number)]).await;
            assert!(deleted.is_err(), "{table} {number} goes only after what belongs to it");
        }
        for counter in &COUNTERS {
            assert_eq!(count(&db, &counter.wrong(), vec![]).await, 0, "{}", counter.name);
        }
        for (name, followers, following, posts) in
            [("ana", 1_i64, 0_i64, 1_i64), ("ben", 0, 1, 0), ("cid", 0, 0, 0)]
        {
            let sql = "SELECT COUNT(*) AS count FROM account \
                       WHERE username = $1 AND follower_count = $2 AND following_count = $3 AND post_count = $4";
            let values = vec![name.into(), followers.into(), following.into(), posts.into()];
            assert_eq!(count(&db, sql, values).await, 1, "the counts of {name}");
        }
        for (number, lane) in [(70, "mail"), (71, "deletion"), (72, "media")] {
            let sql = "SELECT COUNT(*) AS count FROM job WHERE id = $1 AND lane = $2 AND given_up_at IS NULL";
            assert_eq!(count(&db, sql, vec![id(number), lane.into()]).await, 1, "{lane}");
        }
        db.close().await.expect("a closed database");
    }
}

/// A condition that always holds and names each value that is absent.
fn unused(values: &[Value]) -> String {
    let absent = values.iter().enumerate().filter_map(|(at, value)| match value {
        Value::BigInt(None) => Some(format!("CAST(${} AS bigint) IS NULL", at + 1)),
        Value::Uuid(None) => Some(format!("CAST(${} AS uuid) IS NULL", at + 1)),
        _ => None,
    });
    std::iter::once("1 = 1".to_owned()).chain(absent).collect::<Vec<_>>().join(" AND ")
}
