use axum::http::StatusCode;
use domain::{
    limit::{Limit, Rates},
    testing::{Seed, TestDb},
};

use super::Site;
use crate::config::Config;

async fn site(config: Config) -> Site {
    Site::configured(Seed::new(TestDb::sqlite(Rates::default()).await), config)
}

/// How many log-ins to accounts that are not there are answered, out of `tries`, each forwarded for another address.
async fn answered(site: &Site, tries: u32) -> u32 {
    let mut answered = 0;
    for number in 0..tries {
        let address = format!("198.51.100.{}", number % 250);
        let browser = site.visitor_at([10, 0, 0, 7].into()).saying("x-forwarded-for", &address);
        let login = format!("nobody{number}");
        let answer = browser.post("/login", &[("login", &login), ("password", "not this one 12")]).await;
        match answer.status {
            StatusCode::UNPROCESSABLE_ENTITY => answered += 1,
            StatusCode::TOO_MANY_REQUESTS => {
                let seconds: u32 = answer.header("retry-after").parse().expect("seconds");
                assert!((1..=600).contains(&seconds), "{seconds}");
                assert!(answer.text().contains("Too many tries."), "{}", answer.text());
                assert_eq!(answer.field("login"), login);
            }
            other => panic!("{other}"),
        }
    }
    answered
}

#[tokio::test]
async fn a_stranger_cannot_slip_through_a_limit_by_naming_other_addresses() {
    let site = site(Config::default()).await;
    assert_eq!(answered(&site, 110).await, Rates::default().of(Limit::LogInAddress).burst);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_tries_of_their_own() {
    let proxies = vec!["10.0.0.0/8".parse().expect("a network")];
    let site = site(Config { trusted_proxies: proxies, ..Config::default() }).await;
    assert_eq!(answered(&site, 110).await, 110);
}

#[tokio::test]
async fn a_post_beyond_the_limit_comes_again_with_its_text() {
    let site = site(Config::default()).await;
    let ana = site.member("ana").await;
    let burst = Rates::default().of(Limit::Write).burst;
    for number in 0..burst {
        let answer = ana.post("/posts", &[("body", &format!("number {number}"))]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    let answer = ana.post("/posts", &[("body", "one too many")]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.field("body"), "one too many");
    assert!(answer.error_at("body").starts_with("Too many tries."));
    assert!(!answer.header("retry-after").is_empty());
    let called = ana.call("post/api/publish", &serde_json::json!({ "new": { "body": "again" } })).await;
    assert_eq!(called.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!called.header("retry-after").is_empty());
}
