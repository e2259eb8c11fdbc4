use protocol::Problem;

use crate::{
    account::sweep,
    testing::{Seed, both, refusal},
};

const DAY: i64 = 24 * 3_600;

#[tokio::test]
async fn an_account_that_was_not_verified_for_seven_days_is_gone_and_its_username_free() {
    both(|seed| async move {
        seed.person("ben").await;
        seed.sign_up("ana").await;
        let link = seed.mailbox.take_token("ana@example.org");
        seed.clock.advance_seconds(7 * DAY + 1);
        sweep(&seed.cx).await.unwrap();
        assert_eq!(seed.account("ana").await, None);
        assert!(seed.account("ben").await.is_some());
        assert_eq!(refusal(seed.verify(&link).await), Problem::LinkUnusable);
        seed.sign_up_with("ana", "another@example.org").await;
        assert_eq!(seed.mailbox.take("another@example.org").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_account_has_seven_days_to_be_verified() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        seed.clock.advance_seconds(7 * DAY);
        sweep(&seed.cx).await.unwrap();
        assert!(seed.account("ana").await.is_some());
    })
    .await;
}

#[tokio::test]
async fn expired_links_are_swept_and_others_stay() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        seed.clock.advance_seconds(DAY);
        seed.sign_up("ben").await;
        seed.clock.advance_seconds(DAY + 1);
        sweep(&seed.cx).await.unwrap();
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM mail_token").await, 1);
        let bens = seed.mailbox.take_token("ben@example.org");
        seed.verify(&bens).await.expect("a verified address");
    })
    .await;
}

#[tokio::test]
async fn a_letter_to_an_account_that_was_swept_is_not_sent() {
    both(|seed| async move {
        seed.mailbox.set_down(true);
        seed.sign_up("ana").await;
        seed.clock.advance_seconds(7 * DAY + 1);
        sweep(&seed.cx).await.unwrap();
        seed.mailbox.set_down(false);
        seed.run_jobs().await;
        assert!(seed.mailbox.is_empty());
        assert_eq!(seed.jobs().await, 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_verified_is_ever_swept() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let link = seed.mailbox.take_token("ana@example.org");
        seed.verify(&link).await.unwrap();
        seed.clock.advance_seconds(4_000 * DAY);
        sweep(&seed.cx).await.unwrap();
        assert!(seed.account("ana").await.is_some());
        assert_eq!(refusal(crate::account::me(&seed.cx, &Seed::nobody()).await), Problem::SignInNeeded);
    })
    .await;
}
