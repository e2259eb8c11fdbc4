//! Nothing of another person gets out that is not meant for the reader: every page and every server function is asked, and
//! looked through for what must not be there.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::testing::{both, id};

use super::{Answer, Browser, Site, server_functions::calls};

/// Follows all links from `/` and from `start`, and keeps what came.
async fn crawl(browser: &Browser, start: &[String]) -> Vec<(String, Answer)> {
    let mut wanted: Vec<String> = start.to_vec();
    wanted.push("/".to_owned());
    let mut seen: BTreeSet<String> = wanted.iter().cloned().collect();
    let mut answers = Vec::new();
    while let Some(path) = wanted.pop() {
        let answer = browser.get(&path).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.text());
        for link in answer.body.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.split('#').next().unwrap_or_default().replace("&amp;", "&");
            if link.starts_with('/') && seen.insert(link.clone()) {
                wanted.push(link);
            }
        }
        assert!(answers.len() < 200, "the links do not end: {seen:?}");
        answers.push((path, answer));
    }
    answers
}

/// Everything that one browser can get to see of Ana, who has written, liked, followed and chatted.
async fn everything(
    site: &Site,
    browser: &Browser,
    ana: &domain::Scope,
    ben: &domain::Scope,
) -> Vec<(String, Answer)> {
    let calls = calls(site, ana, ben).await;
    let post = site.seed.post(ana, "canary in another post").await.id;
    site.seed.follow(ana, ben).await;
    let start = [
        "/chat",
        "/u/ana",
        "/u/ben",
        "/chat/ana",
        "/ui",
        "/signup",
        "/login",
        "/forgot",
        "/verify/x",
        "/reset/x",
        "/nowhere",
        "/healthz",
        "/readyz",
    ];
    let mut start: Vec<String> = start.map(str::to_owned).to_vec();
    start.extend([format!("/p/{post}"), format!("/p/{post}/likes")]);
    let mut answers = crawl(browser, &start).await;
    for (function, arguments) in calls {
        // Whoever has blocked sees less; that comes last.
        if !function.starts_with("block/") {
            answers.push((function.to_owned(), browser.call(function, &arguments).await));
        }
    }
    let forms =
        ["/posts", "/follow", "/unfollow", "/chat/ana", "/login", "/signup", "/forgot", "/resend", "/logout"];
    for form in
        forms.map(str::to_owned).into_iter().chain([format!("/p/{post}/like"), format!("/p/{post}/comments")])
    {
        let answer = browser.post(&form, &[("whom", &id(ana).to_string()), ("body", "\u{200b}")]).await;
        answers.push((form, answer));
    }
    answers
}

#[tokio::test]
async fn secrets_are_in_no_answer() {
    both(|seed| async move {
        let site = Site::new(seed);
        let owner = site.member("ana").await;
        let (ana, ben) = (owner.scope(&site).await, site.seed.person("ben").await);
        let mut reader = site.visitor();
        reader.log_in("ben", "plum tiger stairs 9").await;
        site.visitor().post("/forgot", &[("email", "ana@example.org")]).await;
        site.seed.run_jobs().await;
        let link = site.seed.mailbox.take_token("ana@example.org");
        let token = |browser: &Browser| browser.cookie.clone().expect("a cookie")["kith=".len()..].to_owned();
        let mut secrets = vec![link, token(&owner), token(&reader)];
        secrets.extend(
            ["@example.org", "$argon2", "token_hash", "password_hash", "email_key"].map(str::to_owned),
        );
        let mut seen_canaries = false;
        for browser in [&reader, &site.visitor()] {
            for (what, answer) in everything(&site, browser, &ana, &ben).await {
                let headers = format!("{:?}", answer.headers);
                for secret in &secrets {
                    assert!(!answer.body.contains(secret), "{what} says {secret}");
                    assert!(!headers.contains(secret), "{what} says {secret}");
                }
                seen_canaries |= answer.body.contains("canary in a post");
            }
        }
        assert!(seen_canaries, "whoever sees nothing proves nothing");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_not_signed_in_sees_nothing_of_anybody() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        let visitor = site.visitor();
        for (what, answer) in everything(&site, &visitor, &ana, &ben).await {
            for trace in ["canary", "Tester", "@ana", &id(&ana).to_string()] {
                let typed = trace.len() == 36 && what.starts_with('/');
                assert!(typed || !answer.body.contains(trace), "{what} says {trace}: {}", answer.text());
            }
        }
        let post = site.seed.post(&ana, "canary").await.id;
        for path in [
            "/chat".to_owned(),
            "/u/ana".to_owned(),
            "/u/nobody".to_owned(),
            format!("/p/{post}"),
            format!("/p/{post}/likes"),
            "/chat/ana".to_owned(),
        ] {
            let answer = visitor.get(&path).await;
            let expected = format!("/login?next={path}");
            assert_eq!(
                (answer.status, answer.header("location")),
                (StatusCode::SEE_OTHER, expected.as_str())
            );
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_was_blocked_finds_nothing_of_the_other_anywhere() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        let mut reader = site.visitor();
        reader.log_in("ben", "plum tiger stairs 9").await;
        let calls = calls(&site, &ana, &ben).await;
        let own = site.seed.post(&ben, "ben's own post").await.id;
        site.seed.comment(&ana, own, "canary below").await;
        site.seed.like(&ana, own).await;
        site.seed.block(&ana, &ben).await;
        let start = ["/chat", "/u/ana", "/chat/ana"]
            .map(str::to_owned)
            .into_iter()
            .chain([format!("/p/{own}"), format!("/p/{own}/likes")]);
        let start: Vec<String> = start.collect();
        let mut answers = crawl(&reader, &start).await;
        for (function, arguments) in calls {
            answers.push((function.to_owned(), reader.call(function, &arguments).await));
        }
        for (what, answer) in answers {
            for trace in ["canary", "Ana Tester", "@ana", "\"ana\""] {
                assert!(!answer.body.contains(trace), "{what} says {trace}: {}", answer.body);
            }
        }
        for gone in ["/u/ana", "/chat/ana"] {
            let (blocked, absent) = (reader.get(gone).await, reader.get(&gone.replace("ana", "nix")).await);
            assert_eq!((blocked.status, blocked.text()), (absent.status, absent.text()), "{gone}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_blocked_meets_a_stub_with_the_way_back() {
    let site = Site::sqlite().await;
    let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
    let mut reader = site.visitor();
    reader.log_in("ben", "plum tiger stairs 9").await;
    site.seed.post(&ana, "canary").await;
    let answer = reader.post("/block", &[("whom", &id(&ana).to_string()), ("back", "/u/ana")]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/u/ana"));
    let stub = reader.get("/u/ana").await;
    assert!(stub.text().contains("You blocked Ana") && stub.text().contains("Unblock"), "{}", stub.text());
    assert!(!reader.get("/").await.text().contains("canary"));
    let refused = reader.post("/follow", &[("whom", &id(&ana).to_string())]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("You blocked this person. Unblock them first."));
    let answer = reader.post("/unblock", &[("whom", &id(&ana).to_string()), ("back", "/u/ana")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(reader.get("/").await.text().contains("canary"));
    let _ = ben;
}

/// Ben has blocked Ana. To her there is no difference between him and somebody who was never there.
#[tokio::test]
async fn somebody_hidden_is_answered_for_like_somebody_who_does_not_exist() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let ben = site.seed.person("ben").await;
        site.seed.block(&ben, &ana.scope(&site).await).await;
        let (hidden, unknown) = (id(&ben).to_string(), site.seed.cx.new_id().expect("an id").to_string());
        for page in ["/u/", "/chat/"] {
            let [hidden, unknown] =
                [ana.get(&format!("{page}ben")).await, ana.get(&format!("{page}bea")).await];
            assert_eq!((hidden.status, hidden.text()), (unknown.status, unknown.text()), "{page}");
            assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{page}");
        }
        for form in ["/follow", "/unfollow", "/block", "/unblock"] {
            let [hidden, unknown] = [
                ana.post(form, &[("whom", &hidden), ("back", "/chat")]).await,
                ana.post(form, &[("whom", &unknown), ("back", "/chat")]).await,
            ];
            assert_eq!((hidden.status, hidden.text()), (unknown.status, unknown.text()), "{form}");
        }
        for function in ["follow/api/follow", "block/api/block", "block/api/unblock"] {
            let [hidden, unknown] = [
                ana.call(function, &serde_json::json!({ "whom": hidden })).await,
                ana.call(function, &serde_json::json!({ "whom": unknown })).await,
            ];
            assert_eq!((hidden.status, hidden.body), (unknown.status, unknown.body), "{function}");
        }
    })
    .await;
}
