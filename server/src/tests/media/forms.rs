use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use bytes::Bytes;
use domain::testing::{
    Shelf,
    pictures::{jpeg, png},
};
use futures::stream;

use super::{Answer, Browser, Site, assert_nothing_stays};

const KIND: &str = "multipart/form-data; boundary=----kith";
const MEGABYTE: usize = 1024 * 1024;

/// A form as a browser sends it: its text, then its files.
fn form(text: &[(&str, &str)], files: &[Vec<u8>]) -> Vec<u8> {
    let mut form = Vec::new();
    for (name, value) in text {
        form.extend_from_slice(b"------kith\r\nContent-Disposition: form-data; name=\"");
        form.extend_from_slice(format!("{name}\"\r\n\r\n{value}\r\n").as_bytes());
    }
    for file in files {
        let name = if file.is_empty() { "" } else { "holiday \u{1f3d6}.jpg" };
        let head = format!(
            "------kith\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        form.extend_from_slice(head.as_bytes());
        form.extend_from_slice(file);
        form.extend_from_slice(b"\r\n");
    }
    form.extend_from_slice(b"------kith--\r\n");
    form
}

async fn post(browser: &Browser, form: impl Into<Body>) -> Answer {
    browser.send(Method::POST, "/posts", KIND, form).await
}

async fn count(site: &Site, table: &str) -> i64 {
    site.seed.number(&format!("SELECT COUNT(*) AS count FROM {table}")).await
}

#[tokio::test]
async fn a_form_publishes_its_pictures_without_a_script() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let text = [("back", "/"), ("body", "with \u{e9} & <b>\r\nmore")];
    let answer = post(&ana, form(&text, &[png(60, 40), Vec::new(), jpeg(80, 60)])).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{}", answer.text());
    assert_eq!((count(&site, "post").await, count(&site, "picture WHERE post_id IS NOT NULL").await), (1, 2));
    let page = ana.get("/").await;
    assert!(page.text().contains("with \u{e9} & <b>\nmore"), "{}", page.text());
    let pictures: Vec<&str> = page.body.split("href=\"/media/").skip(1).collect();
    assert_eq!(pictures.len(), 2);
    for picture in pictures {
        let path = format!("/media/{}", picture.split('"').next().expect("an address"));
        assert_eq!(ana.fetch(&path).await.0.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_form_without_files_is_a_form_like_any_other() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let answer = post(&ana, form(&[("body", "hello")], &[Vec::new()])).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = post(&ana, form(&[("body", " ")], &[Vec::new()])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((count(&site, "post").await, count(&site, "picture").await), (1, 0));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_publishes_once_and_leaves_nothing_over() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let text = [("client_id", "018f0000-0000-7000-8000-000000000001"), ("body", "once")];
    let files = [png(60, 40), png(40, 60)];
    for _ in 0..2 {
        assert_eq!(post(&ana, form(&text, &files)).await.status, StatusCode::SEE_OTHER);
    }
    site.seed.run_jobs().await;
    assert_eq!((count(&site, "post").await, count(&site, "picture").await), (1, 2));
    assert_eq!(site.seed.files().len(), 6);
}

#[tokio::test]
async fn other_words_or_pictures_in_a_form_that_was_sent_are_another_post() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let id = ("client_id", "018f0000-0000-7000-8000-000000000001");
    for (body, files) in [
        ("one", vec![]),
        ("two", vec![]),
        ("two", vec![png(60, 40)]),
        ("", vec![png(60, 40)]),
        ("", vec![png(40, 70)]),
    ] {
        assert_eq!(post(&ana, form(&[id, ("body", body)], &files)).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!((count(&site, "post").await, count(&site, "picture").await), (5, 3));
}

/// The page comes again with this sentence and the text, and of the pictures nothing stays.
async fn assert_comes_again(site: &Site, answer: &Answer, status: StatusCode, sentence: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.text().contains(sentence), "{sentence}: {}", answer.text());
    assert_eq!(answer.field("body"), "written with care");
    assert_nothing_stays(site).await;
}

#[tokio::test]
async fn files_that_cannot_be_taken_leave_the_text_and_nothing_else() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
    let cut = jpeg(200, 150)[..2_000].to_vec();
    for (files, sentence) in [
        (vec![png(60, 40); 11], "A post has at most 10 pictures."),
        (vec![png(60, 40), svg], "Pictures are JPEG, PNG, GIF or WebP."),
        (vec![png(60, 40), cut], "This picture is damaged, or not whole."),
        (vec![png(60, 40), vec![b'x'; 11 * MEGABYTE], png(60, 40)], "A picture has at most 10 MB."),
    ] {
        // The text may stand before the files, or behind them.
        let before = form(&[("body", "written with care")], &files);
        let files_only = form(&[], &files);
        let end = files_only.len() - b"------kith--\r\n".len();
        let behind = [&files_only[..end], &form(&[("body", "written with care")], &[])].concat();
        for form in [before, behind] {
            let answer = post(&ana, form).await;
            assert_comes_again(&site, &answer, StatusCode::UNPROCESSABLE_ENTITY, sentence).await;
        }
    }
}

#[tokio::test]
async fn files_over_forty_megabytes_together_are_refused() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let files = vec![vec![b'x'; 9 * MEGABYTE]; 5];
    let answer = post(&ana, form(&[("body", "written with care")], &files)).await;
    let sentence = "That is larger than we can take.";
    assert_comes_again(&site, &answer, StatusCode::PAYLOAD_TOO_LARGE, sentence).await;
}

#[tokio::test]
async fn a_store_that_fails_leaves_the_text_and_nothing_else() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    // The first picture is there, the second is not.
    site.seed.shelf.fail_after(4, Shelf::FULL);
    let answer = post(&ana, form(&[("body", "written with care")], &[png(60, 40), png(60, 40)])).await;
    site.seed.shelf.mend();
    let sentence = "Kith can't do this right now. Try again in a moment.";
    assert_comes_again(&site, &answer, StatusCode::SERVICE_UNAVAILABLE, sentence).await;
}

#[tokio::test]
async fn whoever_is_not_signed_in_gets_the_text_back() {
    let site = Site::sqlite().await;
    let answer = post(&site.visitor(), form(&[("body", "written with care")], &[png(60, 40)])).await;
    let sentence = "Log in again to go on.";
    assert_comes_again(&site, &answer, StatusCode::UNAUTHORIZED, sentence).await;
}

#[tokio::test]
async fn a_million_parts_are_refused_early() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let part = Bytes::from_static(b"------kith\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n");
    let parts = std::iter::repeat_n(part, 1_000_000).map(move |part| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok::<_, io::Error>(part)
    });
    let answer = post(&ana, Body::from_stream(stream::iter(parts))).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(taken.load(Ordering::SeqCst) < 100);
    assert_nothing_stays(&site).await;
}

#[tokio::test]
async fn a_form_that_is_none_is_refused() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let whole = form(&[("body", "hello")], &[png(60, 40)]);
    for body in [&b""[..], b"body=hello", b"------kith", b"------other\r\n\r\n", &whole[..whole.len() / 2]] {
        assert_eq!(post(&ana, body.to_vec()).await.status, StatusCode::BAD_REQUEST, "{body:?}");
    }
    let endless = format!("------kith\r\nContent-Disposition: {}", "x".repeat(MEGABYTE));
    assert_eq!(post(&ana, endless).await.status, StatusCode::BAD_REQUEST);
    let long = form(&[("body", &"x".repeat(MEGABYTE))], &[]);
    assert_eq!(post(&ana, long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for kind in
        ["multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=----kith"]
    {
        let answer = ana.send(Method::POST, "/posts", kind, whole.clone()).await;
        assert!(answer.status.is_client_error(), "{kind}: {}", answer.status);
    }
    assert_nothing_stays(&site).await;
}
