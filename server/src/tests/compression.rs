use axum::http::{HeaderMap, Method};
use domain::testing::pictures;
use image::{DynamicImage, ImageFormat};
use protocol::{live::ServerMessage, media::PictureSize};
use serde_json::json;

use super::{
    Browser, Site, media,
    test_socket::{Received, TestSocket},
};

/// What Safari takes.
const ALL: &str = "gzip, deflate, br";

fn taking(browser: &Browser, encodings: &str) -> Browser {
    browser.saying("accept-encoding", encodings)
}

fn encoding(headers: &HeaderMap) -> &str {
    headers.get("content-encoding").map_or("", |encoding| encoding.to_str().expect("a text"))
}

fn unpacked(packed: &[u8]) -> String {
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut &*packed, &mut text).expect("brotli");
    String::from_utf8(text).expect("a text")
}

#[tokio::test]
async fn a_page_comes_in_brotli_for_whom_takes_it() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let (answer, packed) = taking(&ana, ALL).fetch("/").await;
    let page = unpacked(&packed);
    assert_eq!(encoding(&answer.headers), "br");
    assert_eq!(answer.header("vary"), "accept-encoding");
    assert!(page.contains("</html>") && packed.len() * 3 < page.len(), "{} of {}", packed.len(), page.len());
}

#[tokio::test]
async fn who_takes_zstandard_gets_that() {
    let site = Site::sqlite().await;
    let (answer, packed) = taking(&site.member("ana").await, "gzip, deflate, br, zstd").fetch("/").await;
    assert_eq!(encoding(&answer.headers), "zstd");
    // How each frame begins (RFC 8878, section 3.1.1).
    assert!(packed.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
}

#[tokio::test]
async fn a_page_that_a_form_brings_back_is_compressed_too() {
    let site = Site::sqlite().await;
    let body = "login=ana&password=wrong";
    let kind = "application/x-www-form-urlencoded";
    let visitor = taking(&site.visitor(), ALL);
    let (answer, packed) = visitor.ask(Method::POST, "/login", kind, None, body.into()).await;
    assert_eq!(encoding(&answer.headers), "br");
    assert!(unpacked(&packed).contains("</html>"));
}

#[tokio::test]
async fn who_takes_neither_gets_it_as_it_is() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for encodings in ["", "gzip, deflate", "br;q=0, zstd;q=0, gzip", "identity"] {
        let answer = taking(&ana, encodings).get("/").await;
        assert_eq!(encoding(&answer.headers), "", "{encodings}");
        assert!(answer.body.contains("</html>"), "{encodings}");
    }
}

#[tokio::test]
async fn what_another_site_has_a_browser_ask_for_is_not_compressed() {
    let site = Site::sqlite().await;
    let ana = taking(&site.member("ana").await, ALL);
    let guess = "/?guess=plum-tiger";
    for (origin, expected) in [("none", "br"), ("same-origin", "br"), ("same-site", ""), ("cross-site", "")] {
        let (answer, _) = ana.saying("sec-fetch-site", origin).fetch(guess).await;
        assert_eq!(encoding(&answer.headers), expected, "{origin}");
    }
    // Why: a guess in the address comes to stand beside what only the reader may see.
    site.seed.post(&ana.scope(&site).await, "hello").await;
    assert!(ana.saying("sec-fetch-site", "cross-site").get(guess).await.body.contains("guess=plum-tiger"));
}

#[tokio::test]
async fn what_is_small_is_left_alone() {
    let site = Site::sqlite().await;
    let ana = taking(&site.member("ana").await, ALL);
    for answer in [ana.get("/healthz").await, ana.call("chat/api/conversations", &json!({})).await] {
        assert_eq!(encoding(&answer.headers), "", "{}", answer.body);
    }
}

#[tokio::test]
async fn a_long_answer_of_a_server_function_is_compressed() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let scope = ana.scope(&site).await;
    for number in 0..20 {
        site.seed.post(&scope, &format!("post {number}")).await;
    }
    let query = json!({ "query": { "kind": "everyone" } }).to_string();
    let (ana, account) = (taking(&ana, ALL), ana.account.clone());
    let (answer, packed) = ana
        .ask(Method::POST, "/api/app/feed/api/load", "application/json", Some(&account), query.into())
        .await;
    assert_eq!((answer.status.as_u16(), encoding(&answer.headers)), (200, "br"));
    assert!(unpacked(&packed).contains("post 19"));
}

#[tokio::test]
async fn a_picture_is_left_alone() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let file = pictures::encoded(&DynamicImage::new_rgb8(400, 300), ImageFormat::Png);
    let picture = media::sent(&ana, file).await;
    let (answer, _) = taking(&ana, ALL).fetch(&picture.path(PictureSize::Large)).await;
    assert_eq!((answer.status.as_u16(), encoding(&answer.headers)), (200, ""));
}

#[tokio::test]
async fn a_socket_opens_as_ever() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let headers = [("origin", "http://localhost:3000"), ("accept-encoding", ALL)];
    let mut socket = TestSocket::try_open(site.listen().await, &ana, &headers).await.expect("an open socket");
    let welcome = socket.receive().await;
    assert!(matches!(welcome, Received::Message(ServerMessage::Welcome { .. })), "{welcome:?}");
}
