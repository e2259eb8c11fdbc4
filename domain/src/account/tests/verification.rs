use protocol::{Problem, Reason, account::NewAccount, text::Username};

use crate::{
    account::{forgot, resend, sign_up, username_to_verify, verify_by_hand},
    mail::Mail,
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
        let mut names = Vec::new();
        for link in mails.iter().filter_map(token_in) {
            names.extend(username_to_verify(&seed.cx, &link).await.unwrap());
        }
        names.sort();
        assert_eq!(names, ["ana", "ben"]);
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
        resend(&seed.cx, &Seed::nobody(), "ANA@example.org", None).await.unwrap();
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
            seed.query_log.take();
            resend(&seed.cx, &nobody, email, None).await.expect("the same answer");
            forgot(&seed.cx, &nobody, email).await.expect("the same answer");
            assert_eq!(seed.query_log.take().len(), 3, "a look and two jobs, whoever has the address");
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
                (resend(&seed.cx, &nobody, email, None).await, forgot(&seed.cx, &nobody, email).await);
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
        resend(&seed.cx, &Seed::nobody(), "ana@example.org", None).await.unwrap();
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

/// All links in a letter.
fn links(mail: &Mail) -> Vec<String> {
    let links = mail.text.lines().filter(|line| line.contains("/verify/"));
    links.filter_map(|link| link.rsplit('/').next().map(str::to_owned)).collect()
}

#[tokio::test]
async fn the_link_that_a_browser_asks_for_again_is_that_of_its_own_sign_up() {
    both(|seed| async move {
        let nobody = Seed::nobody();
        let token = sign_up(&seed.cx, &nobody, Seed::form("ana")).await.expect("a sign-up").expose();
        seed.clock.advance_seconds(60);
        seed.sign_up_with("stranger", "ana@example.org").await;
        seed.mailbox.take("ana@example.org");
        resend(&seed.cx, &nobody, "ana@example.org", Some(&token)).await.unwrap();
        seed.run_jobs().await;
        let mails = seed.mailbox.take("ana@example.org");
        let [link] = &links(&mails[0])[..] else { panic!("{mails:?}") };
        seed.verify(link).await.expect("a verified address");
        assert!(seed.account("ana").await.is_some_and(|account| account.verified_at.is_some()));
        assert!(seed.account("stranger").await.is_some_and(|account| account.verified_at.is_none()));
        resend(&seed.cx, &nobody, "ana@example.org", Some(&token)).await.unwrap();
        seed.run_jobs().await;
        assert_eq!(seed.mailbox.take("ana@example.org")[0].subject, "Your address is verified");
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_under_another_address_gets_no_link_of_this_one() {
    both(|seed| async move {
        let nobody = Seed::nobody();
        let token = sign_up(&seed.cx, &nobody, Seed::form("eve")).await.expect("a sign-up").expose();
        seed.sign_up("ana").await;
        seed.mailbox.take("ana@example.org");
        for token in [Some(token.as_str()), Some("no token"), None] {
            resend(&seed.cx, &nobody, "ana@example.org", token).await.unwrap();
            seed.run_jobs().await;
            let link = seed.mailbox.take_token("ana@example.org");
            assert_eq!(username_to_verify(&seed.cx, &link).await.unwrap().as_deref(), Some("ana"));
        }
    })
    .await;
}

/// Whoever asks by address alone, and not from the browser that signed up, chooses between the claims themselves.
#[tokio::test]
async fn a_letter_to_an_address_has_a_link_for_each_sign_up_and_its_page_says_which() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        seed.clock.advance_seconds(24 * 3_600);
        seed.sign_up_with("stranger", "ana@example.org").await;
        seed.mailbox.take("ana@example.org");
        let ask = async |by: &str| {
            match by {
                "resend" => resend(&seed.cx, &Seed::nobody(), "ana@example.org", None).await.unwrap(),
                _ => forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap(),
            }
            seed.run_jobs().await;
            seed.mailbox.take("ana@example.org").remove(0)
        };
        for by in ["resend", "forgot"] {
            let mail = ask(by).await;
            for date in ["Sign-up of 2 January 2026", "Sign-up of 3 January 2026"] {
                assert!(mail.text.contains(date) && mail.html.contains(date), "{}", mail.text);
            }
            let mut names = Vec::new();
            for link in links(&mail) {
                names.extend(username_to_verify(&seed.cx, &link).await.unwrap());
            }
            assert_eq!(names, ["stranger", "ana"], "{by}");
        }
        let mail = ask("resend").await;
        seed.verify(&links(&mail)[1]).await.expect("a verified address");
        assert!(seed.account("ana").await.is_some_and(|account| account.verified_at.is_some()));
    })
    .await;
}

#[tokio::test]
async fn a_password_is_compared_with_no_claim_that_somebody_else_may_have_made() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let password = Seed::form("ana").password;
        assert_eq!(refusal(seed.log_in("ana@example.org", &password).await), Problem::NotVerified);
        seed.sign_up_with("stranger", "ana@example.org").await;
        assert_eq!(refusal(seed.log_in("ana@example.org", &password).await), Problem::WrongCredentials);
        assert_eq!(refusal(seed.log_in("ana", &password).await), Problem::NotVerified);
    })
    .await;
}

#[tokio::test]
async fn a_letter_to_an_address_that_nobody_verified_has_no_word_of_whoever_signed_up() {
    both(|seed| async move {
        let form = NewAccount {
            first_name: "Wonderful".into(),
            last_name: "Prize".into(),
            ..Seed::form("you_have_won")
        };
        for username in ["you_have_won", "you_win_again"] {
            let form =
                NewAccount { username: username.into(), email: "ana@example.org".into(), ..form.clone() };
            sign_up(&seed.cx, &Seed::nobody(), form).await.expect("a sign-up");
        }
        resend(&seed.cx, &Seed::nobody(), "ana@example.org", None).await.unwrap();
        forgot(&seed.cx, &Seed::nobody(), "ana@example.org").await.unwrap();
        seed.run_jobs().await;
        let mails = seed.mailbox.take("ana@example.org");
        assert_eq!(mails.len(), 4);
        for mail in mails {
            let all = format!("{} {} {} {}", mail.name, mail.subject, mail.text, mail.html).to_lowercase();
            for word in ["wonderful", "prize", "won", "again"] {
                assert!(!all.contains(word), "{word}: {all}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_name_behind_a_link_is_said_to_nobody_without_the_link() {
    both(|seed| async move {
        seed.sign_up("ana").await;
        let link = seed.mailbox.take_token("ana@example.org");
        for wrong in ["", "x", &"0".repeat(64), &link[1..]] {
            assert_eq!(username_to_verify(&seed.cx, wrong).await.unwrap(), None);
        }
        seed.verify(&link).await.unwrap();
        assert_eq!(username_to_verify(&seed.cx, &link).await.unwrap(), None, "it is used");
    })
    .await;
}
