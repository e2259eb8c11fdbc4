use axum::http::StatusCode;
use domain::testing::both;

use super::{Answer, Site};

const UNUSABLE: &str = "This link doesn't work. It may be incomplete, expired or already used.";
const PASSWORD: &str = "quiet river lamp 27";

async fn sign_up(site: &Site, username: &str) -> String {
    let email = format!("{username}@example.org");
    let form = [
        ("first_name", "Ana"),
        ("last_name", "Brandt"),
        ("username", username),
        ("email", &email),
        ("password", "plum tiger stairs 9"),
    ];
    let answer = site.visitor().post("/signup", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    site.seed.run_jobs().await;
    site.seed.mailbox.take_token(&email)
}

async fn ask_for_reset(site: &Site, username: &str) -> String {
    let email = format!("{username}@example.org");
    site.visitor().post("/forgot", &[("email", &email)]).await;
    site.seed.run_jobs().await;
    site.seed.mailbox.take_token(&email)
}

async fn verify(site: &Site, token: &str) -> Answer {
    site.visitor().post(&format!("/verify/{token}"), &[]).await
}

async fn reset(site: &Site, token: &str, password: &str) -> Answer {
    site.visitor().post(&format!("/reset/{token}"), &[("password", password)]).await
}

#[track_caller]
fn assert_unusable(answer: &Answer, what: &str) {
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}: {}", answer.text());
    assert!(answer.text().contains(UNUSABLE), "{what}: {}", answer.text());
}

#[tokio::test]
async fn opening_a_link_uses_nothing_up_and_pressing_its_button_works_once() {
    both(|seed| async move {
        let site = Site::new(seed);
        let token = sign_up(&site, "ana").await;
        for _ in 0..3 {
            let page = site.visitor().get(&format!("/verify/{token}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text().contains("Verify my address"));
        }
        let done = verify(&site, &token).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/login?verified"));
        assert_unusable(&verify(&site, &token).await, "used");

        let token = ask_for_reset(&site, "ana").await;
        assert_eq!(site.visitor().get(&format!("/reset/{token}")).await.status, StatusCode::OK);
        let done = reset(&site, &token, PASSWORD).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/login?changed"));
        assert_unusable(&reset(&site, &token, PASSWORD).await, "used");
        site.visitor().log_in("ana", PASSWORD).await;
    })
    .await;
}

/// The stranger signs up later and with the same address, and asks for the link by address as well.
#[tokio::test]
async fn the_press_of_whoever_owns_an_address_verifies_their_own_account_and_no_strangers() {
    both(|seed| async move {
        let site = Site::new(seed);
        let form = |username| {
            [
                ("first_name", "Ana"),
                ("last_name", "Brandt"),
                ("username", username),
                ("email", "ana@example.org"),
                ("password", "plum tiger stairs 9"),
            ]
        };
        let mut ana = site.visitor();
        let answer = ana.post("/signup", &form("ana")).await;
        ana.cookie = answer.header("set-cookie").split(';').next().map(str::to_owned);
        site.visitor().post("/signup", &form("stranger")).await;
        site.visitor().post("/resend", &[("email", "ana@example.org")]).await;
        site.seed.run_jobs().await;
        site.seed.mailbox.take("ana@example.org");

        ana.post("/resend", &[("email", "ana@example.org")]).await;
        site.seed.run_jobs().await;
        let token = site.seed.mailbox.take_token("ana@example.org");
        let page = ana.get(&format!("/verify/{token}")).await.text();
        assert!(page.contains("@ana.") && !page.contains("stranger"), "{page}");
        assert_eq!(verify(&site, &token).await.status, StatusCode::SEE_OTHER);
        site.visitor().log_in("ana", "plum tiger stairs 9").await;
        let refused = site
            .visitor()
            .post("/login", &[("login", "stranger"), ("password", "plum tiger stairs 9")])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn an_expired_link_is_refused() {
    both(|seed| async move {
        let site = Site::new(seed);
        let token = sign_up(&site, "ana").await;
        site.seed.clock.advance_seconds(2 * 24 * 3_600 + 1);
        assert_unusable(&verify(&site, &token).await, "expired");
        site.seed.person("ben").await;
        let token = ask_for_reset(&site, "ben").await;
        site.seed.clock.advance_seconds(3_601);
        assert_unusable(&reset(&site, &token, PASSWORD).await, "expired");
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_truncated_invented_or_for_something_else_is_refused() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (for_verifying, _) = (sign_up(&site, "ana").await, site.seed.person("ben").await);
        let for_reset = ask_for_reset(&site, "ben").await;
        let long = "f".repeat(5_000);
        let broken =
            ["x", "%00", "%FF%FE", "%F0%9F%A6%8A", &for_reset[..63], &"0".repeat(64), &long, "a%2Fb"];
        for token in broken.into_iter().chain([for_reset.as_str()]) {
            assert_unusable(&verify(&site, token).await, token);
        }
        for token in broken.into_iter().chain([for_verifying.as_str()]) {
            assert_unusable(&reset(&site, token, PASSWORD).await, token);
        }
        assert_eq!(
            verify(&site, &for_verifying).await.status,
            StatusCode::SEE_OTHER,
            "it is as good as before"
        );
    })
    .await;
}

#[tokio::test]
async fn a_weak_new_password_comes_again_and_the_link_can_still_be_used() {
    let site = Site::sqlite().await;
    site.seed.person("ana").await;
    let token = ask_for_reset(&site, "ana").await;
    let endless = "y".repeat(10_000);
    for (typed, sentence) in [
        ("", "Use at least 10 characters."),
        ("knoxly7", "Use at least 10 characters."),
        ("ana_Tester_1", "This is easy to guess. Try a few unusual words."),
        (endless.as_str(), "Use at most 1000 characters."),
    ] {
        let answer = reset(&site, &token, typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert_eq!((answer.error_at("password").as_str(), answer.field("password").as_str()), (sentence, ""));
        assert!(typed.is_empty() || !answer.body.contains(typed), "the password {typed} came back");
    }
    assert_eq!(reset(&site, &token, PASSWORD).await.status, StatusCode::SEE_OTHER);
}
