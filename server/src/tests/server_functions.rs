use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use domain::{
    Scope,
    testing::{both, id},
};
use leptos::server_fn::axum::server_fn_paths;
use protocol::profile::EditProfile;
use serde_json::{Value, json};

use super::Site;

/// What is for people who are not signed in yet. It says nothing of anybody.
const ENTRANCE: &str = "passkey/api/begin_log_in";

/// Every server function with arguments that reach something of `who`, who has written and been written to.
pub(super) async fn calls(site: &Site, who: &Scope, reader: &Scope) -> Vec<(&'static str, Value)> {
    let seed = &site.seed;
    let post = seed.post(who, "canary in a post").await.id;
    let comment = seed.comment(who, post, "canary in a comment").await.id;
    seed.like(who, post).await;
    let conversation = seed.say(who, reader, "canary in a message").await.conversation;
    let (whom, fresh) = (id(who), seed.cx.new_id().expect("an id"));
    let username = &who.member().expect("a member").username;
    let calls = vec![
        ("feed/api/load", json!({ "query": { "kind": "everyone" } })),
        ("post/api/view", json!({ "post": post })),
        ("post/api/publish", json!({ "new": { "body": "hello" } })),
        ("post/api/edit", json!({ "new": { "post": post, "version": 0, "body": "hello" } })),
        ("post/api/versions", json!({ "post": post })),
        ("post/api/remove", json!({ "post": post })),
        ("post/api/restore", json!({ "post": post })),
        ("comment/api/load", json!({ "post": post, "piece": { "at": comment } })),
        ("comment/api/replies", json!({ "thread": comment, "after": comment })),
        ("comment/api/edit", json!({ "edit": { "comment": comment, "version": 0, "body": "hello" } })),
        ("comment/api/remove", json!({ "comment": comment })),
        ("comment/api/write", json!({ "new": { "post": post, "answers": comment, "body": "hello" } })),
        ("like/api/people", json!({ "post": post, "after": null })),
        ("like/api/like", json!({ "post": post })),
        ("like/api/unlike", json!({ "post": post })),
        ("export/api/latest", json!({})),
        ("profile/api/own", json!({})),
        ("profile/api/edit", json!({ "edit": EditProfile::default() })),
        ("profile/api/change_username", json!({ "username": "another_name" })),
        ("profile/api/set_picture", json!({ "picture": fresh, "crop": null })),
        ("profile/api/remove_picture", json!({})),
        ("profile/api/view", json!({ "username": username })),
        ("chat/api/open", json!({ "username": username })),
        ("chat/api/conversations", json!({})),
        ("chat/api/partners", json!({ "query": { "name": "" } })),
        ("chat/api/edit", json!({ "edit": { "conversation": conversation, "seq": 1, "body": "hello" } })),
        ("chat/api/remove", json!({ "conversation": conversation, "seq": 1 })),
        ("chat/api/earlier", json!({ "conversation": conversation, "before": 2 })),
        ("chat/api/send", json!({ "new": { "to": whom, "client_id": fresh, "body": "hello" } })),
        ("chat/api/since", json!({ "seen": { "conversation": conversation, "seq": 0 } })),
        ("chat/api/read", json!({ "seen": { "conversation": conversation, "seq": 1 } })),
        ("account/api/settings", json!({})),
        ("security/api/devices", json!({})),
        ("security/api/two_factor", json!({})),
        ("security/api/set_up", json!({})),
        ("passkey/api/list", json!({})),
        ("passkey/api/set_up", json!({})),
        ("passkey/api/begin_log_in", json!({})),
        ("notification/api/list", json!({})),
        ("notification/api/preview", json!({ "notification": fresh })),
        ("notification/api/read", json!({ "notification": fresh })),
        ("notification/api/read_all", json!({ "through": fresh })),
        ("notification/api/delete", json!({ "notification": fresh })),
        ("notification/api/delete_all", json!({ "through": fresh })),
        ("notification/api/settings", json!({})),
        ("history/api/overview", json!({})),
        ("history/api/posts", json!({})),
        ("history/api/log_ins", json!({})),
        ("follow/api/follow", json!({ "whom": whom })),
        ("follow/api/unfollow", json!({ "whom": whom })),
        ("follow/api/list", json!({ "query": { "username": username, "list": "followers" } })),
        ("search/api/people", json!({ "typed": username })),
        ("search/api/posts", json!({ "typed": "canary" })),
        ("suggestion/api/list", json!({})),
        ("suggestion/api/panel", json!({})),
        ("suggestion/api/dismiss", json!({ "whom": whom })),
        ("block/api/list", json!({})),
        ("block/api/unblock", json!({ "whom": whom })),
        ("block/api/block", json!({ "whom": whom })),
    ];
    let registered: BTreeSet<_> = server_fn_paths().map(|(path, _)| path).collect();
    let calls: Vec<_> = calls
        .into_iter()
        .filter(|(function, _)| registered.contains(format!("/api/app/{function}").as_str()))
        .collect();
    assert_eq!(calls.len(), registered.len(), "a server function is not called here: {registered:?}");
    calls
}

#[tokio::test]
async fn whoever_is_not_signed_in_gets_nothing_from_any_of_them() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.seed.person("ben").await);
        for (function, arguments) in calls(&site, &ana, &ben).await {
            let answer = site.visitor().call(function, &arguments).await;
            if function == ENTRANCE {
                assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
                continue;
            }
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{function}: {}", answer.body);
            assert_eq!(answer.json(), json!({ "Problem": "sign_in_needed" }), "{function}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_in_gets_an_answer_from_each_of_them() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ben = site.member("ben").await;
        let (ana, reader) = (site.seed.person("ana").await, site.seed.person("reader").await);
        for (function, arguments) in calls(&site, &ana, &reader).await {
            let answer = ben.call(function, &arguments).await;
            // A conversation of other people is none; neither is what is theirs to change.
            let theirs = ["/edit", "/remove", "/restore"].iter().any(|verb| function.ends_with(verb))
                && !function.starts_with("profile/");
            // Ben sets nothing up.
            let theirs = theirs || function.ends_with("/set_up");
            let foreign = theirs || arguments.to_string().contains("\"conversation\"");
            let expected = match function {
                // There is no such picture.
                "profile/api/set_picture" => StatusCode::UNPROCESSABLE_ENTITY,
                _ if foreign => StatusCode::NOT_FOUND,
                _ => StatusCode::OK,
            };
            assert_eq!(answer.status, expected, "{function}: {}", answer.body);
            assert!(answer.header("content-type").starts_with("application/json"), "{function}");
        }
    })
    .await;
}

#[tokio::test]
async fn arguments_that_cannot_be_read_are_a_bad_request() {
    let site = Site::sqlite().await;
    let ben = site.member("ben").await;
    let (ana, reader) = (site.seed.person("ana").await, site.seed.person("reader").await);
    let deep = "[".repeat(10_000);
    for (function, arguments) in calls(&site, &ana, &reader).await {
        let path = format!("/api/app/{function}");
        let mut broken = vec![
            "".to_owned(),
            "{".to_owned(),
            "null".to_owned(),
            "[]".to_owned(),
            "7".to_owned(),
            deep.clone(),
        ];
        broken.extend(["\u{0}".to_owned(), "{\"\\ud800\":1}".to_owned()]);
        if arguments.as_object().is_some_and(|arguments| !arguments.is_empty()) {
            broken.push("{}".to_owned());
            let names = arguments.as_object().into_iter().flatten().map(|(name, _)| name);
            broken.extend(names.map(|name| json!({ name: [[["wrong"]]] }).to_string()));
        }
        for body in broken {
            let answer = ben.send(Method::POST, &path, "application/json", body.clone()).await;
            // Without arguments, an empty list is as good as an empty object.
            let is_read = answer.status.is_success() || answer.status == StatusCode::NOT_FOUND;
            if is_read && arguments == json!({}) && body == "[]" {
                continue;
            }
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{function} {body:.40}: {}", answer.body);
            assert_eq!(answer.json(), json!({ "Problem": "bad_request" }), "{function}");
        }
    }
}

#[tokio::test]
async fn arguments_that_nobody_asked_for_change_nothing() {
    let site = Site::sqlite().await;
    let ben = site.member("ben").await;
    let other = id(&site.seed.person("ana").await);
    let new = json!({ "body": "hello", "author": other, "author_id": other, "id": other, "like_count": 9 });
    let answer = ben.call("post/api/publish", &json!({ "new": new, "scope": other, "is_admin": true })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let post = answer.json();
    assert_eq!((&post["author"]["username"], &post["counts"]["likes"]), (&json!("ben"), &json!(0)));
    assert_ne!(post["id"], json!(other));
}

#[tokio::test]
async fn what_they_refuse_comes_with_its_status() {
    let site = Site::sqlite().await;
    let ben = site.member("ben").await;
    let unknown = site.seed.cx.new_id().expect("an id");
    let blocked = id(&site.seed.person("ana").await);
    ben.call("block/api/block", &json!({ "whom": blocked })).await;
    for (function, arguments, status) in [
        ("post/api/view", json!({ "post": unknown }), StatusCode::NOT_FOUND),
        ("post/api/publish", json!({ "new": { "body": " " } }), StatusCode::UNPROCESSABLE_ENTITY),
        (
            "post/api/publish",
            json!({ "new": { "body": "x".repeat(5_001) } }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("follow/api/follow", json!({ "whom": blocked }), StatusCode::UNPROCESSABLE_ENTITY),
        ("profile/api/view", json!({ "username": "\u{0}" }), StatusCode::NOT_FOUND),
        ("comment/api/write", json!({ "new": { "post": unknown, "body": "hello" } }), StatusCode::NOT_FOUND),
        (
            "like/api/people",
            json!({ "post": blocked, "after": { "since": 0, "person": unknown } }),
            StatusCode::NOT_FOUND,
        ),
        ("chat/api/earlier", json!({ "conversation": unknown, "before": -1 }), StatusCode::NOT_FOUND),
    ] {
        let answer = ben.call(function, &arguments).await;
        assert_eq!(answer.status, status, "{function} {arguments:.60}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_function_that_is_not_there_is_not_found() {
    let site = Site::sqlite().await;
    let ben = site.member("ben").await;
    for function in
        ["", "nothing", "post/api/publish/", "post/api", "post%2Fapi%2Fpublish", "../healthz", "%FF"]
    {
        let answer = ben.call(function, &json!({})).await;
        let refused = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED];
        assert!(refused.contains(&answer.status), "{function}: {} {}", answer.status, answer.body);
        assert!(!answer.body.contains("server function"), "{function}: {}", answer.body);
    }
}

#[tokio::test]
async fn none_leads_to_wherever_a_browser_says_that_it_came_from() {
    let site = Site::sqlite().await;
    let ben = site.member("ben").await.saying("referer", "https://evil.example/");
    for body in [json!({ "new": { "body": "hello" } }), json!({})] {
        let answer = ben.call("post/api/publish", &body).await;
        assert_eq!(answer.header("location"), "", "{body}");
        assert!(!answer.status.is_redirection(), "{body}");
    }
}
