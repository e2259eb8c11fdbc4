//! The settings of a profile as plain forms, and what others see of it.

use axum::http::{Method, StatusCode};
use domain::testing::{both, id, pictures::png};
use serde_json::{Value, json};

use super::{Answer, Browser, Site};

const PAGE: &str = "/settings/profile";

/// The form, filled in well.
fn filled_in() -> Vec<(&'static str, &'static str)> {
    vec![
        ("version", "0"),
        ("first_name", "Ana"),
        ("last_name", "Brandt"),
        ("bio", "I sing <b>loudly</b>."),
        ("about", "And I garden."),
        ("address", "Lindenweg 3"),
        ("country", "DE"),
        ("link_0", "github.com/ana"),
        ("link_1", ""),
        ("bio_visibility", "everyone"),
        ("about_visibility", "everyone"),
        ("address_visibility", "only_me"),
        ("country_visibility", "everyone"),
        ("links_visibility", "followers"),
    ]
}

fn with(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let changed = |field: &str| changes.iter().any(|(other, _)| *other == field);
    filled_in().into_iter().filter(|(field, _)| !changed(field)).chain(changes.iter().copied()).collect()
}

#[track_caller]
fn assert_saved(answer: &Answer) {
    let expected = (StatusCode::SEE_OTHER, "/settings/profile?saved");
    assert_eq!((answer.status, answer.header("location")), expected, "{}", answer.text());
}

#[tokio::test]
async fn a_form_saves_a_profile_and_others_see_what_they_may() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.member("ana").await, site.member("ben").await);
        assert_saved(&ana.post(PAGE, &filled_in()).await);
        let saved = ana.get("/settings/profile?saved").await;
        assert!(saved.text().contains("Your changes are saved."), "{}", saved.text());
        assert_eq!(
            (saved.field("bio"), saved.field("version")),
            ("I sing <b>loudly</b>.".into(), "1".into())
        );
        assert_eq!(saved.field("link_0"), "https://github.com/ana");
        let own = ana.get("/u/ana").await.text();
        assert!(own.contains("Lindenweg 3, Germany") && own.contains("Edit profile"), "{own}");

        let seen = ben.get("/u/ana").await;
        assert!(seen.text().contains("Ana Brandt") && seen.text().contains("I sing <b>loudly</b>."));
        assert!(seen.text().contains("Germany") && !seen.body.contains("Edit profile"));
        for hidden in ["Lindenweg", "github.com/ana"] {
            assert!(!seen.body.contains(hidden), "{hidden}");
        }
        let called = ben.call("profile/api/view", &json!({ "username": "ana" })).await.body;
        assert!(
            called.contains("I sing") && !called.contains("Lindenweg") && !called.contains("github"),
            "{called}"
        );
        let about = ben.get("/u/ana?tab=about").await.text();
        assert!(about.contains("And I garden."), "{about}");

        site.seed.follow(&ben.scope(&site).await, &ana.scope(&site).await).await;
        let seen = ben.get("/u/ana").await;
        assert!(seen.body.contains("href=\"https://github.com/ana\"") && !seen.body.contains("Lindenweg"));
        assert!(seen.body.contains("rel=\"me noopener nofollow ugc\""));
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_comes_again_at_its_field_with_everything_typed() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let long = "x".repeat(10_000);
    let long: &'static str = long.leak();
    let answer = ana
        .post(
            PAGE,
            &with(&[
                ("bio", long),
                ("country", "Atlantis"),
                ("link_0", "javascript:alert(1)"),
                ("link_1", "http://example.org"),
                ("first_name", "An\u{7}a"),
            ]),
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.error_at("bio"), "Use at most 300 characters.");
    assert_eq!(answer.error_at("country"), "Choose a country from the list.");
    for link in ["link_0", "link_1"] {
        assert_eq!(answer.error_at(link), "Enter the address of a page, starting with https.", "{link}");
    }
    assert_eq!(answer.error_at("first_name"), "This has invisible characters. Type it again.");
    assert_eq!((answer.field("bio").len(), answer.field("about")), (10_000, "And I garden.".into()));
    assert!(!answer.body.contains("href=\"javascript"));
    let nothing = ana.get("/u/ana").await.text();
    assert!(nothing.contains("Ana Tester") && !nothing.contains("And I garden."));
}

#[tokio::test]
async fn fields_that_the_form_does_not_have_are_refused() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for extra in ["is_admin", "follower_count", "id", "verified_at", "picture_id", "link_8"] {
        let answer = ana.post(PAGE, &with(&[(extra, "1")])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{extra}");
    }
    let mut edit = json!({
        "version": 0, "first_name": "A", "last_name": "B", "bio": "", "about": "", "address": "", "country": "",
        "links": [],
        "visibility": { "bio": "everyone", "about": "everyone", "address": "everyone", "country": "everyone", "links": "everyone" },
    });
    let call = async |edit: &Value| ana.call("profile/api/edit", &json!({ "edit": edit })).await.status;
    for extra in ["is_admin", "follower_count", "id", "account_id"] {
        let mut edit = edit.clone();
        edit[extra] = json!(1);
        assert_eq!(call(&edit).await, StatusCode::BAD_REQUEST, "{extra}");
    }
    edit["visibility"]["bio"] = json!("nobody");
    assert_eq!(call(&edit).await, StatusCode::BAD_REQUEST);
    for missing in [&[("version", "")][..], &[("bio_visibility", "nobody")], &[("version", "-1")]] {
        assert_eq!(ana.post(PAGE, &with(missing)).await.status, StatusCode::BAD_REQUEST, "{missing:?}");
    }
    assert!(ana.get("/u/ana").await.text().contains("Ana Tester"));
}

#[tokio::test]
async fn a_form_that_is_older_than_another_one_is_saved_only_knowingly() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    assert_saved(&ana.post(PAGE, &filled_in()).await);
    let answer = ana.post(PAGE, &with(&[("bio", "from another window")])).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
    assert!(answer.text().contains("changed in another window"), "{}", answer.text());
    assert_eq!((answer.field("bio"), answer.field("version")), ("from another window".into(), "1".into()));
    assert_saved(&ana.post(PAGE, &with(&[("bio", "from another window"), ("version", "1")])).await);
}

#[tokio::test]
async fn without_names_the_username_is_shown_everywhere() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let scope = ana.scope(&site).await;
    site.seed.post(&scope, "hello").await;
    site.seed.say(&scope, &ben.scope(&site).await, "hello").await;
    assert_saved(&ana.post(PAGE, &with(&[("first_name", ""), ("last_name", "")])).await);
    let profile = ben.get("/u/ana").await;
    assert!(profile.body.contains("<title>(1) ana · Kith</title>"), "{}", profile.text());
    for page in ["/", "/u/ana", "/chat", "/chat/ana"] {
        let text = ben.get(page).await.text();
        assert!(text.contains("ana") && !text.contains("Ana Tester"), "{page}: {text}");
    }
    ben.post("/block", &[("whom", &id(&scope).to_string()), ("back", "/u/ana")]).await;
    assert!(ben.get("/u/ana").await.text().contains("You blocked ana"));
}

/// A form with a file in it, as a browser sends it.
async fn send_picture(browser: &Browser, file: &[u8]) -> Answer {
    let mut form = format!(
        "------kith\r\nContent-Disposition: form-data; name=\"account\"\r\n\r\n{}\r\n\
         ------kith\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"me.png\"\r\n\r\n",
        browser.account
    )
    .into_bytes();
    form.extend_from_slice(file);
    form.extend_from_slice(b"\r\n------kith--\r\n");
    let kind = "multipart/form-data; boundary=----kith";
    browser.send(Method::POST, "/settings/profile/picture", kind, form).await
}

fn pictures_on(page: &Answer) -> Vec<String> {
    let found = page.body.split("src=\"/media/profile/").skip(1);
    found.map(|rest| format!("/media/profile/{}", rest.split('"').next().unwrap_or_default())).collect()
}

#[tokio::test]
async fn a_picture_is_set_and_removed_without_a_script() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.member("ana").await, site.member("ben").await);
        site.seed.post(&ana.scope(&site).await, "hello").await;
        // The card of the post is in the cache with initials.
        assert_eq!(pictures_on(&ben.get("/").await), Vec::<String>::new());
        assert_saved(&send_picture(&ana, &png(300, 200)).await);
        for page in ["/", "/u/ana"] {
            let shown = pictures_on(&ben.get(page).await);
            assert!(!shown.is_empty(), "{page}");
            for picture in shown {
                let (answer, file) = ben.fetch(&picture).await;
                assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/webp"));
                assert_eq!(answer.header("cache-control"), "private, no-cache");
                assert!(!file.is_empty());
                let again = ben.saying("if-none-match", answer.header("etag")).fetch(&picture).await.0;
                assert_eq!(again.status, StatusCode::NOT_MODIFIED);
                assert_ne!(site.visitor().fetch(&picture).await.0.status, StatusCode::OK);
            }
        }
        assert_saved(&ana.post("/settings/profile/picture/remove", &[]).await);
        assert_eq!(pictures_on(&ben.get("/").await), Vec::<String>::new());
        site.seed.clock.advance_seconds(3_600);
        site.seed.run_jobs().await;
        assert_eq!(site.seed.files(), Vec::<std::path::PathBuf>::new());
    })
    .await;
}

#[tokio::test]
async fn what_is_no_picture_is_refused_with_a_sentence() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for (file, sentence) in [
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "Pictures must be JPEG, PNG, GIF or WebP."),
        (png(60, 40)[..60].to_vec(), "This picture is damaged or incomplete."),
    ] {
        let answer = send_picture(&ana, &file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(sentence), "{}", answer.text());
    }
    let answer = ana.post("/settings/profile/picture", &[]).await;
    assert!(answer.text().contains("Choose a picture first."), "{}", answer.text());
}

#[tokio::test]
async fn a_picture_of_somebody_else_does_not_become_ones_own() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let forged = site.seed.sent_picture(&ben.scope(&site).await).await.id.to_string();
    let answer = ana.post("/settings/profile/picture", &[("uploaded", &forged)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = ana.call("profile/api/set_picture", &json!({ "picture": forged, "crop": null })).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
    let crop = json!({ "left": 0, "top": 0, "side": 4_000_000_000_u32 });
    let own = site.seed.sent_picture(&ana.scope(&site).await).await.id;
    let answer = ana.call("profile/api/set_picture", &json!({ "picture": own, "crop": crop })).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
    assert_eq!(pictures_on(&ana.get("/u/ana").await), Vec::<String>::new());
    assert_eq!(ben.fetch(&format!("/media/{forged}/small")).await.0.status, StatusCode::OK);
}

#[tokio::test]
async fn the_address_of_the_name_before_leads_on() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.member("ana").await, site.member("ben").await);
        let cid = site.member("cid").await;
        let post = site.seed.post(&ben.scope(&site).await, "ask @ana").await.id;
        assert_saved(&ana.post("/settings/profile/username", &[("username", "Anamaria")]).await);
        for (from, to) in [("/u/ana", "/u/anamaria"), ("/chat/ana", "/chat/anamaria")] {
            let answer = ben.get(from).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, to));
            assert_eq!(ben.get(to).await.status, StatusCode::OK);
        }
        let page = ben.get(&format!("/p/{post}")).await;
        assert!(page.body.contains("href=\"/u/ana\""), "{}", page.text());
        site.seed.block(&ana.scope(&site).await, &cid.scope(&site).await).await;
        for hidden in ["/u/ana", "/u/anamaria", "/chat/ana"] {
            assert_eq!(cid.get(hidden).await.status, StatusCode::NOT_FOUND, "{hidden}");
        }
        let taken = cid.post("/settings/profile/username", &[("username", "an_a")]).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(taken.error_at("username"), "This username is taken, or looks too much like one that is.");
        assert_eq!(taken.field("username"), "an_a");
    })
    .await;
}

#[tokio::test]
async fn the_tabs_of_a_profile_have_addresses() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.member("ana").await, site.member("ben").await);
    let scope = ana.scope(&site).await;
    let mut posts = Vec::new();
    for _ in 0..21 {
        let picture = site.seed.sent_picture(&scope).await;
        posts.push(site.seed.post_pictures(&scope, &[picture]).await.id);
    }
    let pictures = ben.get("/u/ana?tab=pictures").await;
    assert_eq!(pictures.body.matches("/small\"").count(), 20, "{}", pictures.text());
    assert!(pictures.body.contains(&format!("href=\"/p/{}\"", posts[20])));
    let older = pictures.body.split("href=\"/u/ana?tab=pictures&amp;before=").nth(1).expect("older pictures");
    let older = older.split('"').next().expect("an address");
    let rest = ben.get(&format!("/u/ana?tab=pictures&before={older}")).await;
    assert!(rest.body.contains(&format!("href=\"/p/{}\"", posts[0])), "{}", rest.text());
    for path in ["/u/ana?tab=about", "/u/ana?tab=nothing", "/u/ana?tab=pictures&before=x", "/u/ana?before=x"]
    {
        assert_eq!(ben.get(path).await.status, StatusCode::OK, "{path}");
    }
    for list in ["followers", "following"] {
        assert!(pictures.body.contains(&format!("href=\"/u/ana/{list}\"")), "{list}");
    }
}
