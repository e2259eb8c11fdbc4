use protocol::{Problem, account::Credentials};
use sea_orm::{ConnectionTrait, Statement};

use super::{PASSWORD, enter, person_behind};
use crate::{
    account::sign_up,
    session::{log_in, resolve},
    testing::{Seed, both, refusal},
};

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
        let hash = hex::encode(secret.hash());
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
        log_in(&seed.cx, &Seed::nobody(), credentials(), device.as_str()).await.expect("a session");
        let cut = seed.number("SELECT COUNT(*) AS count FROM session WHERE LENGTH(device) = 300");
        assert_eq!(cut.await, 1);
    })
    .await;
}
