//! Comments on a page without a script: changed, removed and read in pieces.

use axum::http::StatusCode;
use domain::{
    Scope,
    testing::{both, id},
};
use protocol::{
    PostId,
    comment::{CommentView, NewComment},
};

use super::{Browser, Site};

/// Ana's browser, Ben's post, and what Ana says below it.
struct Scene {
    site: Site,
    ana: Browser,
    ben: Scope,
    post: PostId,
    comment: CommentView,
}

impl Scene {
    async fn new(seed: domain::testing::Seed) -> Self {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let ben = site.seed.person("ben").await;
        let post = site.seed.post(&ben, "about the garden").await.id;
        let comment = site.seed.comment(&ana.scope(&site).await, post, "and the bees").await;
        Self { site, ana, ben, post, comment }
    }

    fn edit(&self) -> String {
        format!("/c/{}/edit", self.comment.id)
    }

    fn delete(&self) -> String {
        format!("/c/{}/delete", self.comment.id)
    }

    fn back(&self) -> String {
        format!("/p/{}?edit={}", self.post, self.comment.id)
    }

    async fn answered(&self) {
        let new = NewComment {
            client_id: None,
            post: self.post,
            answers: Some(self.comment.id),
            body: "an answer".into(),
        };
        self.site.seed.reply(&self.ben, new).await;
    }
}

#[tokio::test]
async fn an_own_comment_is_changed_by_a_form_on_its_page() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        let form = scene.ana.get(&scene.back()).await;
        assert_eq!(form.status, StatusCode::OK);
        assert_eq!(form.field("body"), "and the bees");
        let (version, back) = (form.field("version"), form.field("back"));
        let fields = [("version", version.as_str()), ("back", &back), ("body", "and the birds")];
        let answer = scene.ana.post(&scene.edit(), &fields).await;
        let place = format!("/p/{}?comment={1}#c-{1}", scene.post, scene.comment.id);
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, place.as_str()));
        let page = scene.ana.get(&place[..place.find('#').unwrap()]).await;
        assert!(page.text().contains("and the birds") && page.text().contains("edited"), "{}", page.text());
        assert!(!page.text().contains("and the bees"), "{}", page.text());
    })
    .await;
}

#[tokio::test]
async fn a_change_that_cannot_be_taken_comes_again_with_its_text() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        let script = "</textarea><script>alert(1)</script>";
        let (long, marks) =
            (format!("{script}{}", "x".repeat(2_000)), format!("Z{}", "\u{336}\u{301}".repeat(50)));
        for (text, sentence) in [
            ("", "Write something first."),
            ("\u{200b}\u{2060}", "Write something first."),
            (long.as_str(), "Use at most 2000 characters."),
            (marks.as_str(), "This has too many marks stacked on one letter."),
        ] {
            let back = scene.back();
            let fields = [("version", "0"), ("back", back.as_str()), ("body", text)];
            let answer = scene.ana.post(&scene.edit(), &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence}: {}", answer.text());
            assert_eq!(answer.field("body"), text, "{sentence}");
            assert_eq!(answer.error_at("body"), sentence);
            assert!(!answer.body.contains(script));
        }
    })
    .await;
}

#[tokio::test]
async fn the_later_of_two_windows_is_told_and_keeps_its_text() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        let back = scene.back();
        let save = async |version: &str, body: &str| {
            scene.ana.post(&scene.edit(), &[("version", version), ("back", &back), ("body", body)]).await
        };
        assert_eq!(save("0", "one").await.status, StatusCode::SEE_OTHER);
        let told = save("0", "two").await;
        assert_eq!(told.status, StatusCode::CONFLICT, "{}", told.text());
        assert_eq!(told.field("body"), "two");
        assert_eq!(told.error_at("body"), "This was changed in another window.");
        // The form has the version that its page shows.
        assert_eq!(save(&told.field("version"), "two").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn a_comment_is_removed_after_a_question() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        let question = scene.ana.get(&format!("/p/{}?delete={}", scene.post, scene.comment.id)).await;
        assert!(question.body.contains(&format!("action=\"{}\"", scene.delete())), "{}", question.body);
        let answer = scene.ana.post(&scene.delete(), &[("back", &format!("/p/{}", scene.post))]).await;
        let place = format!("/p/{}#comments", scene.post);
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, place.as_str()));
        assert!(!scene.ana.get(&format!("/p/{}", scene.post)).await.text().contains("and the bees"));
        let again = scene.ana.post(&scene.delete(), &[]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        scene.site.seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn a_removed_comment_with_replies_leaves_its_place_and_no_word() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        scene.answered().await;
        let removed = scene.ana.post(&scene.delete(), &[("back", "//evil.example")]).await;
        assert_eq!((removed.status, removed.header("location")), (StatusCode::SEE_OTHER, "/#comments"));
        let page = scene.ana.get(&format!("/p/{}", scene.post)).await;
        assert!(page.text().contains("This comment was deleted."), "{}", page.text());
        assert!(page.text().contains("an answer") && page.text().contains("1 comment"), "{}", page.text());
        assert!(!page.body.contains("and the bees"));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_is_offered_nothing_and_can_do_nothing() {
    let scene = Scene::new(Site::sqlite().await.seed).await;
    let cid = scene.site.member("cid").await;
    for query in ["edit", "delete"] {
        let page = cid.get(&format!("/p/{}?{query}={}", scene.post, scene.comment.id)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("Comment options") && !page.body.contains("action=\"/c/"), "{query}");
    }
    let fields = [("version", "0"), ("body", "not mine")];
    assert_eq!(cid.post(&scene.edit(), &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cid.post(&scene.delete(), &[]).await.status, StatusCode::NOT_FOUND);
    let visitor = scene.site.visitor();
    assert_eq!(visitor.post(&scene.edit(), &fields).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(visitor.post(&scene.delete(), &[]).await.status, StatusCode::UNAUTHORIZED);
    assert!(scene.ana.get(&format!("/p/{}", scene.post)).await.text().contains("and the bees"));
}

#[tokio::test]
async fn a_change_of_nothing_gives_the_text_back() {
    both(|seed| async move {
        let scene = Scene::new(seed).await;
        let (ben, unknown) =
            (id(&scene.ben).to_string(), scene.site.seed.cx.new_id().expect("an id").to_string());
        for thing in [unknown.as_str(), &ben, &scene.post.to_string(), "1", "%00", "%FF", "%3Cscript%3E"] {
            let fields = [("version", "0"), ("body", "with <b>care</b>")];
            let answer = scene.ana.post(&format!("/c/{thing}/edit"), &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{thing}: {}", answer.text());
            assert_eq!(answer.field("body"), "with <b>care</b>", "{thing}");
            let answer = scene.ana.post(&format!("/c/{thing}/delete"), &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{thing}: {}", answer.text());
        }
        for version in ["", "-1", "x", "4294967296"] {
            let answer = scene.ana.post(&scene.edit(), &[("version", version), ("body", "kept")]).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{version}: {}", answer.text());
            assert!(answer.fields("body").iter().any(|kept| kept == "kept"), "{version}");
        }
    })
    .await;
}

#[tokio::test]
async fn questions_about_comments_that_cannot_be_read_are_left_out() {
    let scene = Scene::new(Site::sqlite().await.seed).await;
    let unknown = scene.site.seed.cx.new_id().expect("an id");
    for query in ["after", "before", "comment", "replies", "reply", "edit", "delete"] {
        for thing in
            [unknown.to_string(), scene.post.to_string(), "1".to_owned(), "%FF".to_owned(), String::new()]
        {
            let page = scene.ana.get(&format!("/p/{}?{query}={thing}", scene.post)).await;
            assert_eq!(page.status, StatusCode::OK, "{query}={thing}");
        }
    }
    let page = scene.ana.get(&format!("/p/{}?comment={unknown}", scene.post)).await;
    assert!(page.text().contains("and the bees"), "a comment that is gone leads to the first ones");
}

#[tokio::test]
async fn links_lead_through_all_comments_and_back() {
    let scene = Scene::new(Site::sqlite().await.seed).await;
    let mut said = vec!["and the bees".to_owned()];
    for number in 1..45 {
        let body = format!("comment number {number}.");
        scene.site.seed.comment(&scene.ben, scene.post, &body).await;
        said.push(body);
    }
    let link = |page: &str, mark: &str| {
        let start = page.find(&format!("href=\"/p/{}?{mark}=", scene.post))? + "href=\"".len();
        let end = page[start..].find('#')?;
        Some(page[start..start + end].to_owned())
    };
    let (mut path, mut seen) = (format!("/p/{}", scene.post), Vec::new());
    for (from, to) in [(0, 20), (20, 40), (40, 45)] {
        let page = scene.ana.get(&path).await;
        let shown: Vec<_> = said.iter().filter(|body| page.text().contains(*body)).cloned().collect();
        assert_eq!(shown, said[from..to]);
        seen.push(path);
        path = link(&page.body, "after").unwrap_or_default();
    }
    assert_eq!(path, "", "nothing comes after the last one");
    let last = scene.ana.get(&seen[2]).await;
    let back = scene.ana.get(&link(&last.body, "before").expect("a way back")).await;
    assert!(back.text().contains(&said[20]) && back.text().contains(&said[39]));
    let first = scene.ana.get(&link(&back.body, "before").expect("a way back")).await;
    assert!(first.text().contains(&said[0]) && link(&first.body, "before").is_none());
}

#[tokio::test]
async fn the_address_of_a_late_reply_shows_it() {
    let scene = Scene::new(Site::sqlite().await.seed).await;
    for _ in 0..25 {
        scene.site.seed.comment(&scene.ben, scene.post, "between").await;
    }
    let thread = scene.site.seed.comment(&scene.ben, scene.post, "a long story").await;
    let mut last = thread.clone();
    for number in 0..30 {
        let new = NewComment {
            client_id: None,
            post: scene.post,
            answers: Some(thread.id),
            body: format!("part {number}."),
        };
        last = scene.site.seed.reply(&scene.ben, new).await;
    }
    let page = scene.ana.get(&format!("/p/{}?comment={}", scene.post, last.id)).await;
    assert!(page.text().contains("part 0.") && page.text().contains("part 29."), "{}", page.text());
    assert!(page.body.contains(&format!("id=\"c-{}\"", last.id)));
    assert!(page.text().contains("Show earlier comments"), "{}", page.text());
}

/// The author of a post could neither see nor remove what somebody wrote there before the block.
#[tokio::test]
async fn what_was_written_before_a_block_is_on_no_page_while_it_stands() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        let post = site.seed.post(&ben, "by ben").await.id;
        let comment = site.seed.comment(&ana, post, "canary of ana").await.id;
        site.seed.like(&ana, post).await;
        let (cid, ben) = (site.member("cid").await, {
            let mut browser = site.visitor();
            browser.log_in("ben", &domain::testing::Seed::form("ben").password).await;
            browser
        });
        let pages =
            [format!("/p/{post}"), format!("/p/{post}?comment={comment}"), format!("/p/{post}/likes")];
        let canaries = async || {
            let mut found = Vec::new();
            for page in &pages {
                let text = cid.get(page).await.text();
                found.push(text.contains("canary of ana") || text.contains("@ana"));
            }
            let page = cid.call("post/api/view", &serde_json::json!({ "post": post })).await.json();
            let counts = &page["counts"];
            (found, counts["likes"].as_u64(), counts["comments"].as_u64())
        };
        let whom = id(&ana).to_string();
        assert_eq!(canaries().await, (vec![true; 3], Some(1), Some(1)));
        ben.post("/block", &[("whom", &whom)]).await;
        assert_eq!(canaries().await, (vec![false; 3], Some(0), Some(0)));
        ben.post("/unblock", &[("whom", &whom)]).await;
        assert_eq!(canaries().await, (vec![true; 3], Some(1), Some(1)));
    })
    .await;
}
