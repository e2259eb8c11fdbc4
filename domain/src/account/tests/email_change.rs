use protocol::{Problem, Reason};

use crate::{
    Scope,
    account::{
        email_change::{LIFETIME_SECONDS, cancel, confirm, request},
        forgot, reset,
        settings::view,
        sweep,
    },
    testing::{Seed, both, refusal},
};

const PASSWORD: &str = "plum tiger stairs 9";
const WANTED: &str = "Ana@Elsewhere.Example";

impl Seed {
    /// `who` wants another address; says the secret in its letter.
    async fn want(&self, who: &Scope, email: &str) -> String {
        request(&self.cx, who, email, PASSWORD.to_owned()).await.expect("a letter");
        self.run_jobs().await;
        self.mailbox.take_token(&email.replace("Elsewhere.Example", "elsewhere.example"))
    }
}

#[tokio::test]
async fn an_address_changes_once_it_is_confirmed_and_both_addresses_are_told() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let link = seed.want(&ana, WANTED).await;
        let told = seed.mailbox.take("ana@example.org");
        assert_eq!(told.len(), 1);
        assert!(
            told[0].text.contains("Ana@elsewhere.example") && told[0].text.contains("/forgot"),
            "{}",
            told[0].text
        );
        let settings = view(&seed.cx, &ana).await.unwrap();
        assert_eq!(
            (settings.email.as_str(), settings.wanted_email.as_deref()),
            ("ana@example.org", Some("Ana@elsewhere.example"))
        );
        seed.log_in("ana@example.org", PASSWORD).await.expect("it is theirs until then");
        assert_eq!(refusal(seed.log_in("ana@elsewhere.example", PASSWORD).await), Problem::WrongCredentials);

        confirm(&seed.cx, &Seed::nobody(), &link).await.unwrap();
        let settings = view(&seed.cx, &ana).await.unwrap();
        assert_eq!((settings.email.as_str(), settings.wanted_email), ("Ana@elsewhere.example", None));
        seed.log_in("ana@elsewhere.example", PASSWORD).await.expect("a session");
        assert_eq!(refusal(seed.log_in("ana@example.org", PASSWORD).await), Problem::WrongCredentials);
        seed.run_jobs().await;
        let told = seed.mailbox.take("ana@example.org");
        assert!(told.iter().any(|mail| mail.subject == "Your address has changed"), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn the_link_works_once_for_a_day_and_only_whole() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let link = seed.want(&ana, WANTED).await;
        for forged in ["", "x", &link[1..], &link.to_uppercase(), &"0".repeat(64)] {
            assert_eq!(refusal(confirm(&seed.cx, &Seed::nobody(), forged).await), Problem::LinkUnusable);
        }
        assert_eq!(refusal(reset(&seed.cx, &Seed::nobody(), &link, PASSWORD).await), Problem::LinkUnusable);
        confirm(&seed.cx, &Seed::nobody(), &link).await.unwrap();
        assert_eq!(refusal(confirm(&seed.cx, &Seed::nobody(), &link).await), Problem::LinkUnusable);
        let late = seed.want(&ana, "other@elsewhere.example").await;
        seed.clock.advance_seconds(LIFETIME_SECONDS);
        assert_eq!(refusal(confirm(&seed.cx, &Seed::nobody(), &late).await), Problem::LinkUnusable);
        sweep(&seed.cx).await.unwrap();
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM email_change").await, 0);
    })
    .await;
}

#[tokio::test]
async fn of_two_wanted_addresses_only_the_link_to_the_last_one_works() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let first = seed.want(&ana, "first@elsewhere.example").await;
        let second = seed.want(&ana, "second@elsewhere.example").await;
        assert_eq!(refusal(confirm(&seed.cx, &Seed::nobody(), &first).await), Problem::LinkUnusable);
        cancel(&seed.cx, &ana).await.unwrap();
        assert_eq!(refusal(confirm(&seed.cx, &Seed::nobody(), &second).await), Problem::LinkUnusable);
        let third = seed.want(&ana, "third@elsewhere.example").await;
        confirm(&seed.cx, &Seed::nobody(), &third).await.unwrap();
        assert_eq!(view(&seed.cx, &ana).await.unwrap().email, "third@elsewhere.example");
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_whether_an_address_has_an_account_and_its_owner_is_told() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut steps = Vec::new();
        for email in ["Ben@example.org", "nobody@example.org"] {
            seed.query_log.take();
            request(&seed.cx, &ana, email, PASSWORD.to_owned()).await.expect("the same answer");
            steps.push(seed.query_log.take().into_iter().map(|statement| statement.sql).collect::<Vec<_>>());
            seed.run_jobs().await;
        }
        assert_eq!(steps[0], steps[1]);
        let told = seed.mailbox.take("ben@example.org");
        assert_eq!(
            told.iter().map(|mail| mail.subject.as_str()).collect::<Vec<_>>(),
            ["This address is in use"]
        );
        assert!(!told[0].text.contains("/email/"), "{}", told[0].text);
        assert_eq!(view(&seed.cx, &ben).await.unwrap().email, "ben@example.org");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_found_an_owner_meanwhile_stays_with_them() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (anas, bens) = (seed.want(&ana, WANTED).await, seed.want(&ben, WANTED).await);
        confirm(&seed.cx, &Seed::nobody(), &bens).await.unwrap();
        assert_eq!(refusal(confirm(&seed.cx, &Seed::nobody(), &anas).await), Problem::LinkUnusable);
        assert_eq!(view(&seed.cx, &ana).await.unwrap().email, "ana@example.org");
        assert_eq!(view(&seed.cx, &ben).await.unwrap().email, "Ana@elsewhere.example");
    })
    .await;
}

#[tokio::test]
async fn a_link_for_a_new_password_does_not_outlive_its_address() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let reset_link = seed.mailbox.take_token("ana@example.org");
        let link = seed.want(&ana, WANTED).await;
        confirm(&seed.cx, &Seed::nobody(), &link).await.unwrap();
        assert_eq!(
            refusal(reset(&seed.cx, &Seed::nobody(), &reset_link, PASSWORD).await),
            Problem::LinkUnusable
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_needs_the_password_and_has_to_be_another_one() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for (email, password, problem) in [
            (WANTED, "wrong", Problem::field("current_password", Reason::Wrong)),
            (WANTED, "", Problem::field("current_password", Reason::Empty)),
            ("nowhere", PASSWORD, Problem::field("email", Reason::Malformed)),
            ("", PASSWORD, Problem::field("email", Reason::Empty)),
            ("ana@example.org", PASSWORD, Problem::field("email", Reason::Unchanged)),
        ] {
            let refused = request(&seed.cx, &ana, email, password.to_owned()).await;
            assert_eq!(refusal(refused), problem, "{email}");
        }
        seed.run_jobs().await;
        assert!(seed.mailbox.is_empty());
    })
    .await;
}
