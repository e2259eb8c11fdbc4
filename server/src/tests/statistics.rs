//! What a database believes about its tables when the server starts.

use domain::{
    db::all,
    limit::Rates,
    testing::{Seed, TestDb, query_plans::Statistics},
};
use sea_orm::FromQueryResult;

use crate::{app_state, config::Config};

#[derive(FromQueryResult)]
struct Table {
    name: String,
}

#[tokio::test]
async fn a_server_forgets_the_statistics_of_its_database_when_it_starts_and_makes_none_when_it_stops() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    seed.write_statistics(Statistics::Lopsided).await;
    let config = Config { data_dir: seed.folder().to_owned(), ..Config::default() };
    for run in ["the first", "the second"] {
        let cx = app_state::open(&config).await.expect("an open database");
        let tables = "SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'";
        let kept: Vec<Table> = all(cx.db.read(), tables, []).await.expect("an answer");
        let kept: Vec<String> = kept.into_iter().map(|table| table.name).collect();
        assert_eq!(kept, Vec::<String>::new(), "{run}");
        cx.db.close().await.expect("a closed database");
    }
}
