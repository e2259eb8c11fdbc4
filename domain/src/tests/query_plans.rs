//! The plans of hot reads are the same whatever statistics the database has.

use protocol::{
    chat::{KnownPosition, PartnerQuery},
    comment::{NewComment, PageRequest},
    feed::{FeedKind, FeedQuery},
    follow::{FollowList, FollowQuery},
    media::{PictureSize, ProfilePictureSize},
    profile::ProfileTab,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::{
    account, badge, block, chat, comment, feed, follow, history, like,
    limit::Rates,
    live, media, notification, post, profile, search, session, suggestion,
    testing::{
        Seed, StepCounter, TestDb, both, id,
        query_plans::{Statistics, full_scans, plan},
    },
    two_factor,
};

/// The statements of everything that a page or a socket reads, in a community with something of each kind.
async fn hot_reads(seed: &Seed) -> Vec<Statement> {
    let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
    seed.follow(&ana, &ben).await;
    seed.block(&ana, &cid).await;
    let picture = seed.picture(&ben).await;
    let mut shown = Vec::new();
    for number in 0..25 {
        let post = seed.post(&ben, &format!("{number} for @ana")).await.id;
        seed.like(&ana, post).await;
        seed.like(&cid, post).await;
        shown.push(post);
    }
    let head = seed.comment(&ana, shown[0], "first").await.id;
    let reply = seed
        .reply(
            &ben,
            NewComment { client_id: None, post: shown[0], answers: Some(head), body: "second".to_owned() },
        )
        .await
        .id;
    let talk = seed.say(&ben, &ana, "hello").await.conversation;
    let token = seed.cookie(&ana).await;

    seed.query_log.take();
    let cx = &seed.cx;
    session::visit(cx, &token).await.unwrap().expect("a session");
    session::resolve(cx, &token).await.unwrap().expect("a session");
    for kind in [FeedKind::Everyone, FeedKind::Following, FeedKind::By(id(&ben))] {
        feed::page(cx, &ana, FeedQuery { kind, before: None }).await.unwrap();
    }
    post::view(cx, &ana, shown[0]).await.unwrap();
    post::versions(cx, &ana, shown[0]).await.unwrap();
    like::counts(cx, &ana, shown[0]).await.unwrap();
    like::people(cx, &ana, shown[0], None).await.unwrap();
    for piece in
        [PageRequest::First, PageRequest::At(reply), PageRequest::After(head), PageRequest::Before(head)]
    {
        comment::page(cx, &ana, shown[0], piece).await.unwrap();
    }
    comment::replies(cx, &ana, head, head).await.unwrap();
    for tab in [ProfileTab::Posts(None), ProfileTab::Pictures(None), ProfileTab::About] {
        profile::view(cx, &ana, "ben", Some(tab)).await.unwrap();
    }
    profile::own(cx, &ana).await.unwrap();
    _ = profile::view(cx, &ana, "nobody", None).await;
    _ = media::open_profile_picture(cx, &ana, cx.new_id().unwrap().into(), ProfilePictureSize::Small).await;
    for list in [FollowList::Followers, FollowList::Following] {
        for name in ["", "te", "ester"] {
            let query = FollowQuery { username: "ben".to_owned(), list, name: name.to_owned(), after: None };
            follow::list(cx, &ana, query).await.unwrap();
        }
    }
    block::list(cx, &ana, None).await.unwrap();
    for typed in ["a", "tester", "be tester", "tezter"] {
        search::people(cx, &ana, typed).await.unwrap();
    }
    search::posts(cx, &ana, "for ana", None).await.unwrap();
    suggestion::list(cx, &ana).await.unwrap();
    suggestion::panel(cx, &ana).await.unwrap();
    media::open(cx, &ben, picture, PictureSize::Large).await.unwrap();
    chat::open(cx, &ana, "ben").await.unwrap();
    chat::conversations(cx, &ana).await.unwrap();
    for name in ["", "te", "ester"] {
        let query = PartnerQuery { name: name.to_owned(), after: None };
        chat::partners::list(cx, &ana, query).await.unwrap();
    }
    badge::own(cx, &ana).await.unwrap();
    notification::list(cx, &ana, None).await.unwrap();
    notification::preview(cx, &ana, cx.new_id().unwrap().into()).await.unwrap();
    chat::earlier(cx, &ana, talk, 3).await.unwrap();
    chat::since(cx, &ana, KnownPosition { conversation: talk, seq: 1, revision: 0 }, usize::MAX)
        .await
        .unwrap();
    session::devices::list(cx, &ana).await.unwrap();
    two_factor::view(cx, &ana).await.unwrap();
    account::settings::view(cx, &ana).await.unwrap();
    history::overview(cx, &ana).await.unwrap();
    history::posts(cx, &ben, None).await.unwrap();
    history::log_ins(cx, &ana, None).await.unwrap();
    live::connect(cx, &ana, seed.opening(&ana, None).await).await.unwrap();
    post::counts::for_readers(cx, shown[0], &[id(&ana), id(&ben)]).await.unwrap();
    post::store::visible_among(cx, id(&ana), &shown).await.unwrap();
    seed.query_log.take()
}

/// On PostgreSQL which of two indexes serves a look-up may differ, but none of the tables is read whole.
#[tokio::test]
async fn hot_reads_cost_the_same_whatever_the_statistics_say() {
    both(|seed| async move {
        let statements = hot_reads(&seed).await;
        seed.grow().await;
        let before = costs(seed.reopen().await.read(), &statements).await;
        let mut whole = Vec::new();
        for statistics in Statistics::ALL {
            seed.write_statistics(statistics).await;
            let after = costs(seed.reopen().await.read(), &statements).await;
            for ((statement, before), after) in statements.iter().zip(&before).zip(&after) {
                if statement.db_backend == DbBackend::Sqlite {
                    assert_eq!(before, after, "{statistics:?}: {}", statement.sql);
                }
                whole.extend(
                    full_scans(statement, &after.plan)
                        .into_iter()
                        .map(|scan| (statistics, scan, &statement.sql)),
                );
            }
        }
        assert_eq!(whole, [], "tables that are read whole");
    })
    .await;
}

/// Statements of the feed and of posts, with which [`hot_reads`] begins.
const FEED_READS: usize = 10;

/// Else the test above would show nothing.
#[tokio::test]
async fn statistics_would_change_the_plans_of_a_careless_connection() {
    both(|seed| async move {
        // A careless plan may take minutes: one that changes is enough, and the feed's are among the first.
        let statements: Vec<Statement> = hot_reads(&seed).await.into_iter().take(FEED_READS).collect();
        seed.grow().await;
        let before = costs(seed.reopen().await.read(), &statements).await;
        seed.write_statistics(Statistics::Tiny).await;
        let careless = seed.careless_connection().await;
        assert_ne!(before, costs(&careless, &statements).await);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_was_closed_keeps_no_statistics() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    hot_reads(&seed).await;
    seed.cx.db.close().await.unwrap();
    let db = seed.careless_connection().await;
    let kept = "SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'";
    let kept = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, kept)).await.unwrap();
    assert_eq!(kept.len(), 0);
}

/// What a statement costs: its plan, and on SQLite its steps, too.
#[derive(Debug, PartialEq, Eq)]
struct Cost {
    plan: Vec<String>,
    steps: Option<u64>,
}

async fn costs(db: &DatabaseConnection, statements: &[Statement]) -> Vec<Cost> {
    let is_sqlite = db.get_database_backend() == DbBackend::Sqlite;
    let mut costs = Vec::new();
    for statement in statements {
        let plan = plan(db, statement).await;
        let steps = if is_sqlite { Some(steps(db, statement).await) } else { None };
        costs.push(Cost { plan, steps });
    }
    costs
}

/// The least of some runs: SQLite counts the steps of planning, too, and each connection plans a statement once.
async fn steps(db: &DatabaseConnection, statement: &Statement) -> u64 {
    let counter = StepCounter::new(db).await;
    let connections = db.get_sqlite_connection_pool().options().get_max_connections();
    let mut least = u64::MAX;
    for _ in 0..=connections {
        let (rows, steps) = counter.of(db.query_all_raw(statement.clone())).await;
        rows.expect("an answer");
        least = least.min(steps);
    }
    least
}
