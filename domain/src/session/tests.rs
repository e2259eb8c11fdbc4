use protocol::{Problem, account::Credentials, live::CLOSE_SIGNED_OUT};
use sea_orm::{ConnectionTrait, Statement};

use super::{IDLE_SECONDS, LIFETIME_SECONDS, is_alive, log_in, log_out, resolve, sweep};
use crate::{
    Cx, Error, Scope,
    account::sign_up,
    entropy::Secret,
    live::Event,
    testing::{Seed, both, id, refusal},
};

const PASSWORD: &str = "plum tiger stairs 9";

async fn enter(cx: &Cx, scope: &Scope, login: &str, password: &str) -> Result<Secret, Error> {
    let credentials = Credentials { login: login.to_owned(), password: password.to_owned() };
    log_in(cx, scope, credentials, "Firefox on Debian").await
}

async fn person_behind(cx: &Cx, secret: &Secret) -> Option<String> {
    resolve(cx, &secret.expose()).await.expect("an answer").map(|session| session.person.username)
}

#[tokio::test]
async fn a_person_logs_in_by_username_or_address_however_it_is_written() {
    both(|seed| async move {
        seed.person("ana").await;
        for login in ["ana", "@ana", " ANA ", "ana@example.org", "Ana@Example.ORG", " ana@example.org\n"] {
            let secret = enter(&seed.cx, &Seed::nobody(), login, PASSWORD).await.expect(login);
            assert_eq!(person_behind(&seed.cx, &secret).await.as_deref(), Some("ana"), "{login}");
        }
    })
    .await;
}

#[tokio::test]
async fn wrong_names_and_wrong_passwords_sound_the_same() {
    both(|seed| async move {
        seed.person("ana").await;
        let endless = "x".repeat(10_000);
        for (login, password) in [
            ("ana", "plum tiger stairs 8"),
            ("ana", ""),
            ("ana", "PLUM TIGER STAIRS 9"),
            ("ana", &endless),
            ("unknown", PASSWORD),
            ("unknown@example.org", PASSWORD),
            ("", PASSWORD),
            ("ana\0", PASSWORD),
            ("\0", "\0"),
            (&endless, PASSWORD),
            ("ana' OR '1'='1", PASSWORD),
            ("аna", PASSWORD),
        ] {
            let problem = refusal(enter(&seed.cx, &Seed::nobody(), login, password).await);
            assert_eq!(problem, Problem::WrongCredentials, "{login:.20}");
        }
        assert!(seed.events.take().is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_who_knows_the_password_hears_that_the_address_is_not_verified() {
    both(|seed| async move {
        sign_up(&seed.cx, &Seed::nobody(), Seed::form("ana")).await.unwrap();
        let right = refusal(enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await);
        let wrong = refusal(enter(&seed.cx, &Seed::nobody(), "ana", "plum tiger stairs 8").await);
        assert_eq!((right, wrong), (Problem::NotVerified, Problem::WrongCredentials));
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM session").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_table_of_sessions_holds_only_the_hash_of_a_token() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap();
        let reader = seed.cx.db.read();
        let sql = "SELECT token_hash, device, address FROM session ORDER BY id DESC LIMIT 1";
        let all = Statement::from_string(reader.get_database_backend(), sql);
        let row = reader.query_one_raw(all).await.unwrap().expect("a session");
        assert_eq!(row.try_get::<Vec<u8>>("", "token_hash").unwrap(), secret.hash());
        assert_eq!(row.try_get::<String>("", "device").unwrap(), "Firefox on Debian");
        assert_eq!(row.try_get::<String>("", "address").unwrap(), "127.0.0.1");
        let hash: String = secret.hash().iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(resolve(&seed.cx, &hash).await.unwrap().is_none(), "what is stored opens nothing");
    })
    .await;
}

#[tokio::test]
async fn what_a_browser_calls_itself_is_cut_and_cleaned() {
    both(|seed| async move {
        seed.person("ana").await;
        let credentials = || Credentials { login: "ana".into(), password: PASSWORD.into() };
        let device = format!("a\0b\r\n{}", "é".repeat(5_000));
        log_in(&seed.cx, &Seed::nobody(), credentials(), &device).await.expect("a session");
        let cut = seed.number("SELECT COUNT(*) AS count FROM session WHERE LENGTH(device) = 300");
        assert_eq!(cut.await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_none_of_ours_is_nobody() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap().expose();
        for token in ["", "\0", &secret[1..], &secret.to_uppercase(), &"0".repeat(64), &"f".repeat(10_000)] {
            assert!(resolve(&seed.cx, token).await.unwrap().is_none());
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_nobody_comes_for_thirty_days() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap();
        for _ in 0..3 {
            seed.clock.advance_seconds(IDLE_SECONDS - 1);
            assert!(person_behind(&seed.cx, &secret).await.is_some(), "each visit starts the month again");
        }
        seed.clock.advance_seconds(IDLE_SECONDS);
        assert!(person_behind(&seed.cx, &secret).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_after_its_lifetime_however_often_it_is_used() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap();
        let visits = LIFETIME_SECONDS / (IDLE_SECONDS / 2);
        for _ in 1..visits {
            seed.clock.advance_seconds(IDLE_SECONDS / 2);
            assert!(person_behind(&seed.cx, &secret).await.is_some());
        }
        seed.clock.advance_seconds(IDLE_SECONDS / 2);
        assert!(person_behind(&seed.cx, &secret).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_noted_once_in_ten_minutes() {
    both(|seed| async move {
        seed.person("ana").await;
        let secret = enter(&seed.cx, &Seed::nobody(), "ana", PASSWORD).await.unwrap();
        let statements = async || {
            seed.statements.take();
            person_behind(&seed.cx, &secret).await;
            seed.statements.take().len()
        };
        assert_eq!(statements().await, 1);
        seed.clock.advance_seconds(601);
        assert_eq!(statements().await, 2);
        assert_eq!(statements().await, 1);
    })
    .await;
}

#[tokio::test]
async fn sessions_that_have_ended_are_swept_and_others_stay() {
    both(|seed| async move {
        let old = seed.person("ana").await;
        seed.clock.advance_seconds(IDLE_SECONDS);
        let recent = seed.person("ben").await;
        seed.clock.advance_seconds(1);
        sweep(&seed.cx).await.unwrap();
        assert!(!is_alive(&seed.cx, old.session().unwrap().id).await.unwrap());
        assert!(is_alive(&seed.cx, recent.session().unwrap().id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn logging_in_over_a_session_ends_that_one() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let elsewhere = seed.signed_in(ana.member().unwrap().clone()).await;
        seed.person("ben").await;
        let (before, other) = (ana.session().unwrap().id, elsewhere.session().unwrap().id);
        let secret = enter(&seed.cx, &ana, "ben", PASSWORD).await.expect("a session");
        assert_eq!(person_behind(&seed.cx, &secret).await.as_deref(), Some("ben"));
        assert!(!is_alive(&seed.cx, before).await.unwrap());
        assert!(is_alive(&seed.cx, other).await.unwrap());
        assert_eq!(seed.events.take(), [Event::SignedOut { account: id(&ana), session: Some(before) }]);
    })
    .await;
}

#[tokio::test]
async fn a_log_in_that_fails_leaves_the_session_before_it() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let problem = refusal(enter(&seed.cx, &ana, "ana", "plum tiger stairs 8").await);
        assert_eq!(problem, Problem::WrongCredentials);
        assert!(is_alive(&seed.cx, ana.session().unwrap().id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn logging_out_ends_this_browsers_session_and_closes_its_sockets_only() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let elsewhere = seed.signed_in(ana.member().unwrap().clone()).await;
        let ben = seed.person("ben").await;
        let (mut tab, mut other_tab) = (seed.connect(&ana).await, seed.connect(&ana).await);
        let (mut phone, mut bens) = (seed.connect(&elsewhere).await, seed.connect(&ben).await);
        log_out(&seed.cx, &ana).await.expect("signed out");
        assert_eq!(
            (tab.closed_with(), other_tab.closed_with()),
            (Some(CLOSE_SIGNED_OUT), Some(CLOSE_SIGNED_OUT))
        );
        assert_eq!((phone.closed_with(), bens.closed_with()), (None, None));
        assert_eq!(seed.cx.hub.len(), 2);
        assert!(!is_alive(&seed.cx, ana.session().unwrap().id).await.unwrap());
        assert!(is_alive(&seed.cx, elsewhere.session().unwrap().id).await.unwrap());
        let session = ana.session().map(|session| session.id);
        assert_eq!(seed.events.take(), [Event::SignedOut { account: id(&ana), session }]);
    })
    .await;
}

#[tokio::test]
async fn a_reset_closes_all_sockets_of_the_person() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let elsewhere = seed.signed_in(ana.member().unwrap().clone()).await;
        let ben = seed.person("ben").await;
        let (mut tab, mut phone) = (seed.connect(&ana).await, seed.connect(&elsewhere).await);
        let mut bens = seed.connect(&ben).await;
        crate::account::forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let link = seed.mailbox.take_token("ana@example.org");
        crate::account::reset(&seed.cx, &Seed::nobody(), &link, "copper lake 7 violins").await.unwrap();
        assert_eq!(
            (tab.closed_with(), phone.closed_with()),
            (Some(CLOSE_SIGNED_OUT), Some(CLOSE_SIGNED_OUT))
        );
        assert_eq!(bens.closed_with(), None);
    })
    .await;
}

#[tokio::test]
async fn nobody_can_log_out_without_harm() {
    both(|seed| async move {
        log_out(&seed.cx, &Seed::nobody()).await.expect("nothing to do");
        assert!(seed.events.take().is_empty());
    })
    .await;
}
