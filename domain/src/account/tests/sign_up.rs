use protocol::{Problem, Reason, account::NewAccount};
use sea_orm::EntityTrait;

use crate::{
    account::{entity, sign_up, username_to_verify},
    job,
    testing::{Seed, both, refusal, token_in},
};

/// What each field of the refused form heard, in the order of the answer.
async fn refused(seed: &Seed, form: NewAccount) -> Vec<(String, Reason)> {
    match refusal(sign_up(&seed.cx, &Seed::nobody(), form).await) {
        Problem::Invalid { fields } => {
            fields.into_iter().map(|found| (found.field.into_owned(), found.reason)).collect()
        }
        other => panic!("refused as a whole: {other:?}"),
    }
}

fn said(field: &str, reason: Reason) -> (String, Reason) {
    (field.to_owned(), reason)
}

#[tokio::test]
async fn signing_up_stores_an_unverified_account_and_mails_a_link() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let account = seed.account("ana").await.expect("an account");
        assert_eq!(account.verified_at, None);
        assert!(account.password_hash.starts_with("$argon2id$"), "{}", account.password_hash);
        let mails = seed.mailbox.take("ana@example.org");
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "Verify your address");
        let token = token_in(&mails[0]).expect("a link");
        let shown = username_to_verify(&seed.cx, &token).await.expect("an answer");
        assert_eq!(shown.as_deref(), Some("ana"), "the page of the link says for which name");
        assert!(mails[0].html.contains(&format!("http://localhost:3000/verify/{token}")));
        assert_eq!(seed.jobs().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_taken_username_is_said_at_its_field() {
    both(|seed| async move {
        seed.person("ana").await;
        let form =
            NewAccount { username: " @ANA ".into(), email: "other@example.org".into(), ..Seed::form("ana") };
        assert_eq!(refused(&seed, form).await, [said("username", Reason::Taken)]);
        assert_eq!(seed.jobs().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_username_that_looks_like_a_taken_one_is_said_at_its_field() {
    both(|seed| async move {
        seed.person("paul_o").await;
        for username in ["paulo", "pau1o", "paul0", "p_a_u_l_0"] {
            assert_eq!(
                refused(&seed, Seed::form(username)).await,
                [said("username", Reason::Taken)],
                "{username}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_username_that_speaks_for_the_site_is_taken() {
    both(|seed| async move {
        for username in ["admin", "adm1n", "kith", "kith_support", "supp0rt", "r00t", "Root", "no_reply"] {
            let refused = refused(&seed, Seed::form(username)).await;
            assert_eq!(refused, [said("username", Reason::Taken)], "{username}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_that_is_an_address_is_said_at_its_field() {
    both(|seed| async move {
        for name in ["http://evil.example", "evil.example", "Evil.Com", "ana@example.org"] {
            let form = NewAccount { first_name: name.into(), last_name: name.into(), ..Seed::form("ana") };
            let expected = [said("first_name", Reason::Malformed), said("last_name", Reason::Malformed)];
            assert_eq!(refused(&seed, form).await, expected, "{name}");
        }
        let form =
            NewAccount { first_name: "St. John".into(), last_name: "Dr.No".into(), ..Seed::form("ben") };
        sign_up(&seed.cx, &Seed::nobody(), form).await.expect("a sign-up");
    })
    .await;
}

#[tokio::test]
async fn of_two_who_take_a_username_at_once_one_hears_that_it_is_taken() {
    both(|seed| async move {
        let other = NewAccount { email: "other@example.org".into(), ..Seed::form("an_a") };
        let nobody = Seed::nobody();
        let (one, two) =
            tokio::join!(sign_up(&seed.cx, &nobody, Seed::form("ana")), sign_up(&seed.cx, &nobody, other));
        let refused = if one.is_ok() { refusal(two) } else { refusal(one) };
        assert_eq!(refused, Problem::field("username", Reason::Taken));
        assert_eq!(
            (entity::Entity::find().all(seed.cx.db.read()).await.unwrap().len(), seed.jobs().await),
            (1, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn everything_wrong_in_a_form_is_said_at_once_and_in_its_order() {
    both(|seed| async move {
        seed.person("ana").await;
        let form = NewAccount {
            first_name: "  ".into(),
            last_name: "Brandt\u{202e}".into(),
            username: "ana".into(),
            email: "ana at example.org".into(),
            password: "password12".into(),
        };
        assert_eq!(
            refused(&seed, form).await,
            [
                said("first_name", Reason::Empty),
                said("last_name", Reason::Unprintable),
                said("username", Reason::Taken),
                said("email", Reason::Malformed),
                said("password", Reason::Guessable),
            ]
        );
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM account").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_short_or_endless_or_guessable_is_refused() {
    both(|seed| async move {
        for (password, reason) in [
            (String::new(), Reason::Empty),
            ("nine char".into(), Reason::TooShort { min: 10 }),
            ("x".repeat(10_000), Reason::TooLong { max: 1_000 }),
            ("anaTester1".into(), Reason::Guessable),
            ("ana@example.org".into(), Reason::Guessable),
            ("1234567890".into(), Reason::Guessable),
        ] {
            let form = NewAccount { password: password.clone(), ..Seed::form("ana") };
            assert_eq!(refused(&seed, form).await, [said("password", reason)], "{password:.20}");
        }
    })
    .await;
}

#[tokio::test]
async fn fields_of_ten_thousand_characters_are_refused_not_stored() {
    both(|seed| async move {
        let endless = "a".repeat(10_000);
        let form = NewAccount {
            first_name: endless.clone(),
            last_name: endless.clone(),
            username: endless.clone(),
            email: format!("{endless}@example.org"),
            password: endless,
        };
        let fields: Vec<String> = refused(&seed, form).await.into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, NewAccount::FIELDS);
    })
    .await;
}

#[tokio::test]
async fn signing_up_with_an_address_that_has_an_owner_takes_the_same_steps() {
    both(|seed| async move {
        seed.person("ana").await;
        let steps = async |username: &str, email: &str| {
            seed.query_log.take();
            let form = NewAccount { email: email.to_owned(), ..Seed::form(username) };
            let answer = sign_up(&seed.cx, &Seed::nobody(), form).await;
            let sql: Vec<String> = seed.query_log.take().into_iter().map(|statement| statement.sql).collect();
            (answer.is_ok(), sql)
        };
        assert_eq!(
            steps("stranger", "ana@example.org").await,
            steps("newcomer", "newcomer@example.org").await
        );
        let jobs = job::entity::Entity::find().all(seed.cx.db.read()).await.unwrap();
        let [one, other] = &jobs[..] else { panic!("{jobs:?}") };
        assert_eq!(one.task.len(), other.task.len());
        assert_eq!(one.run_at, other.run_at);
    })
    .await;
}

#[tokio::test]
async fn the_owner_of_an_address_gets_the_other_letter_and_nobody_a_link() {
    both(|seed| async move {
        seed.person("ana").await;
        seed.sign_up_with("stranger", "ANA@example.org").await;
        let mails = seed.mailbox.take("ana@example.org");
        assert_eq!(
            mails.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(),
            ["You already have an account"]
        );
        assert!(mails[0].text.contains("@ana"));
        assert!(!mails[0].text.contains("stranger"), "what a stranger typed does not reach the owner");
        assert_eq!(token_in(&mails[0]), None);
        assert!(seed.mailbox.is_empty());
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM mail_token").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_job_table_never_holds_a_token() {
    both(|seed| async move {
        seed.mailbox.set_down(true);
        seed.sign_up("ana").await;
        crate::account::forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        assert_eq!(
            seed.number("SELECT COUNT(*) AS count FROM mail_token").await,
            2,
            "both letters were written"
        );
        let jobs = job::entity::Entity::find().all(seed.cx.db.read()).await.unwrap();
        assert_eq!(jobs.len(), 2);
        for text in jobs.iter().flat_map(|job| [Some(&job.task), job.last_error.as_ref()]).flatten() {
            let longest = text.split(|c: char| !c.is_ascii_hexdigit()).map(str::len).max();
            assert!(longest < Some(32), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_table_of_links_holds_only_hashes() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let token = seed.mailbox.take_token("ana@example.org");
        let secret = crate::entropy::Secret::parse(&token).expect("a secret");
        let stored = sea_orm::Statement::from_string(
            seed.cx.db.read().get_database_backend(),
            "SELECT token_hash FROM mail_token",
        );
        let row =
            sea_orm::ConnectionTrait::query_one_raw(seed.cx.db.read(), stored).await.unwrap().expect("a row");
        assert_eq!(row.try_get::<Vec<u8>>("", "token_hash").unwrap(), secret.hash());
    })
    .await;
}
