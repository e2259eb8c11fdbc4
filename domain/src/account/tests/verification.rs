use protocol::{Problem, Reason, text::Username};

use crate::{
    account::{forgot, resend, verify_by_hand},
    testing::{Seed, both, refusal, token_in},
};

const DAY: i64 = 24 * 3_600;

#[tokio::test]
async fn the_link_of_the_letter_verifies_the_account_once() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        seed.sign_up("ben").await;
        let link = seed.mailbox.take_token("ana@example.org");
        seed.verify(&link).await.expect("a verified address");
        let verified = seed.account("ana").await.and_then(|account| account.verified_at);
        assert_eq!(verified, Some(seed.cx.now().micros()));
        assert_eq!(seed.account("ben").await.and_then(|account| account.verified_at), None);
        assert_eq!(refusal(seed.verify(&link).await), Problem::LinkUnusable);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_use_a_link_at_once_one_verifies() {
    both(|seed| async move {
        for round in 0..8 {
            seed.sign_up(&format!("ana{round}x")).await;
            let link = seed.mailbox.take_token(&format!("ana{round}x@example.org"));
            let (one, other) = tokio::join!(seed.verify(&link), seed.verify(&link));
            assert!(one.is_ok() != other.is_ok(), "round {round}: {one:?}, {other:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_works_for_two_days() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        seed.sign_up("ben").await;
        let (early, late) =
            (seed.mailbox.take_token("ana@example.org"), seed.mailbox.take_token("ben@example.org"));
        seed.clock.advance_seconds(2 * DAY - 1);
        seed.verify(&early).await.expect("a verified address");
        seed.clock.advance_seconds(1);
        assert_eq!(refusal(seed.verify(&late).await), Problem::LinkUnusable);
        assert_eq!(seed.account("ben").await.and_then(|account| account.verified_at), None);
    })
    .await;
}

#[tokio::test]
async fn a_truncated_or_foreign_link_is_unusable() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let link = seed.mailbox.take_token("ana@example.org");
        let foreign = "0123456789abcdef".repeat(4);
        for unusable in
            ["", " ", &link[..63], &link.to_uppercase(), &foreign, "\0", "' OR 1=1 --", &"f".repeat(9_999)]
        {
            assert_eq!(refusal(seed.verify(unusable).await), Problem::LinkUnusable, "{unusable:.70}");
        }
        seed.verify(&link).await.expect("the link itself still works");
    })
    .await;
}

#[tokio::test]
async fn a_link_to_reset_a_password_verifies_nothing() {
    both(|seed| async move {
        seed.person("ana").await;
        forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let link = seed.mailbox.take_token("ana@example.org");
        assert_eq!(refusal(seed.verify(&link).await), Problem::LinkUnusable);
    })
    .await;
}

#[tokio::test]
async fn of_two_accounts_with_one_address_the_first_that_verifies_owns_it() {
    both(|seed| async move {
        seed.sign_up_with("ana", "shared@example.org").await;
        let anas = seed.mailbox.take_token("shared@example.org");
        seed.clock.advance_seconds(60);
        seed.sign_up_with("ben", "Shared@Example.org").await;
        let bens = seed.mailbox.take_token("Shared@example.org");
        seed.verify(&bens).await.expect("a verified address");
        assert_eq!(refusal(seed.verify(&anas).await), Problem::LinkUnusable);
        assert!(seed.account("ben").await.is_some_and(|account| account.verified_at.is_some()));
        assert!(seed.account("ana").await.is_some_and(|account| account.verified_at.is_none()));
    })
    .await;
}

#[tokio::test]
async fn each_account_of_one_address_gets_its_own_letter() {
    both(|seed| async move {
        seed.mailbox.set_down(true);
        seed.sign_up_with("ana", "shared@example.org").await;
        seed.clock.advance_seconds(60);
        seed.sign_up_with("ben", "shared@example.org").await;
        seed.mailbox.set_down(false);
        seed.clock.advance_seconds(60);
        seed.run_jobs().await;
        let mails = seed.mailbox.take("shared@example.org");
        for name in ["@ana", "@ben"] {
            assert_eq!(mails.iter().filter(|mail| mail.text.contains(name)).count(), 1, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_waited_until_the_account_was_verified_is_not_sent() {
    both(|seed| async move {
        seed.mailbox.set_down(true);
        seed.sign_up("ana").await;
        let ana = Username::parse("ana").unwrap();
        assert!(verify_by_hand(&seed.cx, &ana).await.unwrap());
        seed.mailbox.set_down(false);
        seed.clock.advance_seconds(60);
        seed.run_jobs().await;
        assert!(seed.mailbox.is_empty());
        assert_eq!(seed.jobs().await, 0);
    })
    .await;
}

#[tokio::test]
async fn verifying_spends_the_other_links_of_the_account() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let first = seed.mailbox.take_token("ana@example.org");
        resend(&seed.cx, &Seed::nobody(), "ANA@example.org").await.unwrap();
        seed.run_jobs().await;
        let second = seed.mailbox.take_token("ana@example.org");
        assert_ne!(first, second);
        seed.verify(&second).await.expect("a verified address");
        assert_eq!(refusal(seed.verify(&first).await), Problem::LinkUnusable);
    })
    .await;
}

#[tokio::test]
async fn resend_and_forgot_answer_the_same_for_an_unknown_address_and_mail_nothing() {
    both(|seed| async move {
        seed.person("ana").await;
        let nobody = Seed::nobody();
        for email in ["ana@example.org", "unknown@example.org"] {
            seed.statements.take();
            resend(&seed.cx, &nobody, email).await.expect("the same answer");
            forgot(&seed.cx, &nobody, email).await.expect("the same answer");
            assert_eq!(seed.statements.take().len(), 2, "one job each, whoever has the address");
        }
        seed.run_jobs().await;
        assert_eq!(seed.mailbox.take("ana@example.org").len(), 2);
        assert!(seed.mailbox.is_empty());
    })
    .await;
}

#[tokio::test]
async fn resend_and_forgot_say_what_is_no_address() {
    both(|seed| async move {
        for email in ["", "ana", "ana@example.org\r\nBcc: ben@example.org"] {
            let nobody = Seed::nobody();
            let (resent, forgotten) =
                (resend(&seed.cx, &nobody, email).await, forgot(&seed.cx, &nobody, email).await);
            for problem in [refusal(resent), refusal(forgotten)] {
                let reason = if email.is_empty() { Reason::Empty } else { Reason::Malformed };
                assert_eq!(problem, Problem::field("email", reason));
            }
        }
        assert_eq!(seed.jobs().await, 0);
    })
    .await;
}

#[tokio::test]
async fn resend_to_a_verified_address_says_so_without_a_link() {
    both(|seed| async move {
        seed.person("ana").await;
        resend(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let mails = seed.mailbox.take("ana@example.org");
        assert_eq!(mails[0].subject, "Your address is verified");
        assert_eq!(token_in(&mails[0]), None);
    })
    .await;
}

#[tokio::test]
async fn forgot_before_verification_sends_the_link_that_was_overlooked() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        seed.mailbox.take("ana@example.org");
        forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let link = seed.mailbox.take_token("ana@example.org");
        seed.verify(&link).await.expect("a verified address");
    })
    .await;
}

#[tokio::test]
async fn an_operator_verifies_by_hand_who_is_there_to_be_verified() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let (ana, unknown) = (Username::parse("ana").unwrap(), Username::parse("unknown").unwrap());
        assert!(verify_by_hand(&seed.cx, &ana).await.unwrap());
        assert!(!verify_by_hand(&seed.cx, &ana).await.unwrap());
        assert!(!verify_by_hand(&seed.cx, &unknown).await.unwrap());
        assert!(seed.account("ana").await.is_some_and(|account| account.verified_at.is_some()));
    })
    .await;
}

#[tokio::test]
async fn an_operator_cannot_give_an_address_to_a_second_account() {
    both(|seed| async move {
        seed.person("ana").await;
        seed.sign_up_with("stranger", "ana@example.org").await;
        let stranger = Username::parse("stranger").unwrap();
        let problem = refusal(verify_by_hand(&seed.cx, &stranger).await);
        assert_eq!(problem, Problem::field("email", Reason::Taken));
    })
    .await;
}
