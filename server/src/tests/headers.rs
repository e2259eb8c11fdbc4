use axum::http::{Method, StatusCode};
use serde_json::json;

use super::{Answer, Site};
use crate::config::Config;

/// One answer of each kind.
async fn answers(site: &Site) -> Vec<(&'static str, Answer)> {
    let ana = site.member("ana").await;
    let visitor = site.visitor();
    vec![
        ("a page", ana.get("/").await),
        ("a page for visitors", visitor.get("/login").await),
        ("a page that is not there", ana.get("/nowhere").await),
        ("a form that comes again", visitor.post("/signup", &[]).await),
        ("a redirect to log in", visitor.get("/chat").await),
        ("a redirect behind a form", ana.post("/posts", &[("body", "hello")]).await),
        ("an answer of a server function", ana.call("chat/api/conversations", &json!({})).await),
        ("a refusal of a server function", visitor.call("chat/api/conversations", &json!({})).await),
        ("a server function that is not there", ana.call("nothing", &json!({})).await),
        ("a refusal of a method", ana.send(Method::TRACE, "/", "", "").await),
        ("a refusal of another site", ana.saying("sec-fetch-site", "cross-site").post("/posts", &[]).await),
        ("a refusal of a kind", ana.send(Method::POST, "/posts", "text/plain", "hello").await),
        ("a refusal of a large body", ana.post("/posts", &[("body", &"x".repeat(90_000))]).await),
        ("a button for nothing", ana.post("/follow", &[]).await),
        ("a socket that is refused", ana.get("/live").await),
        ("a program's question", ana.saying("accept", "*/*").post("/follow", &[]).await),
        ("health", visitor.get("/healthz").await),
        ("readiness", visitor.get("/readyz").await),
        ("the head of a page", ana.send(Method::HEAD, "/", "", "").await),
    ]
}

#[tokio::test]
async fn every_answer_has_them() {
    let site = Site::sqlite().await;
    for (what, answer) in answers(&site).await {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "private, no-store"),
            ("strict-transport-security", ""),
            ("server", ""),
            ("x-powered-by", ""),
        ] {
            assert_eq!(answer.header(name), value, "{what}: {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{what}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{what}");
        for careless in ["unsafe-inline", "unsafe-eval'", "strict-dynamic", "*", "http:"] {
            assert!(!policy.replace("wasm-unsafe-eval", "").contains(careless), "{what}: {policy}");
        }
        for name in answer.headers.keys() {
            assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{what}: {name} twice");
        }
        assert!(answer.headers.get("permissions-policy").is_some(), "{what}");
        assert!(!answer.status.is_server_error(), "{what}: {}", answer.status);
    }
}

#[tokio::test]
async fn browsers_are_told_to_stay_with_tls_only_where_there_is_tls() {
    let site = Site::sqlite().await;
    let config = Config { public_url: "https://kith.example.org".to_owned(), ..Config::default() };
    let site = Site::configured(site.seed, config);
    for path in ["/", "/chat", "/login", "/healthz", "/api/nothing"] {
        let answer = site.visitor().get(path).await;
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=63072000; includeSubDomains",
            "{path}"
        );
    }
}

#[tokio::test]
async fn scripts_carry_the_nonce_of_their_answer_and_every_answer_has_another() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let mut nonces = std::collections::HashSet::new();
    let pages = [
        ana.get("/").await,
        ana.get("/").await,
        ana.get("/u/ana").await,
        site.visitor().post("/signup", &[]).await,
        ana.get("/nowhere").await,
    ];
    for page in pages {
        let policy = page.header("content-security-policy");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        assert!(nonce.len() >= 22, "{nonce}");
        let scripts: Vec<_> = page.body.split("<script").skip(1).collect();
        assert!(!scripts.is_empty());
        for script in scripts {
            let tag = script.split('>').next().unwrap_or_default();
            assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "<script{tag}>");
        }
        for handler in [" onclick=", " onload=", " onerror=", " onsubmit=", "javascript:", " style=\""] {
            assert!(!page.body.contains(handler), "{handler}");
        }
        assert!(nonces.insert(nonce.to_owned()), "the same nonce twice");
    }
}

#[tokio::test]
async fn pages_say_what_they_are() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for path in ["/", "/nowhere", "/u/ana"] {
        assert_eq!(ana.get(path).await.header("content-type"), "text/html; charset=utf-8", "{path}");
    }
    let refused = ana.send(Method::TRACE, "/", "", "").await;
    assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(refused.header("content-type"), "text/html; charset=utf-8");
    let refused = ana.saying("accept", "application/json").send(Method::TRACE, "/", "", "").await;
    assert_eq!(refused.header("content-type"), "text/plain; charset=utf-8");
}
