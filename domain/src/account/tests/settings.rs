use protocol::{
    Problem, Reason,
    live::CLOSE_SIGNED_OUT,
    preference::{ClockStyle, DateStyle, Preferences, ReadReceipts, Theme},
};

use crate::{
    account::{
        email_change, forgot, me, reset,
        settings::{ChangePassword, change_password, save_preferences, view},
    },
    session::{self, is_signed_in},
    testing::{Seed, both, refusal, token_in},
};

const OLD: &str = "plum tiger stairs 9";
const NEW: &str = "copper lake 7 violins";

fn change(current_password: &str, password: &str) -> ChangePassword {
    ChangePassword {
        current_password: current_password.to_owned(),
        password: password.to_owned(),
        device: None,
    }
}

#[tokio::test]
async fn a_new_password_asks_for_the_old_one_and_ends_all_other_sessions() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let phone = seed.signed_in(ana.member().unwrap().clone()).await;
        let (mut here, mut there, mut bens) =
            (seed.connect(&ana).await, seed.connect(&phone).await, seed.connect(&ben).await);
        let refused = change_password(&seed.cx, &ana, change("not this one 12", NEW)).await;
        assert_eq!(refusal(refused), Problem::field("current_password", Reason::Wrong));
        let refused = change_password(&seed.cx, &ana, change(OLD, "anatester1")).await;
        assert_eq!(refusal(refused), Problem::field("password", Reason::Guessable));
        assert_eq!(there.closed_with(), None);
        change_password(&seed.cx, &ana, change(OLD, NEW)).await.unwrap();
        assert_eq!((here.closed_with(), bens.closed_with()), (None, None));
        assert_eq!(there.closed_with(), Some(CLOSE_SIGNED_OUT));
        assert!(is_signed_in(&seed.cx, ana.session().unwrap().id).await.unwrap());
        assert_eq!(refusal(seed.log_in("ana", OLD).await), Problem::WrongCredentials);
        seed.run_jobs().await;
        let subjects: Vec<_> =
            seed.mailbox.take("ana@example.org").into_iter().map(|mail| mail.subject).collect();
        assert_eq!(subjects, ["Your password was changed"]);
        seed.log_in("ana", NEW).await.expect("a session");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_stops_links_and_changes_that_were_begun_with_the_old_one() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        email_change::request(&seed.cx, &ana, "new@example.org", OLD.to_owned()).await.unwrap();
        seed.run_jobs().await;
        let reset_link = seed.mailbox.take("ana@example.org").iter().find_map(token_in).expect("a link");
        let email_link = seed.mailbox.take_token("new@example.org");
        change_password(&seed.cx, &ana, change(OLD, NEW)).await.unwrap();
        assert_eq!(refusal(reset(&seed.cx, &Seed::nobody(), &reset_link, OLD).await), Problem::LinkUnusable);
        let refused = email_change::confirm(&seed.cx, &Seed::nobody(), &email_link).await;
        assert_eq!(refusal(refused), Problem::LinkUnusable);
        assert_eq!(view(&seed.cx, &ana).await.unwrap().wanted_email, None);
    })
    .await;
}

#[tokio::test]
async fn the_device_that_changes_the_password_stays_known_and_others_do_not() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let credentials =
            || protocol::account::Credentials { login: "ana".to_owned(), password: OLD.to_owned() };
        let mut devices = Vec::new();
        for _ in 0..2 {
            let entered = session::log_in(&seed.cx, &Seed::nobody(), credentials(), "a test").await.unwrap();
            devices.push(entered.done().unwrap().device.expose());
        }
        let device = Some(devices[0].clone());
        change_password(&seed.cx, &ana, ChangePassword { device, ..change(OLD, NEW) }).await.unwrap();
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM known_device").await, 1);
    })
    .await;
}

#[tokio::test]
async fn preferences_are_kept_and_come_with_every_page() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let token = seed.cookie(&ana).await;
        let chosen = Preferences {
            theme: Theme::Dark,
            date_style: DateStyle::Digits,
            clock_style: ClockStyle::Hours12,
            read_receipts: ReadReceipts::Off,
        };
        save_preferences(&seed.cx, &ana, chosen).await.unwrap();
        assert_eq!(view(&seed.cx, &ana).await.unwrap().preferences, chosen);
        assert_eq!(me(&seed.cx, &ana).await.unwrap().preferences, chosen);
        let (_, visited) = session::visit(&seed.cx, &token).await.unwrap().unwrap();
        assert_eq!(visited.preferences, chosen);
        let ben = seed.person("ben").await;
        assert_eq!(me(&seed.cx, &ben).await.unwrap().preferences, Preferences::default());
    })
    .await;
}

#[tokio::test]
async fn nobody_changes_anything() {
    both(|seed| async move {
        let nobody = Seed::nobody();
        assert_eq!(refusal(view(&seed.cx, &nobody).await), Problem::SignInNeeded);
        assert_eq!(
            refusal(change_password(&seed.cx, &nobody, change(OLD, NEW)).await),
            Problem::SignInNeeded
        );
        let refused = email_change::request(&seed.cx, &nobody, "new@example.org", OLD.to_owned()).await;
        assert_eq!(refusal(refused), Problem::SignInNeeded);
        assert_eq!(
            refusal(save_preferences(&seed.cx, &nobody, Preferences::default()).await),
            Problem::SignInNeeded
        );
    })
    .await;
}
