use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use serde_json::json;

use super::{Browser, Site};
use crate::form::BYTES;

const FORM: &str = "application/x-www-form-urlencoded";
const FORMS: [&str; 14] = [
    "/signup",
    "/resend",
    "/verify/x",
    "/login",
    "/logout",
    "/forgot",
    "/reset/x",
    "/posts",
    "/p/x/like",
    "/p/x/comments",
    "/follow",
    "/block",
    "/unblock",
    "/chat/ben",
];
const PUBLISH: &str = "/api/app/post/api/publish";

#[tokio::test]
async fn a_body_over_the_limit_is_refused_with_a_sentence() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let form = format!("body={}", "x".repeat(BYTES));
    for path in FORMS {
        let answer = ana.send(Method::POST, path, FORM, form.clone()).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(answer.text().contains("That's too large."), "{path}: {}", answer.body);
    }
    let json = json!({ "new": { "body": "x".repeat(BYTES) } });
    let answer = ana.call("post/api/publish", &json).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json(), json!({ "Problem": "too_large" }));
}

#[tokio::test]
async fn a_body_whose_length_nobody_says_is_refused_when_it_grows_over_the_limit() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let endless = || {
        let pieces = std::iter::repeat_with(|| Ok::<_, std::io::Error>("x=".repeat(512)));
        Body::from_stream(futures::stream::iter(pieces.take(4 * BYTES / 1_024)))
    };
    let answer = ana.send(Method::POST, "/posts", FORM, endless()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer = ana.send(Method::POST, PUBLISH, "application/json", endless()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_body_of_another_kind_is_refused() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for kind in [
        "",
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "x-www-form-urlencoded",
        "\u{e9}",
    ] {
        // Where pictures come in, a form may have parts; this one is none.
        let with_parts = |path: &str| path == "/posts" && kind.starts_with("multipart/");
        for path in FORMS {
            let answer = ana.send(Method::POST, path, kind, "body=hello").await;
            let expected = match with_parts(path) {
                true => StatusCode::BAD_REQUEST,
                false => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            };
            assert_eq!(answer.status, expected, "{kind} to {path}");
        }
    }
    for kind in ["", "text/plain", FORM, "multipart/form-data; boundary=x"] {
        let answer = ana.send(Method::POST, PUBLISH, kind, r#"{"new":{"body":"hello"}}"#).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        assert_eq!(answer.json(), json!({ "Problem": "bad_request" }), "{kind}");
    }
    assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM post").await, 0);
    let spelled = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    assert_eq!(ana.send(Method::POST, "/posts", spelled, "body=hello").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_that_is_no_form_is_taken_for_an_empty_one() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for body in [&b"\xff\xfe\x00"[..], b"%", b"%zz=%", b"&&&==", b"body", b"=body"] {
        let answer = ana.send(Method::POST, "/posts", FORM, body.to_vec()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body:?}");
    }
}

#[tokio::test]
async fn what_another_site_makes_a_browser_send_is_refused() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let foreign = [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://localhost:3001"),
        ("origin", "http://localhost:3000.evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "nonsense"),
    ];
    for (name, value) in foreign {
        let browser = ana.saying(name, value);
        for path in FORMS {
            let answer = browser.post(path, &[("body", "hello")]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value} to {path}");
            assert!(answer.text().contains("Something went wrong with this request."), "{}", answer.body);
        }
        let answer = browser.call("post/api/publish", &json!({ "new": { "body": "hello" } })).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert_eq!(
            browser.get("/chat").await.status,
            StatusCode::OK,
            "a link from elsewhere may be followed"
        );
    }
    assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM post").await, 0);
}

#[tokio::test]
async fn an_origin_is_compared_with_the_public_url_whatever_the_host_says() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for host in ["evil.example", "localhost:3000", "kith.internal:3000"] {
        for site_said in [None, Some("same-origin"), Some("none")] {
            let named = ana.saying("host", host);
            let foreign = named.saying(
                "origin",
                &format!("http://{}", if host == "localhost:3000" { "evil.example" } else { host }),
            );
            let own = named.saying("origin", "http://localhost:3000");
            let with = |browser: &Browser| match site_said {
                Some(said) => browser.saying("sec-fetch-site", said),
                None => browser.clone(),
            };
            let refused = with(&foreign).post("/posts", &[("body", "hello")]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{host} {site_said:?}");
            let taken = with(&own).post("/posts", &[("body", "hello")]).await;
            assert_eq!(taken.status, StatusCode::SEE_OTHER, "{host} {site_said:?}: {}", taken.text());
        }
    }
}

#[tokio::test]
async fn what_our_own_pages_send_is_taken_whatever_a_proxy_does_to_the_host() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let own =
        [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", "http://localhost:3000")];
    for (name, value) in own {
        let browser = ana.saying(name, value);
        let answer = browser.post("/posts", &[("body", "hello")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {value}");
        let inside = browser.saying("x-forwarded-host", "inner.example");
        assert_eq!(inside.post("/posts", &[("body", "hello")]).await.status, StatusCode::SEE_OTHER, "{name}");
    }
}

#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_refused() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
        for path in ["/", "/login", "/posts", "/p/x/like", "/api/app/post/api/publish", "/live", "/nowhere"] {
            let answer = ana.send(method.clone(), path, "", "").await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(!answer.header("allow").is_empty(), "{method} {path}");
            assert!(!answer.body.contains("kith="), "{method} {path}: the request came back");
        }
    }
    assert_eq!(ana.send(Method::POST, "/nowhere", FORM, "").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(ana.get("/api/app/post/api/publish").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn asking_for_the_head_of_a_page_gets_its_head() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for path in ["/", "/login", "/chat", "/u/ana", "/nowhere", "/p/x", "/healthz"] {
        let (whole, head) = (ana.get(path).await, ana.send(Method::HEAD, path, "", "").await);
        assert_eq!((head.status, head.body.as_str()), (whole.status, ""), "{path}");
        for name in ["content-type", "location", "cache-control", "x-frame-options"] {
            assert_eq!(head.header(name), whole.header(name), "{path}");
        }
    }
}
