use axum::http::StatusCode;
use domain::testing::{id, pictures::png};
use protocol::media::PictureSize;

use super::{Site, publish, sent};

#[tokio::test]
async fn a_picture_is_served_in_its_sizes_to_whoever_may_see_it() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let picture = sent(&ana, png(1_300, 700)).await;
    assert_eq!((picture.width, picture.height, picture.alt.as_str()), (1_300, 700, ""));
    for size in PictureSize::ALL {
        let path = picture.path(size);
        let (answer, file) = ana.fetch(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(&file[..4], b"RIFF", "{path}");
        assert_eq!(&file[8..12], b"WEBP", "{path}");
        assert_eq!(answer.header("content-length"), file.len().to_string());
        for (name, value) in [
            ("content-type", "image/webp"),
            ("cache-control", "private, no-cache"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}: {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"), "{policy}");
        assert_eq!(ben.get(&path).await.status, StatusCode::NOT_FOUND, "no post shows it");
        assert_eq!(site.visitor().get(&path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    publish(&site, &ana, std::slice::from_ref(&picture)).await;
    let path = picture.path(PictureSize::Small);
    assert_eq!(ben.fetch(&path).await.0.status, StatusCode::OK);
    site.seed.block(&ana.scope(&site).await, &ben.scope(&site).await).await;
    let refused = ben.get(&path).await;
    assert_eq!(
        (refused.status, refused.header("cache-control")),
        (StatusCode::NOT_FOUND, "private, no-store")
    );
}

#[tokio::test]
async fn a_picture_that_the_browser_has_is_not_sent_again() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let picture = sent(&ana, png(60, 40)).await;
    let path = picture.path(PictureSize::Medium);
    let (first, _) = ana.fetch(&path).await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "{etag}");
    for known in [etag.clone(), format!("\"other\", W/{etag}"), "*".to_owned()] {
        let (again, file) = ana.saying("if-none-match", &known).fetch(&path).await;
        assert_eq!((again.status, file.len()), (StatusCode::NOT_MODIFIED, 0), "{known}");
        assert_eq!(again.header("etag"), etag);
        assert_eq!(again.header("cache-control"), "private, no-cache");
        let foreign = ben.saying("if-none-match", &known).get(&path).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND, "knowing its tag shows nobody a picture");
    }
    let (other, _) = ana.saying("if-none-match", "\"other\"").fetch(&path).await;
    assert_eq!(other.status, StatusCode::OK);
    let (small, _) = ana.fetch(&picture.path(PictureSize::Small)).await;
    assert_ne!(small.header("etag"), etag);
}

#[tokio::test]
async fn a_picture_is_downloaded_when_asked_for_and_shown_otherwise() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let picture = sent(&ana, png(60, 40)).await;
    let path = picture.path(PictureSize::Large);
    let name = format!("filename=\"kith-{}.webp\"", picture.id);
    for (query, kind) in [
        ("", "inline"),
        ("?x=download", "inline"),
        ("?download", "attachment"),
        ("?a&download=", "attachment"),
    ] {
        let (answer, _) = ana.fetch(&format!("{path}{query}")).await;
        assert_eq!(answer.header("content-disposition"), format!("{kind}; {name}"), "{query}");
    }
}

#[tokio::test]
async fn what_is_no_picture_and_no_size_is_not_found() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let picture = sent(&ana, png(60, 40)).await.id;
    for path in [
        format!("/media/{picture}/huge"),
        format!("/media/{picture}/Large"),
        format!("/media/{picture}/large.webp"),
        format!("/media/{picture}/%ff"),
        "/media/x/large".to_owned(),
        "/media/%2e%2e%2f%2e%2e%2fkith.db/large".to_owned(),
        format!("/media/{}/large", id(&ana.scope(&site).await)),
        format!("/media/{picture}/discard"),
        format!("/media/{picture}"),
        "/media".to_owned(),
    ] {
        assert_eq!(ana.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
