use axum::http::{Method, StatusCode};
use domain::{
    limit::Rates,
    testing::{Seed, TestDb, both, id},
};
use serde_json::json;

use super::Site;
use crate::config::Config;

#[tokio::test]
async fn a_wrong_name_and_a_wrong_password_are_answered_alike() {
    both(|seed| async move {
        let site = Site::new(seed);
        site.seed.person("ana").await;
        for login in ["ana", "ana@example.org", "nobody", "nobody@example.org", "", "a\u{0}b", "\"><script>"]
        {
            let form = [("login", login), ("password", "not this one 12"), ("next", "/chat")];
            let answer = site.visitor().post("/login", &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{login}");
            assert!(answer.text().contains("Wrong username or password."), "{login}");
            assert_eq!((answer.field("login").as_str(), answer.field("next").as_str()), (login, "/chat"));
            assert_eq!(answer.field("password"), "");
            assert!(!answer.body.contains("not this one 12"), "the password came back");
            assert_eq!(answer.header("set-cookie"), "");
        }
    })
    .await;
}

#[tokio::test]
async fn only_paths_of_ours_are_led_on_to() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let password = Seed::form("ana").password;
    for (number, (next, expected)) in [
        ("/chat", "/chat"),
        ("/p/1?x=1#top", "/p/1?x=1#top"),
        ("", "/"),
        ("chat", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        (" //evil.example", "/"),
        ("/%0d%0aevil", "/%0d%0aevil"),
    ]
    .into_iter()
    .enumerate()
    {
        let form = [("login", "ana"), ("password", password.as_str()), ("next", next)];
        let answer = site.visitor().post("/login", &form).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, expected), "{next}");
        let whom = site.seed.person(&format!("other{number}")).await;
        let whom = id(&whom).to_string();
        let answer = ana.post("/follow", &[("whom", &whom), ("back", next)]).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, expected), "{next}");
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_back_after_logging_in() {
    let site = Site::sqlite().await;
    let answer = site.visitor().get("/chat/ben?before=5&x=//evil").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/login?next=/chat/ben%3Fbefore%3D5%26x%3D//evil");
    let page = site.visitor().get(answer.header("location")).await;
    assert_eq!(page.field("next"), "/chat/ben?before=5&x=//evil");
}

#[tokio::test]
async fn the_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts() {
    let site = Site::sqlite().await;
    site.seed.person("ana").await;
    let password = Seed::form("ana").password;
    let form = [("login", "ana"), ("password", password.as_str())];
    let cookie = site.visitor().post("/login", &form).await.header("set-cookie").to_owned();
    let (token, rest) = cookie.split_once(';').expect("attributes");
    assert_eq!(token.strip_prefix("kith=").map(str::len), Some(64));
    assert_eq!(rest, " Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax");

    let config = Config { public_url: "https://kith.example.org".to_owned(), ..Config::default() };
    let site = Site::configured(site.seed, config);
    let cookie = site.visitor().post("/login", &form).await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-kith=") && cookie.ends_with("; SameSite=Lax; Secure"), "{cookie}");
    assert!(!cookie.contains("Domain"), "{cookie}");

    let mut ana = site.visitor();
    ana.cookie = Some(cookie.split(';').next().expect("a cookie").replace("__Host-", ""));
    assert_eq!(
        ana.get("/chat").await.status,
        StatusCode::SEE_OTHER,
        "a name that others can set is not believed"
    );
}

#[tokio::test]
async fn a_cookie_of_garbage_is_no_cookie() {
    let site = Site::sqlite().await;
    let real = site.member("ana").await.cookie.expect("a cookie");
    let token = real.strip_prefix("kith=").expect("a token");
    for garbage in [
        "kith=".to_owned(),
        "kith".to_owned(),
        "kith=x".to_owned(),
        "=;;==; kith".to_owned(),
        format!("kith={}", "0".repeat(64)),
        format!("kith={}", &token[1..]),
        format!("kith={token}0"),
        format!("kith=\"{token}\""),
        format!("other={token}"),
        format!("kith={}", "é".repeat(32)),
        format!("kith={}", "f".repeat(8_000)),
    ] {
        let mut browser = site.visitor();
        browser.cookie = Some(garbage.clone());
        assert_eq!(browser.get("/").await.status, StatusCode::OK, "{garbage}");
        assert_eq!(browser.get("/chat").await.status, StatusCode::SEE_OTHER, "{garbage}");
        let answer =
            browser.send(Method::POST, "/api/app/chat/api/conversations", "application/json", "{}").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{garbage}");
    }
    let mut browser = site.visitor();
    browser.cookie = Some(format!("a=b; {real}; c=d"));
    assert_eq!(browser.get("/chat").await.status, StatusCode::OK);
}

#[tokio::test]
async fn logging_out_and_a_new_password_end_the_session() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let mut elsewhere = site.visitor();
        elsewhere.log_in("ana@example.org", &Seed::form("ana").password).await;
        let left = ana.post("/logout", &[]).await;
        assert_eq!((left.status, left.header("location")), (StatusCode::SEE_OTHER, "/login?left"));
        assert_eq!(left.header("set-cookie"), "kith=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        assert_eq!(
            ana.get("/chat").await.status,
            StatusCode::SEE_OTHER,
            "the token is worth nothing any more"
        );
        assert_eq!(elsewhere.get("/chat").await.status, StatusCode::OK);
        site.visitor().post("/forgot", &[("email", "ana@example.org")]).await;
        site.seed.run_jobs().await;
        let token = site.seed.mailbox.take_token("ana@example.org");
        site.visitor().post(&format!("/reset/{token}"), &[("password", "quiet river lamp 27")]).await;
        assert_eq!(elsewhere.get("/chat").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_in_already_hears_that_a_log_in_failed() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let answer = ana.post("/login", &[("login", "ben"), ("password", "not this one 12")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.field("login"), "ben");
}

#[tokio::test]
async fn a_browser_forgets_pictures_and_pages_with_its_session() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, mut elsewhere) = (site.member("ana").await, site.visitor());
        elsewhere.log_in("ana", &Seed::form("ana").password).await;
        assert_eq!(ana.get("/").await.header("clear-site-data"), "");
        assert_eq!(site.visitor().get("/").await.header("clear-site-data"), "");
        assert_eq!(ana.post("/logout", &[]).await.header("clear-site-data"), "\"cache\"");

        // Another browser, whose session ends without it: by its age, by a new password, by an operator.
        site.seed.clock.advance_seconds(domain::session::IDLE_SECONDS);
        assert_eq!(elsewhere.call("chat/api/conversations", &json!({})).await.header("clear-site-data"), "");
        let first = elsewhere.get("/chat").await;
        assert_eq!((first.status, first.header("clear-site-data")), (StatusCode::SEE_OTHER, "\"cache\""));
        let mark = first.header("set-cookie").split(';').next().expect("a cookie").to_owned();
        assert!(mark.starts_with("kith-ended=") && mark.len() == "kith-ended=".len() + 16, "{mark}");
        // The cookie of a log-in that came meanwhile is not taken away by a late answer, and the client is not loaded anew by
        // each page.
        elsewhere.cookie = elsewhere.cookie.map(|cookie| format!("{cookie}; {mark}"));
        let second = elsewhere.get("/login").await;
        assert_eq!((second.header("clear-site-data"), second.header("set-cookie")), ("", ""));
    })
    .await;
}

/// Guesses at Ana's account until that is refused.
async fn lock_out(site: &Site) {
    for attempt in 0..11 {
        let stranger = site.visitor_at([198, 51, 100, attempt].into());
        let form =
            [("login", if attempt % 2 == 0 { "ana" } else { "ana@example.org" }), ("password", "wrong")];
        let answer = stranger.post("/login", &form).await;
        let expected =
            if attempt < 10 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(answer.status, expected, "attempt {attempt}");
    }
}

#[tokio::test]
async fn strangers_lock_nobody_out_of_a_browser_that_was_signed_in_before() {
    for store in [TestDb::sqlite(Rates::default()).await, TestDb::postgres(Rates::default()).await] {
        let site = Site::new(Seed::new(store));
        let account = id(&site.seed.person("ana").await).to_string();
        let password = Seed::form("ana").password;
        let form = [("login", "ana"), ("password", password.as_str())];
        let mut ana = site.visitor();
        let answer = ana.post("/login", &form).await;
        let cookies: Vec<&str> = answer
            .headers
            .get_all("set-cookie")
            .iter()
            .map(|value| value.to_str().expect("a cookie"))
            .collect();
        let [session, device] = cookies[..] else { panic!("{cookies:?}") };
        let (token, rest) = device.split_once(';').expect("attributes");
        assert_eq!(token.strip_prefix("kith-device=").map(str::len), Some(64));
        assert_eq!(rest, " Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax");
        ana.cookie = session.split(';').next().map(str::to_owned);
        let left = ana.on_page_of(&account).post("/logout", &[]).await;
        assert_eq!(left.status, StatusCode::SEE_OTHER);

        lock_out(&site).await;
        assert_eq!(site.visitor().post("/login", &form).await.status, StatusCode::TOO_MANY_REQUESTS);
        ana.cookie = Some(token.to_owned());
        assert_eq!(ana.post("/login", &form).await.status, StatusCode::SEE_OTHER);
    }
}
