use protocol::{Problem, Reason};

use crate::{
    Error,
    account::{forgot, reset},
    bus::Event,
    session,
    testing::{Seed, both, id, refusal},
};

const OLD: &str = "plum tiger stairs 9";
const NEW: &str = "copper lake 7 violins";

impl Seed {
    async fn reset_link(&self, email: &str) -> String {
        forgot(&self.cx, &Self::nobody(), email).await.expect("a letter");
        self.run_jobs().await;
        self.mailbox.take_token(email)
    }

    async fn reset(&self, link: &str, password: &str) -> Result<(), Error> {
        reset(&self.cx, &Self::nobody(), link, password).await
    }
}

#[tokio::test]
async fn a_reset_changes_the_password_of_its_account_only() {
    both(|seed| async move {
        seed.person("ana").await;
        seed.person("ben").await;
        let link = seed.reset_link("ana@example.org").await;
        seed.reset(&link, NEW).await.expect("a new password");
        assert_eq!(refusal(seed.log_in("ana", OLD).await), Problem::WrongCredentials);
        seed.log_in("ana", NEW).await.expect("a session");
        seed.log_in("ben", OLD).await.expect("a session");
    })
    .await;
}

#[tokio::test]
async fn a_reset_ends_all_sessions_of_the_person_and_announces_it() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        seed.person("ben").await;
        let (anas, bens) = (seed.log_in("ana", OLD).await.unwrap(), seed.log_in("ben", OLD).await.unwrap());
        let link = seed.reset_link("ana@example.org").await;
        seed.events.take();
        seed.reset(&link, NEW).await.expect("a new password");
        assert!(session::resolve(&seed.cx, &anas.expose()).await.unwrap().is_none());
        assert!(!session::is_signed_in(&seed.cx, ana.session().unwrap().id).await.unwrap());
        assert!(session::resolve(&seed.cx, &bens.expose()).await.unwrap().is_some());
        assert_eq!(seed.events.take(), [Event::SignedOut { account: id(&ana), session: None }]);
    })
    .await;
}

#[tokio::test]
async fn a_reset_spends_all_its_links() {
    both(|seed| async move {
        seed.person("ana").await;
        let (first, second) =
            (seed.reset_link("ana@example.org").await, seed.reset_link("ana@example.org").await);
        seed.reset(&first, NEW).await.expect("a new password");
        for link in [first, second] {
            assert_eq!(refusal(seed.reset(&link, OLD).await), Problem::LinkUnusable);
        }
        seed.log_in("ana", NEW).await.expect("a session");
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_works_for_an_hour() {
    both(|seed| async move {
        seed.person("ana").await;
        let link = seed.reset_link("ana@example.org").await;
        seed.clock.advance_seconds(3_600);
        assert_eq!(refusal(seed.reset(&link, NEW).await), Problem::LinkUnusable);
        seed.log_in("ana", OLD).await.expect("a session");
    })
    .await;
}

#[tokio::test]
async fn a_link_that_verifies_resets_nothing() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let link = seed.mailbox.take_token("ana@example.org");
        for unusable in [link.as_str(), &link[1..], "", "0"] {
            assert_eq!(refusal(seed.reset(unusable, NEW).await), Problem::LinkUnusable);
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_password_that_is_refused_leaves_the_link_and_the_old_password() {
    both(|seed| async move {
        seed.person("ana").await;
        let link = seed.reset_link("ana@example.org").await;
        for (password, reason) in [
            ("short", Reason::TooShort { min: 10 }),
            ("ana@example.org", Reason::Guessable),
            ("anaTester1", Reason::Guessable),
            (&"x".repeat(10_000), Reason::TooLong { max: 1_000 }),
        ] {
            assert_eq!(refusal(seed.reset(&link, password).await), Problem::field("password", reason));
        }
        seed.log_in("ana", OLD).await.expect("a session");
        seed.reset(&link, NEW).await.expect("a new password");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_use_a_reset_link_at_once_one_sets_the_password() {
    both(|seed| async move {
        seed.person("ana").await;
        for round in 0..8 {
            let link = seed.reset_link("ana@example.org").await;
            let [one, other] =
                [format!("copper lake {round} violins"), format!("seven quiet {round} otters")];
            let (first, second) = tokio::join!(seed.reset(&link, &one), seed.reset(&link, &other));
            let (set, refused) = if first.is_ok() { (one, second) } else { (other, first) };
            assert_eq!(refusal(refused), Problem::LinkUnusable, "round {round}");
            seed.log_in("ana", &set).await.expect("a session");
        }
    })
    .await;
}

#[tokio::test]
async fn no_session_of_the_old_password_outlives_a_reset_that_came_at_the_same_time() {
    both(|seed| async move {
        let mut passwords = [OLD, NEW];
        seed.person("ana").await;
        for _ in 0..8 {
            let [old, new] = passwords;
            let link = seed.reset_link("ana@example.org").await;
            let (session, reset) = tokio::join!(seed.log_in("ana", old), seed.reset(&link, new));
            reset.expect("a new password");
            if let Ok(secret) = session {
                assert!(session::resolve(&seed.cx, &secret.expose()).await.unwrap().is_none());
            }
            passwords.reverse();
        }
    })
    .await;
}
