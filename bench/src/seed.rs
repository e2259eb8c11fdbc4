//! Databases to measure on: 1,000 people and as many posts as wanted, the same each time, made once and kept.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use domain::{
    entropy::SystemEntropy,
    password::{Cost, Passwords},
};
use protocol::{
    PictureId, PostId,
    media::PictureView,
    text::{Password, Username},
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, FromQueryResult, Statement, Value,
};
use uuid::Uuid;

mod words;

use words::{FIRST_NAMES, LAST_NAMES, PHRASES};

/// Goes up when the same number of posts becomes another database.
const VERSION: u32 = 3;
/// People in each database.
const PEOPLE: u32 = 1_000;
/// The password of everybody.
pub(crate) const PASSWORD: &str = "plum-tiger-stairs-9";

/// Who reads: a member with a seventh of all people to follow, and blocks in both directions.
pub(crate) const READER: &str = "person100";
/// Somebody who follows only two people, who have long been silent.
pub(crate) const NEWCOMER: &str = "person995";
/// Somebody who follows everybody.
pub(crate) const ENTHUSIAST: &str = "person996";

/// A database of a size.
#[derive(Debug, Clone)]
pub(crate) struct Dataset {
    pub(crate) posts: u32,
    /// What the server gets as its data folder.
    pub(crate) folder: PathBuf,
}

impl Dataset {
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("kith.db")
    }

    /// The post that has so many newer ones above it.
    pub(crate) async fn post_below(&self, newer: u32) -> Result<PostId> {
        #[derive(FromQueryResult)]
        struct Found {
            id: Uuid,
        }
        let connection = connect(&format!("sqlite://{}", self.database().display())).await?;
        let sql = "SELECT id FROM post ORDER BY id DESC LIMIT 1 OFFSET $1";
        let statement =
            Statement::from_sql_and_values(connection.get_database_backend(), sql, [newer.into()]);
        let found = Found::find_by_statement(statement).one(&connection).await?;
        connection.close().await?;
        Ok(found.context("there are not so many posts")?.id.into())
    }
}

/// What a database is full of.
#[derive(Debug, Clone, Copy)]
enum Content {
    Posts(u32),
    People(u32),
}

/// The database with so many posts in a folder below `kept`. Another version of the tables or of what is in them makes it
/// anew.
pub(crate) async fn dataset(kept: &Path, posts: u32) -> Result<Dataset> {
    make(kept, Content::Posts(posts)).await
}

/// The same with so many people and few posts.
pub(crate) async fn people(kept: &Path, people: u32) -> Result<Dataset> {
    make(kept, Content::People(people)).await
}

/// The account of the person with this number in a database of people.
pub(crate) fn person_id(number: u32) -> Uuid {
    let millis = 1_719_792_000_000 + u128::from(number) * 600_000;
    let count = u128::from(number & 4_095);
    Uuid::from_u128(millis << 80 | 7 << 76 | count << 64 | 8 << 60 | u128::from(number))
}

async fn make(kept: &Path, content: Content) -> Result<Dataset> {
    let (name, posts) = match content {
        Content::Posts(posts) => (format!("posts-{posts}"), posts),
        Content::People(people) => (format!("people-{people}"), 0),
    };
    let made = Dataset { posts, folder: kept.join(&name) };
    let partial = kept.join(format!("{name}.partial"));
    empty(&partial)?;
    let url = format!("sqlite://{}?mode=rwc", partial.join("kith.db").display());
    migration::run(&url).await?;
    let connection = connect(&url).await?;
    let version = format!("{VERSION}\n{}", shape(&connection).await?);
    if fs::read_to_string(made.folder.join("version")).is_ok_and(|before| before == version) {
        connection.close().await?;
        fs::remove_dir_all(&partial)?;
        return Ok(made);
    }
    println!("filling the database {name}");
    match content {
        Content::Posts(posts) => fill(&connection, posts).await?,
        Content::People(people) => fill_with_people(&connection, people).await?,
    }
    connection.close().await?;
    fs::write(partial.join("version"), version)?;
    empty(&made.folder)?;
    fs::remove_dir(&made.folder)?;
    fs::rename(&partial, &made.folder)?;
    Ok(made)
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("{} can't be removed", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))
}

/// One connection, for a database that is made again when something goes wrong.
async fn connect(url: &str) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .foreign_keys(false)
            .pragma("synchronous", "OFF")
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-400000")
    });
    Ok(Database::connect(options).await?)
}

/// The text of all tables and indexes.
async fn shape(connection: &DatabaseConnection) -> Result<String> {
    #[derive(FromQueryResult)]
    struct Part {
        sql: String,
    }
    let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let parts = Part::find_by_statement(statement).all(connection).await?;
    Ok(parts.into_iter().map(|part| part.sql).collect::<Vec<_>>().join("\n"))
}

async fn fill(connection: &DatabaseConnection, posts: u32) -> Result<()> {
    connection
        .execute_unprepared(
            "BEGIN;
             CREATE TEMP TABLE setting (posts INTEGER);
             CREATE TEMP TABLE person (i INTEGER PRIMARY KEY, id BLOB, username TEXT);
             CREATE TEMP TABLE phrase (i INTEGER PRIMARY KEY, text TEXT);
             CREATE TEMP TABLE gallery (i INTEGER PRIMARY KEY, pictures TEXT);",
        )
        .await?;
    insert(connection, "INSERT INTO setting VALUES (?)", [posts.into()]).await?;
    for (i, phrase) in (0_u32..).zip(PHRASES) {
        insert(connection, "INSERT INTO phrase VALUES (?, ?)", [i.into(), phrase.into()]).await?;
    }
    for i in 0..4 {
        insert(connection, "INSERT INTO gallery VALUES (?, ?)", [i.into(), gallery(i)?.into()]).await?;
    }
    fill_people(connection).await?;
    connection.execute_unprepared(include_str!("seed/fill.sql")).await?;
    connection.execute_unprepared("COMMIT; PRAGMA wal_checkpoint(TRUNCATE);").await?;
    Ok(())
}

/// Parts that the names of many people are made of.
const SYLLABLES: [&str; 32] = [
    "an", "na", "mar", "ka", "lin", "to", "be", "ri", "jo", "sen", "ol", "ga", "ni", "co", "pe", "dra", "el",
    "mi", "us", "va", "ha", "nn", "ro", "ti", "sch", "er", "lu", "cas", "ye", "bo", "wi", "fo",
];

async fn fill_with_people(connection: &DatabaseConnection, people: u32) -> Result<()> {
    let tables = "BEGIN; CREATE TEMP TABLE setting (people INTEGER); \
                  CREATE TEMP TABLE syllable (i INTEGER PRIMARY KEY, text TEXT);";
    connection.execute_unprepared(tables).await?;
    insert(connection, "INSERT INTO setting VALUES (?)", [people.into()]).await?;
    for (i, syllable) in (0_u32..).zip(SYLLABLES) {
        insert(connection, "INSERT INTO syllable VALUES (?, ?)", [i.into(), syllable.into()]).await?;
    }
    connection.execute_unprepared(include_str!("seed/people.sql")).await?;
    connection.execute_unprepared("COMMIT; PRAGMA wal_checkpoint(TRUNCATE);").await?;
    Ok(())
}

async fn fill_people(connection: &DatabaseConnection) -> Result<()> {
    let passwords = Passwords::new(Cost::RECOMMENDED, 1, &SystemEntropy)?;
    let password = Password::parse(PASSWORD).map_err(|reason| anyhow::anyhow!("no password: {reason:?}"))?;
    let hash = passwords.hash(password, &SystemEntropy).await?;
    for (i, (last, first)) in (0..PEOPLE).zip(names()) {
        let username = format!("person{i:03}");
        let skeleton = Username::parse(&username).map_err(|reason| anyhow::anyhow!("{reason:?}"))?.skeleton();
        let id = Uuid::from_u128((0x0190_0000_0000_7000_8000 << 48) | u128::from(i));
        insert(
            connection,
            "INSERT INTO account (id, username, likeness, first_name, last_name, email, email_key, password_hash, \
                                  created_at, verified_at) \
             VALUES ($1, $2, $3, $4, $5, $2 || '@example.org', $2 || '@example.org', $6, 1719792000000000, 1719792000000000)",
            [
                id.into(),
                username.as_str().into(),
                skeleton.into(),
                first.into(),
                last.into(),
                hash.as_str().into(),
            ],
        )
        .await?;
        insert(
            connection,
            "INSERT INTO person VALUES (?, ?, ?)",
            [i.into(), id.into(), username.as_str().into()],
        )
        .await?;
    }
    Ok(())
}

fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = LAST_NAMES.into_iter().flat_map(|last| FIRST_NAMES.map(move |first| (last, first)));
    all.cycle()
}

/// One picture, two, three or four, as a post keeps them.
fn gallery(more: u32) -> Result<String> {
    let picture = |number: u32| PictureView {
        id: PictureId::from(Uuid::from_u128((0x0191_0000_0000_7000_8000 << 48) | u128::from(number))),
        width: 2_560,
        height: 1_920,
        alt: "A wooden bench below an old lime tree, with the river behind it".to_owned(),
        preview: format!("data:image/webp;base64,{}", "UklGRkBAAABXRUJQ".repeat(16)),
        moves: false,
    };
    Ok(serde_json::to_string(&(0..=more).map(picture).collect::<Vec<_>>())?)
}

async fn insert<const N: usize>(
    connection: &DatabaseConnection,
    sql: &str,
    values: [Value; N],
) -> Result<()> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    connection.execute_raw(statement).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sea_orm::{FromQueryResult, Statement};

    use super::{connect, dataset, people, person_id};

    #[derive(Debug, FromQueryResult)]
    struct Number {
        number: i64,
    }

    #[tokio::test]
    async fn a_database_of_people_holds_together() {
        let kept = std::env::temp_dir().join(format!("kith-bench-people-{}", std::process::id()));
        let made = people(&kept, 3_000).await.expect("a database");
        let connection =
            connect(&format!("sqlite://{}", made.database().display())).await.expect("a connection");
        let number = async |sql: &str, values: Vec<sea_orm::Value>| {
            let statement = Statement::from_sql_and_values(sea_orm::DbBackend::Sqlite, sql, values);
            Number::find_by_statement(statement)
                .one(&connection)
                .await
                .expect("a query")
                .expect("a row")
                .number
        };
        let first = "SELECT COUNT(*) AS number FROM account WHERE id = $1 AND username = 'person777' AND following_count > 25";
        assert_eq!(number(first, vec![person_id(777).into()]).await, 1);
        let followed = "SELECT follower_count AS number FROM account WHERE username = 'person0'";
        assert!(number(followed, vec![]).await > 2_900);
        assert!(
            number("SELECT COUNT(*) AS number FROM person_index WHERE person_index MATCH 'ann'", vec![])
                .await
                > 10
        );
        assert_eq!(number("SELECT COUNT(*) AS number FROM pragma_foreign_key_check", vec![]).await, 0);
        connection.close().await.expect("a closed connection");
        std::fs::remove_dir_all(&kept).expect("a removed folder");
    }

    #[tokio::test]
    async fn a_database_holds_together_and_is_made_once() {
        let kept = std::env::temp_dir().join(format!("kith-bench-test-{}", std::process::id()));
        let made = dataset(&kept, 2_000).await.expect("a database");
        let written = || std::fs::metadata(made.database()).and_then(|file| file.modified()).expect("a file");
        let first = written();
        dataset(&kept, 2_000).await.expect("the same database");
        assert_eq!(written(), first);

        let connection =
            connect(&format!("sqlite://{}", made.database().display())).await.expect("a connection");
        let number = async |sql: &str| {
            let statement = Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
            Number::find_by_statement(statement)
                .one(&connection)
                .await
                .expect("a query")
                .expect("a row")
                .number
        };
        assert_eq!(number("SELECT COUNT(*) AS number FROM post").await, 2_000);
        assert!(number("SELECT COUNT(*) AS number FROM post_like").await > 3_000);
        assert!(number("SELECT COUNT(*) AS number FROM comment").await > 1_500);
        let wrong = "SELECT COUNT(*) AS number FROM post \
            WHERE like_count <> (SELECT COUNT(*) FROM post_like WHERE post_id = post.id) \
               OR comment_count <> (SELECT COUNT(*) FROM comment WHERE post_id = post.id)";
        assert_eq!(number(wrong).await, 0);
        assert_eq!(number("SELECT COUNT(*) AS number FROM pragma_foreign_key_check").await, 0);
        let wrong = "SELECT COUNT(*) AS number FROM account \
            WHERE follower_count <> (SELECT COUNT(*) FROM follow WHERE followed_id = account.id) \
               OR following_count <> (SELECT COUNT(*) FROM follow WHERE follower_id = account.id) \
               OR post_count <> (SELECT COUNT(*) FROM post WHERE author_id = account.id)";
        assert_eq!(number(wrong).await, 0);
        assert_eq!(number("SELECT COUNT(*) AS number FROM search_post").await, 2_000);
        connection.close().await.expect("a closed connection");
        std::fs::remove_dir_all(&kept).expect("a removed folder");
    }
}
