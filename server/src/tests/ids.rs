use axum::http::StatusCode;
use domain::testing::{both, id};

use super::{Answer, Site};

#[track_caller]
fn assert_not_found_page(answer: &Answer, what: &str) {
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}: {}", answer.text());
    assert!(answer.text().contains("Page not found"), "{what}: {}", answer.text());
}

#[tokio::test]
async fn an_address_of_nothing_is_a_page_that_says_so() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let ben = site.seed.person("ben").await;
        let post = site.seed.post(&ben, "about the garden").await.id;
        let comment = site.seed.comment(&ben, post, "and the bees").await.id;
        let unknown = site.seed.cx.new_id().expect("an id");
        let long = "x".repeat(3_000);
        for thing in [
            &unknown.to_string(),
            &comment.to_string(),
            &id(&ben).to_string(),
            "1",
            "%00",
            "%FF",
            "%3Cscript%3E",
            "..%2F..%2Fetc",
            &long,
        ] {
            for path in [
                format!("/p/{thing}"),
                format!("/p/{thing}/likes"),
                format!("/u/{thing}"),
                format!("/chat/{thing}"),
            ] {
                assert_not_found_page(&ana.get(&path).await, &path);
            }
        }
        for path in [
            "/nowhere",
            "/p",
            "/p/",
            "/u",
            "/u/ben/x",
            "/chat/ana",
            "/api",
            "/posts",
            "/follow",
            "/.git/config",
            "/site/manifest.json",
            "/manifest.json",
            "//evil.example",
        ] {
            assert_not_found_page(&ana.get(path).await, path);
        }
        assert_not_found_page(&ana.get(&format!("/p/{post}/like")).await, "the address of a button");
    })
    .await;
}

#[tokio::test]
async fn a_button_for_nothing_is_a_page_that_says_so() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let ben = site.seed.person("ben").await;
        let post = site.seed.post(&ben, "about the garden").await.id;
        let unknown = site.seed.cx.new_id().expect("an id").to_string();
        for thing in [unknown.as_str(), &id(&ben).to_string(), "1", "%00", "%FF", "%3Cscript%3E"] {
            for form in ["like", "unlike", "comments"] {
                let path = format!("/p/{thing}/{form}");
                assert_not_found_page(&ana.post(&path, &[]).await, &path);
            }
        }
        for form in ["/follow", "/block"] {
            for whom in [
                unknown.as_str(),
                &post.to_string(),
                &id(&site.seed.person(if form == "/block" { "cid" } else { "dan" }).await)
                    .to_string()
                    .replace('-', "")[..31],
            ] {
                let answer = ana.post(form, &[("whom", whom)]).await;
                let is_id = whom.len() == 36;
                let expected = if is_id { StatusCode::NOT_FOUND } else { StatusCode::BAD_REQUEST };
                assert_eq!(answer.status, expected, "{form} {whom}: {}", answer.text());
            }
        }
        for form in ["/follow", "/unfollow", "/block", "/unblock"] {
            let answer = ana.post(form, &[]).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}");
            assert!(answer.text().contains("Something went wrong with this request."), "{form}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_text_for_something_that_is_gone_is_given_back() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let ben = site.seed.person("ben").await;
        let (post, other) = (site.seed.post(&ben, "one").await.id, site.seed.post(&ben, "other").await.id);
        let elsewhere = site.seed.comment(&ben, other, "elsewhere").await.id.to_string();
        let unknown = site.seed.cx.new_id().expect("an id").to_string();
        let (to, client_id) = (id(&ben).to_string(), unknown.as_str());
        let comments = format!("/p/{post}/comments");
        let cases: [(&str, Vec<(&str, &str)>); 5] = [
            (&format!("/p/{unknown}/comments"), vec![]),
            (&comments, vec![("answers", &unknown)]),
            (&comments, vec![("answers", &elsewhere)]),
            ("/chat/nobody", vec![("to", &unknown), ("client_id", client_id)]),
            ("/chat/ben", vec![("to", &elsewhere), ("client_id", client_id)]),
        ];
        for (form, hidden) in cases {
            let fields: Vec<_> = hidden.into_iter().chain([("body", "with <b>care</b>")]).collect();
            let answer = ana.post(form, &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{form}: {}", answer.text());
            assert!(answer.text().contains("with <b>care</b>"), "{form}: {}", answer.text());
            assert_eq!(answer.field("body"), "with <b>care</b>", "{form}");
        }
        for (form, fields) in [
            ("/chat/ben", vec![("to", "1"), ("client_id", client_id), ("body", "kept")]),
            ("/chat/ben", vec![("to", &to), ("client_id", "x"), ("body", "kept")]),
            (&comments, vec![("answers", "x"), ("body", "kept")]),
        ] {
            let answer = ana.post(form, &fields).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}: {}", answer.text());
            assert!(answer.fields("body").iter().any(|kept| kept == "kept"), "{form}: {}", answer.text());
        }
    })
    .await;
}

#[tokio::test]
async fn a_question_that_cannot_be_read_is_left_out() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let ben = site.seed.person("ben").await;
    let post = site.seed.post(&ben, "about the garden").await.id;
    for path in [
        format!("/p/{post}?reply=1"),
        format!("/p/{post}/likes?after=1"),
        "/chat/ben?before=x".to_owned(),
        "/chat/ben?before=-9223372036854775808".to_owned(),
        "/?tab=%FF&tab&&==%zz".to_owned(),
        "/u/ben?%00".to_owned(),
    ] {
        assert_eq!(ana.get(&path).await.status, StatusCode::OK, "{path}");
    }
}
