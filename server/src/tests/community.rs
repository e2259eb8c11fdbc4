//! What a community says of itself.

use axum::http::StatusCode;
use domain::{
    limit::Rates,
    testing::{Seed, TestDb, pictures::png},
};
use protocol::community::Community;

use super::Site;
use crate::config::Config;

async fn choir(picture: Option<&std::path::Path>) -> Site {
    let seed = Seed::new(TestDb::sqlite(Rates::default().times(1_000)).await).configured(|parts| {
        parts.community = Community {
            name: "The <Choir>".to_owned(),
            about: "We sing on Tuesdays.".to_owned(),
            has_picture: picture.is_some(),
        };
    });
    Site::configured(seed, Config { picture: picture.map(Into::into), ..Config::default() })
}

#[tokio::test]
async fn a_community_is_named_on_its_pages_in_its_manifest_and_in_its_mails() {
    let site = choir(None).await;
    let visitor = site.visitor();
    let welcome = visitor.get("/").await;
    assert!(welcome.body.contains("<title>The &lt;Choir></title>"), "{}", welcome.body);
    assert!(welcome.text().contains("The <Choir>") && welcome.text().contains("We sing on Tuesdays."));
    assert!(!welcome.body.contains("/community-picture"));
    assert!(visitor.get("/login").await.body.contains("<title>Log in · The &lt;Choir></title>"));
    let manifest = visitor.get("/manifest.webmanifest").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    let manifest = manifest.json();
    assert_eq!(
        (&manifest["name"], &manifest["description"]),
        (&"The <Choir>".into(), &"We sing on Tuesdays.".into())
    );
    assert_eq!(visitor.get("/community-picture").await.status, StatusCode::NOT_FOUND);

    let form = Seed::form("ana");
    let fields = [
        ("first_name", form.first_name.as_str()),
        ("last_name", &form.last_name),
        ("username", &form.username),
        ("email", &form.email),
        ("password", &form.password),
    ];
    assert_eq!(visitor.post("/signup", &fields).await.status, StatusCode::SEE_OTHER);
    site.seed.run_jobs().await;
    let mail = site.seed.mailbox.take("ana@example.org").remove(0);
    assert!(
        mail.text.contains("signed up for The <Choir>") && mail.text.ends_with("-- \nThe <Choir>\n"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("The &lt;Choir&gt;") && !mail.html.contains("<Choir>"), "{}", mail.html);
}

#[tokio::test]
async fn the_picture_of_a_community_is_shown_to_everybody() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("choir.png");
    std::fs::write(&path, png(40, 40)).expect("a picture");
    let site = choir(Some(&path)).await;
    let visitor = site.visitor();
    assert!(visitor.get("/").await.body.contains("src=\"/community-picture\""));
    assert!(visitor.get("/manifest.webmanifest").await.body.contains("/community-picture"));
    let (answer, file) = visitor.fetch("/community-picture").await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/png"));
    assert_eq!(file, png(40, 40));
    // What has become something else since the start is not sent.
    std::fs::write(&path, "<script>").expect("a text");
    assert_eq!(visitor.fetch("/community-picture").await.0.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_community_without_a_name_is_called_kith() {
    let site = Site::sqlite().await;
    let welcome = site.visitor().get("/").await;
    assert!(welcome.body.contains("<title>Kith</title>"));
    assert!(welcome.text().contains("A place for your own people"));
}
