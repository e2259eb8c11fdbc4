use protocol::{Problem, Reason};
use sea_orm::DbErr;

use super::{Error, is_outage_code};
use crate::{
    db::execute,
    feed, session,
    testing::{both, refusal},
};

#[tokio::test]
async fn a_database_that_is_gone_is_unavailable_not_broken() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        seed.cx.db.close().await.expect("a closed database");
        let read = feed::page(&seed.cx, &ana, protocol::feed::FeedQuery::default()).await;
        assert_eq!(refusal(read), Problem::Unavailable);
        let written = session::log_out(&seed.cx, &ana).await;
        assert_eq!(refusal(written), Problem::Unavailable);
        assert!(seed.events.take().is_empty());
    })
    .await;
}

#[tokio::test]
async fn connections_that_the_server_has_cut_are_made_again() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        if seed.cx.db.read().get_database_backend() == sea_orm::DbBackend::Postgres {
            let cut = "SELECT COUNT(pg_terminate_backend(pid)) AS count FROM pg_stat_activity \
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
            seed.number(cut).await;
        }
        seed.post(&ana, "hello").await;
        assert_eq!(
            feed::page(&seed.cx, &ana, protocol::feed::FeedQuery::default()).await.unwrap().items.len(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn a_unique_index_is_known_by_its_name_on_both_databases() {
    both(|seed| async move {
        seed.person("ana").await;
        seed.person("ben").await;
        let twice = "UPDATE account SET likeness = 'ana' WHERE username = 'ben'";
        let violate = async || execute(seed.cx.db.writer(), twice, []).await.expect_err("a violation");
        assert!(violate().await.violates_unique());
        let named = violate().await.on_unique("likeness", "username");
        assert_eq!(*named.problem(), Problem::field("username", Reason::Taken));
        assert!(named.cause().is_none(), "what a person did is nothing for the log");
        assert_eq!(*violate().await.on_unique("email", "email").problem(), Problem::Internal);
    })
    .await;
}

#[tokio::test]
async fn a_defect_keeps_its_cause_and_place_for_the_log_only() {
    both(|seed| async move {
        let broken = execute(seed.cx.db.writer(), "UPDATE nothing SET secret = 'typed'", []).await;
        let error = broken.expect_err("a defect");
        assert!(error.cause().is_some_and(|(place, _)| place.file().ends_with("db.rs")));
        assert_eq!(error.to_string(), Problem::Internal.to_string(), "what is shown says nothing of it");
    })
    .await;
}

#[test]
fn a_cause_cannot_write_lines_into_the_log() {
    let error = Error::internal("550 no such mailbox\r\nERROR forged\u{1b}[2J");
    assert!(!format!("{error:?}").contains(char::is_control), "{error:?}");
}

#[test]
fn codes_of_both_databases_are_told_apart() {
    for outage in
        ["57P01", "57P03", "53300", "53100", "08006", "40P01", "5", "517", "10", "778", "13", "14", "8"]
    {
        assert!(is_outage_code(outage), "{outage}");
    }
    // 22021 is PostgreSQL's "a zero byte in a text": its low byte would be SQLite's "busy".
    for defect in ["22021", "23505", "42601", "42P01", "1", "19", "2067", "787", ""] {
        assert!(!is_outage_code(defect), "{defect}");
    }
}

#[test]
fn an_error_that_no_database_made_violates_nothing() {
    let error = Error::from(DbErr::Custom("UNIQUE".into()));
    assert!(!error.violates_unique());
    assert_eq!(*error.on_unique("UNIQUE", "username").problem(), Problem::Internal);
}
