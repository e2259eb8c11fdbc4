//! Two-factor authentication and signed-in devices, as a browser without a script meets them.

use axum::http::StatusCode;
use domain::testing::{Seed, both};

use super::{Answer, Browser, Site};

const PASSWORD: &str = "plum tiger stairs 9";
const SECURITY: &str = "/settings/security";
const TWO_FACTOR: &str = "/settings/security/two-factor";

/// The cookie of this name in an answer: its value, and its attributes.
fn cookie<'a>(answer: &'a Answer, name: &str) -> Option<(&'a str, &'a str)> {
    let all = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    all.filter_map(|cookie| {
        cookie.split_once('=')?.1.split_once(';').filter(|_| cookie.starts_with(&format!("{name}=")))
    })
    .next()
}

/// The recovery codes on a page.
fn recovery_codes(page: &Answer) -> Vec<String> {
    let codes = page.body.split("<code>").skip(1).filter_map(|rest| rest.split("</code>").next());
    let codes = codes.map(|code| code.trim_end_matches("<!>"));
    codes.filter(|code| code.len() == 19).map(str::to_owned).collect()
}

async fn turn_on(site: &Site, ana: &Browser) -> Vec<String> {
    let begun = ana.post(TWO_FACTOR, &[("current_password", PASSWORD)]).await;
    assert_eq!((begun.status, begun.header("location")), (StatusCode::SEE_OTHER, TWO_FACTOR));
    let code = site.seed.authenticator_code(&ana.scope(site).await, 0).await;
    let page = ana.post("/settings/security/two-factor/confirm", &[("code", &code)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    recovery_codes(&page)
}

#[tokio::test]
async fn two_factor_authentication_is_set_up_with_plain_forms_and_recovery_codes_are_shown_once() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let refused = ana.post(TWO_FACTOR, &[("current_password", "not this one 12")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.error_at("current_password"), "Wrong password.");
        assert_eq!(ana.get(TWO_FACTOR).await.status, StatusCode::NOT_FOUND, "nothing is being set up");
        ana.post(TWO_FACTOR, &[("current_password", PASSWORD)]).await;
        let page = ana.get(TWO_FACTOR).await;
        assert!(page.body.contains("<svg viewBox=\"0 0 "), "{}", page.body);
        assert!(page.body.contains("otpauth://totp/Kith:ana@"), "{}", page.body);
        assert!(!page.body.contains("style="), "the policy forbids inline styles");
        let wrong = ana.post("/settings/security/two-factor/confirm", &[("code", "12345")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.error_at("code").starts_with("Wrong code."));
        let codes = turn_on(&site, &ana).await;
        assert_eq!(codes.len(), 10);
        let later = ana.get(SECURITY).await;
        assert!(later.text().contains("10 recovery codes left"), "{}", later.text());
        assert_eq!((recovery_codes(&later).len(), later.body.contains(&codes[0])), (0, false));
        let renewed =
            ana.post("/settings/security/two-factor/codes", &[("current_password", PASSWORD)]).await;
        assert_eq!(recovery_codes(&renewed).len(), 10);
        assert!(!renewed.body.contains(&codes[0]));
        let off = [("current_password", PASSWORD), ("code", codes[0].as_str())];
        let refused = ana.post("/settings/security/two-factor/off", &off).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a code that was replaced");
        assert_eq!(refused.field("code"), "", "a code is not given back");
        let off = [("current_password", PASSWORD), ("code", recovery_codes(&renewed)[0].as_str())]
            .map(|(name, value)| (name, value.to_owned()));
        let off: Vec<_> = off.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = ana.post("/settings/security/two-factor/off", &off).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/settings/security?off"));
    })
    .await;
}

#[tokio::test]
async fn the_first_step_of_a_log_in_opens_nothing_but_the_second() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let codes = turn_on(&site, &ana).await;
        let mut browser = site.visitor();
        let form = [("login", "ana"), ("password", PASSWORD), ("next", "/chat?x=1")];
        let first = browser.post("/login", &form).await;
        let location = first.header("location").to_owned();
        assert_eq!(
            (first.status, location.as_str()),
            (StatusCode::SEE_OTHER, "/login/code?next=/chat%3Fx%3D1")
        );
        assert_eq!(cookie(&first, "kith"), None, "nobody is signed in yet");
        let (token, rest) = cookie(&first, "kith-login").expect("a cookie");
        assert_eq!((token.len(), rest), (64, " Path=/; Max-Age=300; HttpOnly; SameSite=Lax"));
        for name in ["kith", "kith-device", "kith-signup"] {
            browser.cookie = Some(format!("{name}={token}"));
            assert_eq!(browser.get("/chat").await.status, StatusCode::SEE_OTHER, "{name}");
        }
        browser.cookie = Some(format!("kith-login={token}"));
        assert_eq!(browser.get("/chat").await.status, StatusCode::SEE_OTHER);
        let page = browser.get(&location).await;
        assert_eq!((page.status, page.field("next").as_str()), (StatusCode::OK, "/chat?x=1"));
        let wrong = browser.post("/login/code", &[("code", "abc"), ("next", "/chat?x=1")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!((wrong.field("code").as_str(), wrong.field("next").as_str()), ("", "/chat?x=1"));
        let evil = browser.post("/login/code", &[("code", &codes[0]), ("next", "//evil.example")]).await;
        assert_eq!((evil.status, evil.header("location")), (StatusCode::SEE_OTHER, "/"));
        let (session, _) = cookie(&evil, "kith").expect("a session");
        assert_eq!(cookie(&evil, "kith-login").map(|(token, _)| token), Some(""));
        let again = browser.post("/login/code", &[("code", &codes[1])]).await;
        assert_eq!((again.status, again.header("location")), (StatusCode::SEE_OTHER, "/login?expired"));
        browser.cookie = Some(format!("kith={session}"));
        assert_eq!(browser.get("/chat").await.status, StatusCode::OK);
        let expired = site.visitor().get("/login?expired").await;
        assert!(expired.text().contains("That took too long. Log in again."));
    })
    .await;
}

#[tokio::test]
async fn other_peoples_sessions_cannot_be_signed_out() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.member("ana").await, site.member("ben").await);
        let bens = ben.scope(&site).await.session().expect("a session").id.to_string();
        let page = ana.get(SECURITY).await;
        assert!(page.text().contains("This device") && !page.body.contains(&bens));
        let unknown = site.seed.cx.new_id().expect("an id").to_string();
        let answers = [
            ana.post("/settings/security/sign-out", &[("session", &bens)]).await,
            ana.post("/settings/security/sign-out", &[("session", &unknown)]).await,
        ];
        assert_eq!(answers[0].status, StatusCode::NOT_FOUND);
        assert_eq!(answers[0].text(), answers[1].text());
        for garbage in ["", "x", "\u{0}", "0"] {
            let answer = ana.post("/settings/security/sign-out", &[("session", garbage)]).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{garbage:?}");
        }
        assert_eq!(ben.get("/chat").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_device_that_is_signed_out_is_out_at_once() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let mut phone = site.visitor();
        phone.log_in("ana", PASSWORD).await;
        let session = phone.scope(&site).await.session().expect("a session").id.to_string();
        let done = ana.post("/settings/security/sign-out", &[("session", &session)]).await;
        assert_eq!(
            (done.status, done.header("location")),
            (StatusCode::SEE_OTHER, "/settings/security?signed-out")
        );
        assert_eq!(phone.get("/chat").await.status, StatusCode::SEE_OTHER);
        phone.cookie = None;
        phone.log_in("ana", PASSWORD).await;
        ana.post("/settings/security/sign-out-others", &[]).await;
        assert_eq!(phone.get("/chat").await.status, StatusCode::SEE_OTHER);
        assert_eq!(ana.get("/chat").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn secrets_of_two_factor_authentication_stand_in_no_other_page() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        ana.post(TWO_FACTOR, &[("current_password", PASSWORD)]).await;
        let page = ana.get(TWO_FACTOR).await;
        let secret = page
            .body
            .split("secret=")
            .nth(1)
            .and_then(|rest| rest.split(['&', '"']).next())
            .expect("a secret")
            .to_owned();
        turn_on(&site, &ana).await;
        for path in ["/", SECURITY, TWO_FACTOR, "/settings/account", "/history?log-ins"] {
            let answer = ana.get(path).await;
            assert!(!answer.body.contains(&secret), "{path}");
        }
        assert_eq!(ana.get(TWO_FACTOR).await.status, StatusCode::NOT_FOUND);
        assert_eq!(Seed::form("ana").password, PASSWORD);
    })
    .await;
}
