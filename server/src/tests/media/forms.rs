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
    FaultyStore, both,
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

const MISSING: &str = "Missing pictures weren’t saved. Add them again.";

/// The page comes again with this sentence and the text, and says that pictures are missing.
#[track_caller]
fn assert_comes_again(answer: &Answer, status: StatusCode, sentence: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.text().contains(&format!("{sentence} {MISSING}")), "{sentence}: {}", answer.text());
    assert_eq!(answer.field("body"), "written with care");
}

#[tokio::test]
async fn files_that_cannot_be_taken_leave_the_text_and_the_pictures_before_them() {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
    let cut = jpeg(200, 150)[..2_000].to_vec();
    for (files, kept, sentence) in [
        (vec![png(60, 40); 11], 0, "A post can have up to 10 pictures."),
        (vec![png(60, 40), svg], 1, "Pictures must be JPEG, PNG, GIF or WebP."),
        (vec![png(60, 40), cut], 1, "This picture is damaged or incomplete."),
        (vec![png(60, 40), vec![b'x'; 11 * MEGABYTE], png(60, 40)], 0, "A picture can be up to 10 MB."),
    ] {
        // The text may stand before the files, or behind them.
        let before = form(&[("body", "written with care")], &files);
        let files_only = form(&[], &files);
        let end = files_only.len() - b"------kith--\r\n".len();
        let behind = [&files_only[..end], &form(&[("body", "written with care")], &[])].concat();
        for form in [before, behind] {
            let site = Site::sqlite().await;
            let answer = post(&site.member("ana").await, form).await;
            assert_comes_again(&answer, StatusCode::UNPROCESSABLE_ENTITY, sentence);
            assert_eq!(answer.fields("picture").len(), kept);
            assert_eq!(count(&site, "picture").await, kept as i64);
            if kept == 0 {
                assert_nothing_stays(&site).await;
            }
        }
    }
}

#[tokio::test]
async fn files_over_forty_megabytes_together_are_refused() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let files = vec![vec![b'x'; 9 * MEGABYTE]; 5];
    let answer = post(&ana, form(&[("body", "written with care")], &files)).await;
    let sentence = "That's too large.";
    assert_comes_again(&answer, StatusCode::PAYLOAD_TOO_LARGE, sentence);
    assert_nothing_stays(&site).await;
}

#[tokio::test]
async fn a_store_that_fails_leaves_the_text_and_the_pictures_that_it_took() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    // The first picture is there, the second is not.
    site.seed.faulty_store.fail_after(4, FaultyStore::ENOSPC);
    let answer = post(&ana, form(&[("body", "written with care")], &[png(60, 40), png(60, 40)])).await;
    site.seed.faulty_store.repair();
    let sentence = "Kith can't do this right now. Try again in a moment.";
    assert_comes_again(&answer, StatusCode::SERVICE_UNAVAILABLE, sentence);
    let uploaded = answer.field("uploaded");
    assert_eq!(count(&site, "picture").await, 1);
    // The button that sends it again.
    let again = ana.post("/posts", &[("body", "written with care"), ("uploaded", &uploaded)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    assert!(ana.get("/").await.body.contains(&format!("href=\"/media/{uploaded}/")));
}

#[tokio::test]
async fn whoever_is_not_signed_in_gets_the_text_back() {
    let site = Site::sqlite().await;
    let answer = post(&site.visitor(), form(&[("body", "written with care")], &[png(60, 40)])).await;
    let sentence = "Log in again to continue.";
    assert_comes_again(&answer, StatusCode::UNAUTHORIZED, sentence);
    assert_nothing_stays(&site).await;
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

/// What a browser sends of a form that came back, with another text and without choosing files again.
fn returned_form<'f>(pictures: &'f [String], body: &'f str) -> Vec<(String, &'f str)> {
    let pictures = pictures.iter().map(|picture| ("picture".to_owned(), picture.as_str()));
    pictures.chain([("body".to_owned(), body)]).collect()
}

async fn send_form(browser: &Browser, path: &str, fields: &[(String, &str)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    browser.send(Method::POST, path, KIND, form(&fields, &[Vec::new()])).await
}

#[tokio::test]
async fn a_text_that_is_too_long_comes_back_with_its_pictures_and_is_published_with_them() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let text = "x".repeat(5_001);
        let refused = post(&ana, form(&[("body", &text)], &[png(60, 40), jpeg(80, 60)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!refused.text().contains(MISSING), "{}", refused.text());
        let pictures = refused.fields("picture");
        assert_eq!((pictures.len(), refused.field("body")), (2, text.clone()));
        assert_eq!(refused.fields("remove"), pictures, "each has a box that takes it out");
        for picture in &pictures {
            let thumbnail = format!("/media/{picture}/small");
            assert!(refused.body.contains(&thumbnail), "{}", refused.body);
            assert_eq!(ana.fetch(&thumbnail).await.0.status, StatusCode::OK);
        }

        // Still too long: what was described by now comes back as well.
        let mut again = returned_form(&pictures, &text);
        let (described, words) = (format!("alt-{}", pictures[1]), "a <lake>");
        again.push((described.clone(), words));
        let refused = send_form(&ana, "/posts", &again).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            (refused.fields("picture"), refused.field(&described)),
            (pictures.clone(), words.to_owned())
        );

        let mut short = returned_form(&pictures, "short now");
        short.push((described, words));
        let answer = send_form(&ana, "/posts", &short).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = ana.get("/").await;
        let shown = pictures.iter().all(|picture| page.body.contains(&format!("href=\"/media/{picture}/")));
        assert!(
            shown && page.text().contains("short now") && page.body.contains("a &lt;lake"),
            "{}",
            page.body
        );
        assert_eq!((count(&site, "post").await, count(&site, "picture").await), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_picture_that_is_taken_out_of_a_form_that_came_back_is_gone() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let refused = post(&ana, form(&[("body", &"x".repeat(5_001))], &[png(60, 40), jpeg(80, 60)])).await;
    let pictures = refused.fields("picture");
    let mut fields = returned_form(&pictures, "one is enough");
    fields.push(("remove".to_owned(), &pictures[0]));
    assert_eq!(send_form(&ana, "/posts", &fields).await.status, StatusCode::SEE_OTHER);
    site.seed.run_jobs().await;
    assert_eq!((count(&site, "picture").await, site.seed.files().len()), (1, 3));
    assert!(ana.get("/").await.body.contains(&format!("href=\"/media/{}/", pictures[1])));
}

#[tokio::test]
async fn an_edit_that_is_refused_comes_back_with_its_old_and_new_pictures() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        post(&ana, form(&[("body", "as it was")], &[png(60, 40), jpeg(80, 60)])).await;
        let page = ana.get("/").await.body;
        let path = page.split("href=\"/p/").nth(1).and_then(|rest| rest.split('"').next()).expect("a post");
        let edit = format!("/p/{path}/edit");
        let old = ana.get(&edit).await.fields("picture");
        let text = "x".repeat(5_001);
        let fields = [
            ("version", "0"),
            ("body", &text),
            ("picture", &old[0]),
            ("picture", &old[1]),
            ("remove", &old[0]),
        ];
        let refused = ana.send(Method::POST, &edit, KIND, form(&fields, &[png(30, 30)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        let kept = refused.fields("picture");
        assert_eq!((kept.len(), &kept[0]), (2, &old[1]), "without the one that is to go, with the new one");
        assert_eq!(count(&site, "picture WHERE post_id IS NOT NULL").await, 2, "nothing is saved yet");

        let mut fields = returned_form(&kept, "as it is");
        fields.push(("version".to_owned(), "0"));
        let saved = send_form(&ana, &edit, &fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        assert_eq!(ana.get(&edit).await.fields("picture"), kept);
        site.seed.run_jobs().await;
        assert_eq!(count(&site, "picture").await, 2);
    })
    .await;
}

#[tokio::test]
async fn pictures_of_others_do_not_come_back_with_a_form() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ben = site.member("ben").await;
        post(&ben, form(&[("body", "mine")], &[png(60, 40)])).await;
        let page = ben.get("/").await.body;
        let picture =
            page.split("href=\"/media/").nth(1).and_then(|rest| rest.split('/').next()).expect("one");
        let ana = site.member("ana").await;
        let text = "x".repeat(5_001);
        let fields = [("body".to_owned(), text.as_str()), ("picture".to_owned(), picture)];
        let refused = send_form(&ana, "/posts", &fields).await;
        assert_eq!((refused.status, refused.fields("picture")), (StatusCode::UNPROCESSABLE_ENTITY, vec![]));
        let fields = [("body".to_owned(), "short"), ("picture".to_owned(), picture)];
        assert_eq!(send_form(&ana, "/posts", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_stored_is_answered_again_whatever_the_limits_say() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let text = [("client_id", "018f0000-0000-7000-8000-000000000001"), ("body", "once")];
        let sent = || form(&text, &[png(60, 40)]);
        assert_eq!(post(&ana, sent()).await.status, StatusCode::SEE_OTHER);
        site.seed.spend_all(&ana.scope(&site).await);
        assert_eq!(post(&ana, sent()).await.status, StatusCode::SEE_OTHER);
        let fresh = post(&ana, form(&[text[0], ("body", "twice")], &[png(60, 40)])).await;
        assert_eq!(fresh.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!((count(&site, "post").await, count(&site, "picture").await), (1, 1));
    })
    .await;
}
