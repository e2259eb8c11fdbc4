//! Nobody acts as another: what changes something says for which account its page was made.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use domain::{
    passkey,
    testing::{Authenticator, Seed, both, id, pictures::png},
};
use protocol::live::CLOSE_OTHER_ACCOUNT;
use serde_json::json;

use super::{
    Answer, Browser, Site,
    server_functions::calls,
    test_socket::{Received, TestSocket},
};

/// What Ben's password is at the end.
const NEW_PASSWORD: &str = "quiet river lamp 27";
const FORM: &str = "application/x-www-form-urlencoded";
/// These act for whoever holds a password or a link.
const ENTRANCE: [&str; 9] = [
    "/signup",
    "/resend",
    "/verify/{token}",
    "/login",
    "/login/code",
    "/login/passkey",
    "/email/{token}",
    "/forgot",
    "/reset/{token}",
];

/// A request that changes something: its route, its address, what it holds.
type Request = (&'static str, String, Vec<(&'static str, String)>);

/// A form for each route, each of which Ben can send, in an order in which all go well.
async fn forms(site: &Site, bens: &Browser) -> Vec<Request> {
    let seed = &site.seed;
    let (ana, ben) = (seed.person("other").await, bens.scope(site).await);
    let (post, own) = (seed.post(&ana, "theirs").await.id, seed.post(&ben, "mine").await.id);
    let comment = seed.comment(&ben, post, "my comment").await.id;
    let conversation = seed.say(&ana, &ben, "hello").await.conversation;
    let picture = seed.picture(&ben).await;
    let whom = vec![("whom", id(&ana).to_string())];
    let body = |text: &str| ("body", text.to_owned());
    let version = || ("version", "0".to_owned());
    let client_id = || ("client_id", seed.cx.new_id().expect("an id").to_string());
    let seen = vec![("conversation", conversation.to_string()), ("seq", "1".to_owned())];
    let listed = domain::notification::list(&seed.cx, &ben, None).await.expect("notifications");
    let through = vec![("through", listed.page.items[0].id.to_string())];
    let mine = seed.say(&ben, &seed.person("third").await, "my message").await;
    let said = vec![("conversation", mine.conversation.to_string()), ("seq", mine.seq.to_string())];
    let password = || ("current_password", Seed::form("ben").password);
    seed.turn_on_two_factor(&ben).await;
    let code = ("code", seed.authenticator_code(&ben, 1).await);
    seed.passkey(&ben).await;
    let passkey = passkey::list(&seed.cx, &ben).await.expect("passkeys").passkeys[0].id.to_string();
    passkey::begin(&seed.cx, &ben, Seed::form("ben").password).await.expect("a passkey that was begun");
    let options = passkey::set_up(&seed.cx, &ben).await.expect("options");
    let (_, credential) = Authenticator::create(&options, &seed.cx.public_url);
    let phone = seed.signed_in(ben.member().expect("a person").clone()).await;
    let phone = phone.session().expect("a session").id.to_string();
    let looks = ["theme", "date_style", "clock_style", "read_receipts"]
        .into_iter()
        .zip(["dark", "digits", "hours12", "off"]);
    let looks = looks.map(|(field, value)| (field, value.to_owned())).collect();
    let face = seed.send_picture(&ben, &png(6, 4)).await.expect("a picture");
    let visibilities = [
        "bio_visibility",
        "about_visibility",
        "address_visibility",
        "country_visibility",
        "links_visibility",
    ];
    let profile: Vec<(&str, String)> =
        visibilities.map(|field| (field, "everyone".to_owned())).into_iter().chain([version()]).collect();
    let settings = |route: &'static str, fields| (route, route.to_owned(), fields);
    let new_password = ("password", NEW_PASSWORD.to_owned());
    vec![
        settings("/settings/account/preferences", looks),
        settings("/settings/profile", profile),
        settings("/settings/profile/username", vec![("username", "ben_the_second".to_owned())]),
        settings("/settings/profile/username", vec![("username", "ben".to_owned())]),
        settings("/settings/profile/picture", vec![("uploaded", face.id.to_string())]),
        settings("/settings/profile/picture/remove", Vec::new()),
        settings("/settings/account/email", vec![password(), ("email", "new@example.org".to_owned())]),
        settings("/settings/account/email/cancel", Vec::new()),
        settings("/settings/security/sign-out", vec![("session", phone)]),
        settings("/settings/security/sign-out-others", Vec::new()),
        settings("/settings/security/two-factor/confirm", vec![code.clone()]),
        settings("/settings/security/two-factor/codes", vec![password()]),
        settings("/settings/security/two-factor/off", vec![password(), code]),
        settings("/settings/security/two-factor", vec![password()]),
        settings("/settings/security/passkey/confirm", vec![("credential", credential)]),
        settings("/settings/security/passkey/remove", vec![password(), ("passkey", passkey)]),
        settings("/settings/security/passkey", vec![password()]),
        settings("/settings/account/password", vec![password(), new_password]),
        ("/posts", "/posts".to_owned(), vec![body("typed by somebody"), client_id()]),
        ("/p/{post}/edit", format!("/p/{own}/edit"), vec![body("typed by somebody"), version()]),
        ("/p/{post}/delete", format!("/p/{own}/delete"), Vec::new()),
        ("/p/{post}/restore", format!("/p/{own}/restore"), Vec::new()),
        ("/p/{post}/like", format!("/p/{post}/like"), Vec::new()),
        ("/p/{post}/unlike", format!("/p/{post}/unlike"), Vec::new()),
        ("/p/{post}/comments", format!("/p/{post}/comments"), vec![body("typed by somebody")]),
        ("/c/{comment}/edit", format!("/c/{comment}/edit"), vec![body("typed by somebody"), version()]),
        ("/c/{comment}/delete", format!("/c/{comment}/delete"), Vec::new()),
        ("/chat/{username}", "/chat/other".to_owned(), {
            [vec![body("typed by somebody"), client_id()], vec![("to", id(&ana).to_string())]].concat()
        }),
        ("/chat/{username}/read", "/chat/other/read".to_owned(), seen),
        (
            "/chat/{username}/edit",
            "/chat/other/edit".to_owned(),
            [said.clone(), vec![body("changed")]].concat(),
        ),
        ("/chat/{username}/delete", "/chat/other/delete".to_owned(), said),
        ("/follow", "/follow".to_owned(), whom.clone()),
        ("/unfollow", "/unfollow".to_owned(), whom.clone()),
        ("/suggestions/dismiss", "/suggestions/dismiss".to_owned(), whom.clone()),
        ("/block", "/block".to_owned(), whom.clone()),
        ("/unblock", "/unblock".to_owned(), whom),
        ("/media", "/media".to_owned(), Vec::new()),
        ("/media/{picture}/discard", format!("/media/{picture}/discard"), Vec::new()),
        settings("/settings/export", Vec::new()),
        settings("/settings/notifications", vec![("show", "like".to_owned())]),
        ("/notifications/read", "/notifications/read".to_owned(), through.clone()),
        (
            "/notifications/{notification}/delete",
            format!("/notifications/{}/delete", through[0].1),
            Vec::new(),
        ),
        ("/notifications/delete", "/notifications/delete".to_owned(), through),
        ("/logout", "/logout".to_owned(), Vec::new()),
        settings("/settings/delete", vec![("current_password", NEW_PASSWORD.to_owned())]),
    ]
}

/// Sends it from a page that was made for the browser's `account`; one without says nothing.
async fn send(browser: &Browser, (route, path, fields): &Request, says: bool) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    match (*route, says) {
        ("/media", true) => browser.send(Method::POST, path, "image/png", png(6, 4)).await,
        ("/media", false) => browser.send_unclaimed(path, "image/png", png(6, 4)).await,
        ("/media/{picture}/discard", true) => browser.send(Method::POST, path, "", "").await,
        (_, true) => browser.post(path, &fields).await,
        (_, false) => {
            let body = serde_urlencoded::to_string(&fields).expect("a form");
            browser.send_unclaimed(path, FORM, body).await
        }
    }
}

/// Numbers that change with whatever a request may change.
async fn state(site: &Site) -> Vec<i64> {
    let mut state = Vec::new();
    for what in [
        "COUNT(*) AS count FROM account",
        "COUNT(*) AS count FROM session",
        "COUNT(*) AS count FROM export",
        "COUNT(*) AS count FROM closed_account",
        "COUNT(*) AS count FROM mail_token",
        "COUNT(*) AS count FROM login",
        "COUNT(*) AS count FROM login WHERE ended_at IS NULL",
        "COUNT(*) AS count FROM email_change",
        "COUNT(*) AS count FROM two_factor",
        "COUNT(*) AS count FROM recovery_code",
        "COUNT(*) AS count FROM passkey",
        "COUNT(*) AS count FROM passkey_set_up",
        "COUNT(*) AS count FROM account WHERE theme <> 'system'",
        "COUNT(*) AS count FROM job",
        "COUNT(*) AS count FROM follow",
        "COUNT(*) AS count FROM block",
        "COUNT(*) AS count FROM suggestion_dismissal",
        "COUNT(*) AS count FROM picture",
        "COUNT(*) AS count FROM post_like",
        "COUNT(*) AS count FROM message",
        "COUNT(*) AS count FROM message WHERE edited_at IS NOT NULL",
        "COUNT(*) AS count FROM message WHERE deleted_at IS NOT NULL",
        "COUNT(*) AS count FROM post_version",
        "COUNT(*) AS count FROM post WHERE removed_at IS NULL",
        "COUNT(*) AS count FROM post WHERE version > 0",
        "COUNT(*) AS count FROM comment WHERE removed_at IS NULL",
        "COUNT(*) AS count FROM comment WHERE version > 0",
        "COUNT(*) AS count FROM chat_member WHERE read_seq > 0",
        "COUNT(*) AS count FROM notification WHERE read_at IS NOT NULL",
        "COUNT(*) AS count FROM notification WHERE deleted_at IS NOT NULL",
        "COUNT(*) AS count FROM notification_setting",
    ] {
        state.push(site.seed.number(&format!("SELECT {what}")).await);
    }
    state
}

/// The routes of the router that take a POST.
fn post_routes() -> BTreeSet<&'static str> {
    let routes = include_str!("../router.rs").split(".route(\"").skip(1);
    routes
        .filter_map(|route| route.split_once("\", "))
        .filter(|(_, takes)| takes.starts_with("post("))
        .map(|(route, _)| route)
        .collect()
}

#[tokio::test]
async fn every_form_of_another_accounts_page_is_refused_and_changes_nothing() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (old, ben) = (site.member("old").await, site.member("ben").await);
        let forms = forms(&site, &ben).await;
        let known: BTreeSet<_> = forms.iter().map(|(route, ..)| *route).chain(ENTRANCE).collect();
        let all: BTreeSet<_> =
            post_routes().into_iter().filter(|route| !route.starts_with("/api/")).collect();
        assert_eq!(known, all, "each route that takes a POST stands here");
        let before = state(&site).await;
        for form in &forms {
            for (page, says) in [(&old.account, true), (&String::new(), true), (&String::new(), false)] {
                let answer = send(&ben.on_page_of(page), form, says).await;
                assert_eq!(answer.status, StatusCode::CONFLICT, "{}: {}", form.0, answer.body);
                assert_eq!(state(&site).await, before, "{} of {page:?}", form.0);
            }
        }
        let mut again = site.visitor();
        for form in &forms {
            let is_after_log_out = form.0 == "/settings/delete";
            if is_after_log_out {
                again.log_in("ben", NEW_PASSWORD).await;
            }
            let answer = send(if is_after_log_out { &again } else { &ben }, form, true).await;
            assert!(
                answer.status.is_success() || answer.status.is_redirection(),
                "{}: {}",
                form.0,
                answer.text()
            );
        }
    })
    .await;
}

#[tokio::test]
async fn every_function_called_by_another_accounts_page_is_refused_and_changes_nothing() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (old, ben) = (site.member("old").await, site.member("ben").await);
        let (ana, reader) = (site.seed.person("ana").await, site.seed.person("reader").await);
        let calls = calls(&site, &ana, &reader).await;
        let before = state(&site).await;
        let refused = json!({ "Problem": { "signed_in_as": { "username": "ben" } } });
        for (function, arguments) in calls {
            let path = format!("/api/app/{function}");
            for answer in [
                ben.on_page_of(&old.account).call(function, &arguments).await,
                ben.on_page_of("").call(function, &arguments).await,
                ben.send_unclaimed(&path, "application/json", arguments.to_string()).await,
            ] {
                assert_eq!(
                    (answer.status, answer.json()),
                    (StatusCode::CONFLICT, refused.clone()),
                    "{function}"
                );
                assert_eq!(state(&site).await, before, "{function}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_comes_back_and_can_be_sent_knowingly() {
    let site = Site::sqlite().await;
    let (old, ben) = (site.member("old").await, site.member("ben").await);
    let tab = ben.on_page_of(&old.account);
    let typed = "something long & <b>";
    let answer = tab.post("/posts", &[("body", typed), ("back", "/")]).await;
    assert!(answer.text().contains("This browser is now signed in as @ben."), "{}", answer.text());
    assert!(answer.text().contains(typed) && answer.text().contains("Continue as @ben"), "{}", answer.text());
    assert_eq!((answer.field("body").as_str(), answer.field("account")), (typed, ben.account.clone()));
    let sent = tab.on_page_of(&answer.field("account")).post("/posts", &[("body", typed)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    assert!(ben.get("/u/ben").await.text().contains(typed));
    // Whoever wants to be somebody else again can log in beside it.
    assert_eq!(ben.get("/login?switch").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_with_pictures_is_refused_before_they_are_kept() {
    let site = Site::sqlite().await;
    let (old, ben) = (site.member("old").await, site.member("ben").await);
    let form = |account: &str| {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"account\"\r\n\r\n{account}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"body\"\r\n\r\ntyped by somebody\r\n\
             --x\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"a.png\"\r\n\r\n"
        );
        [head.as_bytes(), &png(6, 4), b"\r\n--x--\r\n"].concat()
    };
    let kind = "multipart/form-data; boundary=x";
    let before = state(&site).await;
    let answer = ben.send_unclaimed("/posts", kind, form(&old.account)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.text());
    assert!(answer.text().contains("typed by somebody"), "{}", answer.text());
    assert!(answer.text().contains("Missing pictures weren’t saved."), "{}", answer.text());
    assert_eq!(state(&site).await, before);
    let answer = ben.send_unclaimed("/posts", kind, form(&ben.account)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM picture WHERE post_id IS NOT NULL").await, 1);
}

#[tokio::test]
async fn every_form_on_a_page_says_for_which_account_the_page_was_made() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let (me, ben) = (ana.scope(&site).await, site.seed.person("ben").await);
    let (own, other) = (site.seed.post(&me, "mine").await.id, site.seed.post(&ben, "theirs").await.id);
    let comment = site.seed.comment(&me, own, "a comment").await.id;
    site.seed.say(&ben, &me, "hello").await;
    let visitor = site.visitor();
    let mut forms = 0;
    for path in [
        "/".to_owned(),
        "/u/ben".to_owned(),
        "/chat".to_owned(),
        "/chat/ben".to_owned(),
        "/notifications".to_owned(),
        "/settings/notifications".to_owned(),
        format!("/p/{own}?edit={comment}"),
        format!("/p/{own}?delete={comment}"),
        format!("/p/{other}?reply={comment}"),
        format!("/p/{own}/edit"),
        format!("/p/{own}/delete"),
        format!("/?removed={own}"),
        "/verify/x".to_owned(),
        "/reset/x".to_owned(),
        "/login".to_owned(),
        "/signup".to_owned(),
        "/signup?sent".to_owned(),
        "/forgot".to_owned(),
    ] {
        for browser in [&ana, &visitor] {
            let page = browser.get(&path).await;
            for form in page.body.split("<form").skip(1).filter(|form| form.contains("method=\"post\"")) {
                let form = form.split("</form>").next().expect("a form");
                let field = format!("name=\"account\" value=\"{}\"", browser.account);
                assert!(form.contains(&field), "{path}: {form}");
                forms += 1;
            }
        }
    }
    assert!(forms > 40, "{forms}");
}

#[tokio::test]
async fn the_entrance_acts_for_nobody_and_says_so() {
    let site = Site::sqlite().await;
    let (old, ben) = (site.member("old").await, site.member("ben").await);
    let form = [("login", "old"), ("password", &*Seed::form("old").password)];
    // A form that does not say whom its page was made for is none of ours.
    let body = serde_urlencoded::to_string(form).expect("a form");
    let before = state(&site).await;
    for route in ENTRANCE {
        let answer = ben.send_unclaimed(&route.replace("{token}", "x"), FORM, body.clone()).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{route}: {}", answer.text());
        assert!(!answer.body.contains("plum tiger"), "a password came back");
    }
    assert_eq!(state(&site).await, before);
    // The page of the log-in was opened before the other tab logged in as Ben: whoever types a name and a password means it.
    let answer = ben.on_page_of("").post("/login", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let mut now = ben.on_page_of(&old.account);
    now.cookie = Some(answer.header("set-cookie").split(';').next().expect("a cookie").to_owned());
    assert_eq!(now.post("/posts", &[("body", "as old")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(ben.get("/chat").await.status, StatusCode::SEE_OTHER, "the session before has ended");
}

#[tokio::test]
async fn a_socket_of_another_accounts_page_is_told_who_is_signed_in_now() {
    let site = Site::sqlite().await;
    let (old, ben) = (site.member("old").await, site.member("ben").await);
    let address = site.listen().await;
    let ours = [("origin", "http://localhost:3000")];
    for account in [&*old.account, "", "x"] {
        let mut line =
            TestSocket::try_open(address, &ben.on_page_of(account), &ours).await.expect("an open socket");
        assert_eq!(line.receive().await, Received::ClosedBecause(CLOSE_OTHER_ACCOUNT, "ben".to_owned()));
    }
    assert_eq!(site.sockets(), 0);
    TestSocket::open(address, &ben).await;
}
