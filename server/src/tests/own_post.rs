//! What authors do with their posts by plain forms.

use axum::http::StatusCode;
use domain::testing::{Seed, both};
use protocol::PostId;

use super::{Browser, Site};

struct Scene {
    site: Site,
    ana: Browser,
    ben: Browser,
    post: PostId,
}

impl Scene {
    async fn new(seed: Seed) -> Self {
        let author = seed.person("ana").await;
        seed.person("ben").await;
        let post = seed.post(&author, "as it was").await.id;
        let site = Site::new(seed);
        let (mut ana, mut ben) = (site.visitor(), site.visitor());
        ana.log_in("ana", &Seed::form("ana").password).await;
        ben.log_in("ben", &Seed::form("ben").password).await;
        Self { site, ana, ben, post }
    }

    fn at(&self, what: &str) -> String {
        format!("/p/{}{what}", self.post)
    }

    async fn text(&self) -> String {
        self.ben.get(&self.at("")).await.text()
    }
}

#[tokio::test]
async fn an_edit_by_a_plain_form_leads_back_to_the_post() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        let edited = scene.ana.post(&scene.at("/edit"), &[("version", "0"), ("body", "as it is")]).await;
        assert_eq!((edited.status, edited.header("location")), (StatusCode::SEE_OTHER, &*scene.at("")));
        assert!(scene.text().await.contains("as it is"));
        assert!(scene.ben.get(&scene.at("/history")).await.text().contains("as it was"));
    })
    .await;
}

#[tokio::test]
async fn an_edit_over_another_one_comes_back_with_everything_typed() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        scene.ana.post(&scene.at("/edit"), &[("version", "0"), ("body", "quick")]).await;
        let late =
            scene.ana.post(&scene.at("/edit"), &[("version", "0"), ("body", "late <b>words</b>")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("changed in another window"), "{}", late.text());
        assert!(late.body.contains("late &lt;b&gt;words&lt;/b&gt;"), "{}", late.body);
        // The form is about the newer version now: sending it again is a decision.
        assert!(late.body.contains(r#"name="version" value="1""#), "{}", late.body);
        assert!(scene.text().await.contains("quick"));
    })
    .await;
}

#[tokio::test]
async fn an_edit_that_cannot_be_taken_says_so_and_changes_nothing() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        for (version, body, picture, expected) in [
            ("0", " ", "", StatusCode::UNPROCESSABLE_ENTITY),
            ("0", &*"x".repeat(5_001), "", StatusCode::UNPROCESSABLE_ENTITY),
            ("0", "new", "00000000-0000-7000-8000-000000000000", StatusCode::UNPROCESSABLE_ENTITY),
            ("0", "new", "nonsense", StatusCode::BAD_REQUEST),
            ("first", "new", "", StatusCode::BAD_REQUEST),
            ("-1", "new", "", StatusCode::BAD_REQUEST),
            ("7", "new", "", StatusCode::CONFLICT),
        ] {
            let mut fields = vec![("version", version), ("body", body)];
            fields.extend((!picture.is_empty()).then_some(("picture", picture)));
            let refused = scene.ana.post(&scene.at("/edit"), &fields).await;
            assert_eq!(refused.status, expected, "{version} {picture}: {}", refused.text());
            assert!(body.trim().is_empty() || refused.body.contains(body), "{}", refused.body);
        }
        assert!(scene.text().await.contains("as it was"));
    })
    .await;
}

#[tokio::test]
async fn a_removed_post_comes_back_by_the_button_that_is_offered() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        assert!(scene.ana.get(&scene.at("/delete")).await.text().contains("Delete this post?"));
        let removed = scene.ana.post(&scene.at("/delete"), &[]).await;
        let notice = scene.ana.get(removed.header("location")).await;
        assert!(notice.text().contains("Your post is deleted.") && notice.text().contains("Undo"));
        assert_eq!(scene.ben.get(&scene.at("")).await.status, StatusCode::NOT_FOUND);
        let restored = scene.ana.post(&scene.at("/restore"), &[]).await;
        assert_eq!((restored.status, restored.header("location")), (StatusCode::SEE_OTHER, &*scene.at("")));
        assert!(scene.text().await.contains("as it was"));
    })
    .await;
}

#[tokio::test]
async fn nobody_else_edits_removes_or_brings_back_a_post() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        for what in ["/edit", "/delete", "/restore"] {
            let fields = [("version", "0"), ("body", "mine now")];
            let refused = scene.ben.post(&scene.at(what), &fields).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "{what}");
            let nobody = scene.site.visitor().post(&scene.at(what), &fields).await;
            assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{what}");
        }
        assert_eq!(scene.ben.get(&scene.at("/edit")).await.status, StatusCode::NOT_FOUND);
        assert!(scene.text().await.contains("as it was"));
    })
    .await;
}

#[tokio::test]
async fn what_is_no_post_is_not_found() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        for id in ["nonsense", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"]
        {
            for what in ["/edit", "/delete", "/restore"] {
                let refused =
                    scene.ana.post(&format!("/p/{id}{what}"), &[("version", "0"), ("body", "x")]).await;
                assert_eq!(refused.status, StatusCode::NOT_FOUND, "{id}{what}");
            }
            assert_eq!(scene.ana.get(&format!("/p/{id}/history")).await.status, StatusCode::NOT_FOUND);
            assert_eq!(scene.ana.get(&format!("/p/{id}/edit")).await.status, StatusCode::NOT_FOUND);
        }
    })
    .await;
}

/// Only whoever may read a post is told what it is about.
#[tokio::test]
async fn a_page_tells_about_its_post_only_whom_it_shows_it() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        let page = scene.ben.get(&scene.at("")).await.body;
        assert!(page.contains(r#"property="og:description" content="as it was""#), "{page}");
        let stranger = scene.site.visitor().get(&scene.at("")).await;
        assert!(!stranger.body.contains("as it was") && !stranger.body.contains("og:"), "{}", stranger.body);
        scene.ana.post(&scene.at("/delete"), &[]).await;
        let gone = scene.ben.get(&scene.at("")).await;
        assert!(!gone.body.contains("as it was") && !gone.body.contains("og:"), "{}", gone.body);
    })
    .await;
}
