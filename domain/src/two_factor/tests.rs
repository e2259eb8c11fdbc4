use protocol::{Problem, Reason, account::Credentials, session::LogInMethod, text::Username};

use super::{begin, confirm, renew_recovery_codes, set_up, store, turn_off, turn_off_by_hand, view};
use crate::{
    Error, Scope,
    account::{forgot, reset},
    history,
    limit::{Limit, Rates},
    session::{self, CHALLENGE_SECONDS, LogIn, SignedIn},
    testing::{Seed, TestDb, both, id, refusal},
};

const PASSWORD: &str = "plum tiger stairs 9";

impl Seed {
    /// The token of a log-in whose password was right.
    async fn challenge(&self, login: &str) -> String {
        let credentials = Credentials { login: login.to_owned(), password: PASSWORD.to_owned() };
        match session::log_in(&self.cx, &Self::nobody(), credentials, "a test").await.expect("a log-in") {
            LogIn::CodeNeeded(token) => token.expose(),
            LogIn::Done(_) => panic!("no code was asked for"),
        }
    }

    async fn enter_code(&self, challenge: &str, code: &str) -> Result<SignedIn, Error> {
        session::enter_code(&self.cx, &Self::nobody(), challenge, code, "a test").await
    }
}

fn wrong(field: &'static str) -> Problem {
    Problem::field(field, Reason::Wrong)
}

#[tokio::test]
async fn codes_are_asked_for_once_the_first_was_typed() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        begin(&seed.cx, &ana, PASSWORD.to_owned()).await.unwrap();
        seed.cookie(&ana).await;
        assert_eq!(view(&seed.cx, &ana).await.unwrap().since, None);
        assert_eq!(refusal(confirm(&seed.cx, &ana, "000000x").await), wrong("code"));
        let codes = seed.turn_on_two_factor(&ana).await;
        let stands = view(&seed.cx, &ana).await.unwrap();
        assert_eq!((stands.since, stands.recovery_codes), (Some(seed.cx.now()), 10));
        assert_eq!(codes.len(), 10);
        seed.clock.advance_seconds(30);
        let (challenge, code) = (seed.challenge("ana").await, seed.authenticator_code(&ana, 0).await);
        let signed_in = seed.enter_code(&challenge, &code).await.unwrap();
        let session = session::resolve(&seed.cx, &signed_in.session.expose()).await.unwrap();
        assert_eq!(session.unwrap().person.username, "ana");
        seed.run_jobs().await;
        let letters = seed.mailbox.take("ana@example.org");
        let subjects: Vec<&str> = letters.iter().map(|mail| mail.subject.as_str()).collect();
        assert!(subjects.contains(&"Two-factor authentication is on"), "{subjects:?}");
    })
    .await;
}

#[tokio::test]
async fn the_secret_is_shown_until_the_first_code_was_typed_or_a_quarter_of_an_hour_and_to_nobody_else() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        assert_eq!(refusal(set_up(&seed.cx, &ana).await), Problem::NotFound);
        begin(&seed.cx, &ana, PASSWORD.to_owned()).await.unwrap();
        let shown = set_up(&seed.cx, &ana).await.unwrap();
        assert_eq!(shown.secret.replace(' ', "").len(), 32);
        let address = format!(
            "otpauth://totp/Kith:ana@localhost%3A3000?secret={}&issuer=Kith",
            shown.secret.replace(' ', "")
        );
        assert_eq!(shown.address, address);
        assert_eq!(refusal(set_up(&seed.cx, &ben).await), Problem::NotFound);
        seed.clock.advance_seconds(901);
        assert_eq!(refusal(set_up(&seed.cx, &ana).await), Problem::NotFound);
        let code = seed.authenticator_code(&ana, 0).await;
        assert_eq!(refusal(confirm(&seed.cx, &ana, &code).await), Problem::NotFound);
        seed.turn_on_two_factor(&ana).await;
        assert_eq!(refusal(set_up(&seed.cx, &ana).await), Problem::NotFound);
        assert_eq!(refusal(begin(&seed.cx, &ana, PASSWORD.to_owned()).await), Problem::Changed);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_taken_once_and_none_before_it_any_more() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        begin(&seed.cx, &ana, PASSWORD.to_owned()).await.unwrap();
        let first = seed.authenticator_code(&ana, 0).await;
        confirm(&seed.cx, &ana, &first).await.unwrap();
        let challenge = seed.challenge("ana").await;
        assert_eq!(refusal(seed.enter_code(&challenge, &first).await), wrong("code"), "it was typed before");
        let (next, before) =
            (seed.authenticator_code(&ana, 1).await, seed.authenticator_code(&ana, -1).await);
        assert_eq!(refusal(seed.enter_code(&challenge, &before).await), wrong("code"));
        seed.enter_code(&challenge, &next).await.expect("a session");
        let challenge = seed.challenge("ana").await;
        assert_eq!(
            refusal(seed.enter_code(&challenge, &next).await),
            wrong("code"),
            "of two tabs one gets in"
        );
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_is_taken_once_and_is_stored_as_a_hash() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (codes, bens) = (seed.turn_on_two_factor(&ana).await, seed.turn_on_two_factor(&ben).await);
        let challenge = seed.challenge("ana").await;
        assert_eq!(refusal(seed.enter_code(&challenge, &bens[0]).await), wrong("code"));
        seed.enter_code(&challenge, &codes[0].to_uppercase().replace('-', " ")).await.expect("a session");
        let challenge = seed.challenge("ana").await;
        assert_eq!(refusal(seed.enter_code(&challenge, &codes[0]).await), wrong("code"));
        assert_eq!(view(&seed.cx, &ana).await.unwrap().recovery_codes, 9);
        let log_ins = history::log_ins(&seed.cx, &ana, None).await.unwrap().log_ins.items;
        assert_eq!(log_ins[0].method, LogInMethod::RecoveryCode);
        let hashes = seed.number("SELECT COUNT(*) AS count FROM recovery_code WHERE LENGTH(code_hash) = 32");
        assert_eq!(hashes.await, 19);
        let renewed = renew_recovery_codes(&seed.cx, &ana, PASSWORD.to_owned()).await.unwrap();
        assert_eq!(
            refusal(seed.enter_code(&challenge, &codes[1]).await),
            wrong("code"),
            "other codes took its place"
        );
        seed.enter_code(&challenge, &renewed[9]).await.expect("a session");
    })
    .await;
}

#[tokio::test]
async fn the_token_of_the_first_step_is_good_for_its_code_only_and_for_five_minutes() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let codes = seed.turn_on_two_factor(&ana).await;
        let challenge = seed.challenge("ana").await;
        assert!(session::resolve(&seed.cx, &challenge).await.unwrap().is_none(), "it signs nobody in");
        for forged in ["", "x", &challenge[1..], &challenge.to_uppercase(), &"0".repeat(64)] {
            assert_eq!(refusal(seed.enter_code(forged, &codes[0]).await), Problem::SignInNeeded);
        }
        seed.enter_code(&challenge, &codes[0]).await.expect("a session");
        assert_eq!(
            refusal(seed.enter_code(&challenge, &codes[1]).await),
            Problem::SignInNeeded,
            "it is of use once"
        );
        let challenge = seed.challenge("ana").await;
        seed.clock.advance_seconds(CHALLENGE_SECONDS);
        assert_eq!(refusal(seed.enter_code(&challenge, &codes[1]).await), Problem::SignInNeeded);
        session::sweep(&seed.cx).await.unwrap();
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM login_challenge").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_does_not_get_around_the_code_and_ends_log_ins_that_wait_for_it() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let codes = seed.turn_on_two_factor(&ana).await;
        let challenge = seed.challenge("ana").await;
        forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let link = seed.mailbox.take_token("ana@example.org");
        reset(&seed.cx, &Seed::nobody(), &link, PASSWORD).await.unwrap();
        assert_eq!(refusal(seed.enter_code(&challenge, &codes[0]).await), Problem::SignInNeeded);
        let challenge = seed.challenge("ana").await;
        seed.enter_code(&challenge, &codes[0]).await.expect("a session");
    })
    .await;
}

#[tokio::test]
async fn guessing_codes_ends_after_ten_tries_whatever_address_and_log_in_they_come_from() {
    for store in [TestDb::sqlite(Rates::default()).await, TestDb::postgres(Rates::default()).await] {
        let seed = Seed::new(store);
        let ana = seed.person("ana").await;
        let codes = seed.turn_on_two_factor(&ana).await;
        let mut challenge = seed.challenge("ana").await;
        for attempt in 0..10_u8 {
            if attempt == 5 {
                challenge = seed.challenge("ana").await;
            }
            let stranger = Scope::anonymous(std::net::IpAddr::from([192, 0, 2, attempt]).into());
            let guess = format!("{attempt:06}");
            if guess != seed.authenticator_code(&ana, 0).await {
                let refused = session::enter_code(&seed.cx, &stranger, &challenge, &guess, "a test").await;
                assert_eq!(refusal(refused), wrong("code"));
            }
        }
        let refused = refusal(seed.enter_code(&challenge, &codes[0]).await);
        assert!(matches!(refused, Problem::TooMany { .. }), "{refused:?}");
        seed.settle().await;
        let failed = history::log_ins(&seed.cx, &ana, None).await.unwrap().failed;
        assert_eq!(
            failed.iter().map(|failed| (failed.method, failed.tries)).collect::<Vec<_>>(),
            [(LogInMethod::Code, 10)]
        );
    }
}

#[tokio::test]
async fn turning_it_off_takes_the_password_and_a_code() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let codes = seed.turn_on_two_factor(&ana).await;
        assert_eq!(
            refusal(turn_off(&seed.cx, &ana, "not this one 12".to_owned(), &codes[0]).await),
            wrong("current_password")
        );
        assert_eq!(refusal(turn_off(&seed.cx, &ana, PASSWORD.to_owned(), "000 000x").await), wrong("code"));
        turn_off(&seed.cx, &ana, PASSWORD.to_owned(), &codes[0]).await.unwrap();
        let stands = view(&seed.cx, &ana).await.unwrap();
        assert_eq!((stands.since, stands.recovery_codes), (None, 0));
        seed.cookie(&ana).await;
        let again = turn_off(&seed.cx, &ana, PASSWORD.to_owned(), &codes[1]).await;
        assert_eq!(refusal(again), Problem::NotFound);
        assert!(!store::is_on(seed.cx.db.read(), id(&ana)).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn an_operator_turns_it_off_for_whoever_has_lost_everything() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let name = Username::parse("ana").unwrap();
        assert!(!turn_off_by_hand(&seed.cx, &name).await.unwrap());
        seed.turn_on_two_factor(&ana).await;
        assert!(turn_off_by_hand(&seed.cx, &name).await.unwrap());
        seed.cookie(&ana).await;
        assert!(!turn_off_by_hand(&seed.cx, &Username::parse("nobody").unwrap()).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn guesses_of_the_password_in_the_settings_are_limited_as_those_of_a_log_in() {
    for store in [TestDb::sqlite(Rates::default()).await, TestDb::postgres(Rates::default()).await] {
        let seed = Seed::new(store);
        let ana = seed.person("ana").await;
        for _ in 0..10 {
            assert_eq!(
                refusal(begin(&seed.cx, &ana, "not this one 12".to_owned()).await),
                wrong("current_password")
            );
        }
        let refused = refusal(begin(&seed.cx, &ana, PASSWORD.to_owned()).await);
        assert!(matches!(refused, Problem::TooMany { .. }), "{refused:?}");
        assert!(
            seed.cx.limits.spend(Limit::LogInAccount, id(&ana)).is_ok(),
            "the log-in has tries of its own"
        );
    }
}
