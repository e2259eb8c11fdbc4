//! Nothing of another person gets out that is not meant for the reader: every page, route and server function that is registered is
//! called, and what comes is looked through for what must not be there.

mod relations;
mod scene;
mod surfaces;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::testing::{both, id};

use self::{
    scene::{CANARY, NAME, Relation, Scene},
    surfaces::{Request, pages},
};
use super::{Answer, Browser, Site};

/// Follows all links from these pages on, and keeps what came.
async fn crawl(browser: &Browser, start: Vec<String>) -> Vec<(String, Answer)> {
    let mut wanted = start;
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

/// All pages that are registered, as a scene opens them.
fn addresses(scene: &Scene) -> Vec<String> {
    let requests = pages(scene).into_iter().flat_map(|page| page.requests);
    let paths = requests.filter_map(|request| match request {
        Request::Page(path) => Some(path),
        _ => None,
    });
    paths.collect()
}

#[tokio::test]
async fn secrets_are_in_no_answer() {
    both(|seed| async move {
        let scene = Scene::new(seed, Relation::Stranger).await;
        let site = &scene.site;
        let visitor = site.visitor();
        visitor.post("/forgot", &[("email", &format!("{NAME}@example.org"))]).await;
        site.seed.run_jobs().await;
        let link = site.seed.mailbox.take_token(&format!("{NAME}@example.org"));
        let token = scene.browser.cookie.clone().expect("a cookie")["kith=".len()..].to_owned();
        let mut secrets = vec![link, token, site.seed.cookie(&scene.quetzal).await];
        secrets.extend(
            ["@example.org", "$argon2", "token_hash", "password_hash", "email_key"].map(str::to_owned),
        );
        let mut has_canary = false;
        for browser in [&scene.browser, &visitor] {
            let surfaces = surfaces::all(&scene);
            for request in surfaces.iter().flat_map(|surface| &surface.requests) {
                let Some(answer) = scene.answer(browser, request).await else { continue };
                let headers = format!("{:?}", answer.headers);
                // Ana reads her own address in her settings.
                let body = answer.body.replace("ana@example.org", "");
                let asked = format!("{request:?}");
                for secret in secrets.iter().filter(|secret| !asked.contains(*secret)) {
                    assert!(!body.contains(secret), "{request:?} says {secret}");
                    assert!(!headers.contains(secret), "{request:?} says {secret}");
                }
                has_canary |= answer.body.contains(CANARY);
            }
        }
        assert!(has_canary, "whoever sees nothing proves nothing");
    })
    .await;
}

#[tokio::test]
async fn no_link_leads_to_anything_of_somebody_hidden() {
    for relation in [Relation::Blocked, Relation::SignedOut, Relation::Unverified] {
        both(|seed| async move {
            let scene = Scene::new(seed, relation).await;
            for (path, answer) in crawl(&scene.browser, addresses(&scene)).await {
                let text = answer.body.replace(&path, "").to_lowercase();
                let asked = path.contains(NAME);
                assert!(!text.contains(CANARY), "{relation:?}: {path}: {}", answer.text());
                assert!(asked || !text.contains(NAME), "{relation:?}: {path}: {}", answer.text());
            }
        })
        .await;
    }
}

#[tokio::test]
async fn whoever_blocked_meets_a_stub_with_the_way_back() {
    let site = Site::sqlite().await;
    let ana = site.seed.person("ana").await;
    site.seed.person("ben").await;
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
