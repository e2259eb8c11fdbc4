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
    pictures::{gif, gif_of_frames, jpeg, png, png_that_says},
};
use futures::stream;
use protocol::media::PictureSize;
use serde_json::json;

use super::{FILE, Site, assert_nothing_stays, open_temporary, publish, send, sent};

const MEGABYTE: usize = 1024 * 1024;
const PIECE: usize = 64 * 1024;

/// So many megabytes in pieces, and how many of them were taken.
fn megabytes(count: usize) -> (Body, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let pieces = std::iter::repeat_n(Bytes::from(vec![b'x'; PIECE]), count * MEGABYTE / PIECE);
    let pieces = pieces.map(move |piece| {
        counted.fetch_add(piece.len(), Ordering::SeqCst);
        Ok::<_, io::Error>(piece)
    });
    (Body::from_stream(stream::iter(pieces)), taken)
}

#[tokio::test]
async fn what_cannot_be_taken_is_answered_to_the_script_in_its_words() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let jpeg = jpeg(200, 150);
    for (file, reason) in [
        (b"".to_vec(), json!("damaged")),
        (jpeg[..jpeg.len() / 2].to_vec(), json!("damaged")),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), json!("unknown_kind")),
        (b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), json!("unknown_kind")),
        (png_that_says(50_000, 50_000), json!({ "too_many_pixels": { "max": 50 } })),
        (gif(1_000, 1_000, 51), json!({ "too_many_pixels": { "max": 50 } })),
        (gif_of_frames(690_000), json!({ "too_many_frames": { "max": 2_000 } })),
    ] {
        let answer = send(&ana, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
        assert_eq!(answer.header("content-type"), "application/json");
        let fields = &answer.json()["Problem"]["invalid"]["fields"];
        assert_eq!(*fields, json!([{ "field": "pictures", "reason": reason }]), "{}", answer.body);
    }
    assert_nothing_stays(&site).await;
}

#[tokio::test]
async fn a_file_over_ten_megabytes_is_refused_and_read_no_further_than_browsers_need() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for (size, most) in [(11, 11), (1_000, 140)] {
        let (body, taken) = megabytes(size);
        let answer = send(&ana, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let reason = &answer.json()["Problem"]["invalid"]["fields"][0]["reason"];
        assert_eq!(*reason, json!({ "too_large": { "max": 10 } }));
        assert!(taken.load(Ordering::SeqCst) <= most * MEGABYTE);
    }
    assert_nothing_stays(&site).await;
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_refused_before_anything_is_read() {
    let site = Site::sqlite().await;
    let (body, taken) = megabytes(1);
    let answer = send(&site.visitor(), body).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.json(), json!({ "Problem": "sign_in_needed" }));
    assert_eq!(taken.load(Ordering::SeqCst), 0);
    assert_nothing_stays(&site).await;
}

#[tokio::test]
async fn a_disk_that_is_nearly_full_takes_no_pictures_but_takes_words() {
    both(|seed| async move {
        let site = Site::new(seed.configured(|parts| parts.free_space_floor = u64::MAX));
        let ana = site.member("ana").await;
        let answer = send(&ana, png(60, 40)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let reason = &answer.json()["Problem"]["invalid"]["fields"][0]["reason"];
        assert_eq!(*reason, json!("storage_full"));
        assert_nothing_stays(&site).await;
        ana.post("/posts", &[("body", "words need no room")]).await;
        assert!(ana.get("/").await.text().contains("words need no room"));
    })
    .await;
}

#[tokio::test]
async fn what_another_site_makes_a_browser_send_is_no_picture() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let answer = send(&ana.saying(name, value), png(60, 40)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}");
        assert_eq!(answer.json(), json!({ "Problem": "bad_request" }), "{name}");
    }
    assert_nothing_stays(&site).await;
}

#[tokio::test]
async fn a_picture_is_discarded_by_its_owner_before_a_post_shows_it() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let picture = sent(&ana, png(60, 40)).await;
    let path = format!("/media/{}/discard", picture.id);
    let discard = async |who: &super::Browser| who.send(Method::POST, &path, "", "").await;
    assert_eq!(discard(&ben).await.status, StatusCode::NOT_FOUND);
    assert_eq!(discard(&ben).await.json(), json!({ "Problem": "not_found" }));
    assert_eq!(discard(&site.visitor()).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(ben.send(Method::POST, "/media/x/discard", "", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(discard(&ana).await.status, StatusCode::NO_CONTENT);
    assert_eq!(discard(&ana).await.status, StatusCode::NOT_FOUND);
    assert_nothing_stays(&site).await;
    let shown = sent(&ana, png(60, 40)).await;
    publish(&site, &ana, std::slice::from_ref(&shown)).await;
    let path = format!("/media/{}/discard", shown.id);
    assert_eq!(ana.send(Method::POST, &path, "", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_the_store_there_is_a_sentence_and_nothing_half_written() {
    for code in [FaultyStore::ENOSPC, FaultyStore::EIO] {
        let site = Site::sqlite().await;
        let ana = site.member("ana").await;
        site.seed.faulty_store.fail_after(1, code);
        let answer = send(&ana, png(60, 40)).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.json(), json!({ "Problem": "unavailable" }));
        assert_eq!(answer.header("retry-after"), "5");
        site.seed.faulty_store.repair();
        assert_nothing_stays(&site).await;

        let picture = sent(&ana, png(60, 40)).await;
        site.seed.faulty_store.fail_after(0, code);
        let shown = ana.get(&picture.path(PictureSize::Small)).await;
        assert_eq!(shown.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(shown.header("cache-control"), "private, no-store", "that is not kept");
        assert_eq!(ana.get("/").await.status, StatusCode::OK, "everything else goes on");
    }
}

#[tokio::test]
async fn without_a_place_for_what_comes_in_there_is_a_sentence() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    std::fs::remove_dir_all(site.seed.folder().join("tmp")).expect("no folder");
    let answer = send(&ana, png(60, 40)).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.json(), json!({ "Problem": "unavailable" }));
    assert_nothing_stays(&site).await;
}

#[tokio::test]
async fn a_script_may_name_its_file_as_it_likes() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for kind in ["", FILE, "image/svg+xml", "text/html", "multipart/form-data; boundary=x"] {
        let answer = ana.send(Method::POST, "/media", kind, png(60, 40)).await;
        assert_eq!(answer.status, StatusCode::OK, "{kind}");
    }
    assert_eq!(open_temporary(&site), 0);
}
