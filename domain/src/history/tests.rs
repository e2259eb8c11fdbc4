use protocol::{
    Problem,
    account::Credentials,
    session::{LogInMethod, SessionEnd},
};

use super::{log_ins, overview, posts};
use crate::{
    Scope,
    db::execute,
    post,
    session::{self, IDLE_SECONDS},
    testing::{Seed, both, refusal},
};

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const HOUR: i64 = 3_600;

/// A try to log in to Ana's account that fails.
async fn fail(seed: &Seed, browser_name: &str) {
    let credentials = Credentials { login: "ana".to_owned(), password: "wrong".to_owned() };
    let refused = session::log_in(&seed.cx, &Seed::nobody(), credentials, browser_name).await;
    assert_eq!(refusal(refused), Problem::WrongCredentials);
    seed.settle().await;
}

#[tokio::test]
async fn the_overview_counts_what_others_did_in_one_statement() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.follow(&ben, &ana).await;
        seed.follow(&ana, &ben).await;
        seed.follow(&ana, &cid).await;
        let (first, second) = (seed.post(&ana, "first").await.id, seed.post(&ana, "second").await.id);
        for who in [&ana, &ben, &cid] {
            seed.like(who, first).await;
            seed.comment(who, second, "hello").await;
        }
        let removed = seed.post(&ana, "removed").await.id;
        seed.like(&ben, removed).await;
        post::remove(&seed.cx, &ana, removed).await.unwrap();
        let theirs = seed.post(&ben, "theirs").await.id;
        seed.like(&ana, theirs).await;
        seed.picture(&ana).await;
        let dan = seed.person("dan").await;
        seed.block(&ana, &dan).await;
        seed.query_log.take();
        let seen = overview(&seed.cx, &ana).await.unwrap();
        assert_eq!(seed.query_log.take().len(), 1);
        assert_eq!((seen.posts, seen.likes_received, seen.comments_received), (2, 2, 2));
        assert_eq!((seen.followers, seen.following, seen.blocked, seen.storage_bytes), (1, 2, 1, 100));
        assert_eq!(seen.joined_at, seed.cx.now());
    })
    .await;
}

#[tokio::test]
async fn posts_are_listed_page_by_page_and_only_ones_own() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.post(&ben, "theirs").await;
        let mut own = Vec::new();
        for number in 0..25 {
            own.push(seed.post(&ana, &format!("post {number}\n\n{}", "long ".repeat(60))).await.id);
        }
        seed.query_log.take();
        let first = posts(&seed.cx, &ana, None).await.unwrap();
        assert_eq!(seed.query_log.take().len(), 1);
        let second = posts(&seed.cx, &ana, first.items.last().map(|post| post.id)).await.unwrap();
        assert_eq!((first.items.len(), first.more, second.items.len(), second.more), (20, true, 5, false));
        let listed: Vec<_> = first.items.iter().chain(&second.items).map(|post| post.id).rev().collect();
        assert_eq!(listed, own);
        let excerpt = &first.items[0].excerpt;
        assert!(excerpt.starts_with("post 24 long long") && excerpt.chars().count() <= 141, "{excerpt}");
    })
    .await;
}

#[tokio::test]
async fn a_log_in_says_when_it_was_until_when_and_why_it_ended() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let began = seed.cx.now();
        seed.clock.advance_seconds(HOUR);
        session::log_out(&seed.cx, &ana).await.unwrap();
        let this = seed.signed_in(ana.member().unwrap().clone()).await;
        let old = seed.signed_in(ana.member().unwrap().clone()).await;
        let used = seed.cx.now();
        let listed = log_ins(&seed.cx, &this, None).await.unwrap().log_ins.items;
        let ended = &listed[2];
        assert_eq!(
            (ended.at, ended.until, ended.end),
            (began, Some(began.plus_seconds(HOUR)), Some(SessionEnd::LogOut))
        );
        assert_eq!((ended.method, ended.used_at, ended.is_this), (LogInMethod::Password, None, false));
        assert_eq!((listed[1].is_this, listed[1].until, listed[1].used_at), (true, None, Some(used)));
        seed.clock.advance_seconds(IDLE_SECONDS);
        session::sweep(&seed.cx).await.unwrap();
        let listed = log_ins(&seed.cx, &old, None).await.unwrap().log_ins.items;
        assert_eq!(
            (listed[0].until, listed[0].end),
            (Some(used), Some(SessionEnd::Expired)),
            "until it was used last"
        );
    })
    .await;
}

#[tokio::test]
async fn log_ins_are_listed_page_by_page_and_only_ones_own() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        for _ in 0..24 {
            seed.signed_in(ana.member().unwrap().clone()).await;
        }
        fail(&seed, FIREFOX).await;
        let first = log_ins(&seed.cx, &ana, None).await.unwrap();
        let second =
            log_ins(&seed.cx, &ana, first.log_ins.items.last().map(|log_in| log_in.id)).await.unwrap();
        let lengths = (first.log_ins.items.len(), second.log_ins.items.len());
        assert_eq!((lengths, first.log_ins.more, second.log_ins.more), ((20, 5), true, false));
        assert_eq!((first.failed.len(), second.failed.len()), (1, 0));
        let bens = log_ins(&seed.cx, &ben, None).await.unwrap();
        assert_eq!((bens.log_ins.items.len(), bens.failed.len()), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn tries_that_failed_are_counted_by_the_hour_and_the_kind_of_device() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for _ in 0..3 {
            fail(&seed, FIREFOX).await;
        }
        fail(&seed, "call +1 555 0100 now").await;
        seed.clock.advance_seconds(HOUR);
        fail(&seed, FIREFOX).await;
        let failed = log_ins(&seed.cx, &ana, None).await.unwrap().failed;
        let mut seen: Vec<_> = failed.iter().map(|failed| (failed.device.as_str(), failed.tries)).collect();
        assert_eq!(seen.remove(0), ("Firefox on Windows", 1));
        seen.sort_unstable();
        assert_eq!(seen, [("Firefox on Windows", 3), ("Unknown browser", 1)]);
        assert!(failed.iter().all(|failed| failed.method == LogInMethod::Password));
    })
    .await;
}

#[tokio::test]
async fn whoever_tries_for_weeks_fills_no_table() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for _ in 0..230 {
            seed.clock.advance_seconds(HOUR);
            fail(&seed, FIREFOX).await;
        }
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM failed_login").await, 200);
        assert_eq!(log_ins(&seed.cx, &ana, None).await.unwrap().failed.len(), 20);
        seed.clock.advance_seconds(session::login::FAILURE_SECONDS + HOUR);
        session::sweep(&seed.cx).await.unwrap();
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM failed_login").await, 0);
        assert_eq!(
            seed.number("SELECT COUNT(*) AS count FROM login").await,
            1,
            "log-ins are kept for a year"
        );
        seed.clock.advance_seconds(session::login::LOG_IN_SECONDS);
        session::sweep(&seed.cx).await.unwrap();
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM login").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_try_at_an_account_that_is_not_verified_or_not_there_leaves_nothing() {
    both(|seed| async move {
        seed.person("ana").await;
        execute(seed.cx.db.writer(), "UPDATE account SET verified_at = NULL", []).await.unwrap();
        fail(&seed, FIREFOX).await;
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM failed_login").await, 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_has_a_history() {
    both(|seed| async move {
        let nobody: Scope = Seed::nobody();
        assert_eq!(refusal(overview(&seed.cx, &nobody).await), Problem::SignInNeeded);
        assert_eq!(refusal(posts(&seed.cx, &nobody, None).await), Problem::SignInNeeded);
        assert_eq!(refusal(log_ins(&seed.cx, &nobody, None).await), Problem::SignInNeeded);
    })
    .await;
}

#[tokio::test]
async fn the_history_counts_nothing_of_a_closed_account_until_it_is_open_again() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "hello").await.id;
        seed.like(&ben, post).await;
        seed.follow(&ben, &ana).await;
        seed.follow(&ana, &ben).await;
        let head = seed.comment(&ben, post, "hello").await.id;
        for who in [&ana, &cid] {
            let reply = protocol::comment::NewComment {
                client_id: None,
                post,
                answers: Some(head),
                body: "hello".to_owned(),
            };
            seed.reply(who, reply).await;
        }
        let figures = async || {
            let seen = overview(&seed.cx, &ana).await.unwrap();
            let entry = posts(&seed.cx, &ana, None).await.unwrap().items.remove(0);
            [
                seen.likes_received,
                seen.comments_received,
                seen.followers,
                seen.following,
                entry.likes,
                entry.comments,
            ]
        };
        assert_eq!(figures().await, [1, 2, 1, 1, 1, 3]);
        let password = Seed::form("ben").password;
        crate::deletion::close_account(&seed.cx, &ben, password).await.unwrap();
        assert_eq!(figures().await, [0; 6]);
        seed.cookie(&ben).await;
        assert_eq!(figures().await, [1, 2, 1, 1, 1, 3]);
    })
    .await;
}
