//! The settings of the account and its history, as a browser without a script meets them.

use axum::http::StatusCode;
use domain::testing::both;

use super::Site;

const PASSWORD: &str = "plum tiger stairs 9";
const NEW: &str = "quiet river lamp 27";

#[tokio::test]
async fn a_new_password_is_chosen_with_the_old_one_and_no_password_comes_back() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, mut phone) = (site.member("ana").await, site.visitor());
        phone.log_in("ana", PASSWORD).await;
        for (current, new, sentence) in [
            ("not this one 12", NEW, "Wrong password."),
            ("", NEW, "Enter your password."),
            (PASSWORD, "short", "Use at least 10 characters."),
        ] {
            let form = [("current_password", current), ("password", new)];
            let answer = ana.post("/settings/account/password", &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.text().contains(sentence), "{}", answer.text());
            assert!(!answer.body.contains(NEW) && !answer.body.contains(PASSWORD), "a password came back");
        }
        let form = [("current_password", PASSWORD), ("password", NEW)];
        let done = ana.post("/settings/account/password", &form).await;
        assert_eq!(
            (done.status, done.header("location")),
            (StatusCode::SEE_OTHER, "/settings/account?password")
        );
        assert_eq!(ana.get("/chat").await.status, StatusCode::OK);
        assert_eq!(phone.get("/chat").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn another_address_is_confirmed_by_its_link_which_opens_nothing_by_itself() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let form = [("current_password", PASSWORD), ("email", "nowhere")];
        let refused = ana.post("/settings/account/email", &form).await;
        assert_eq!(
            (refused.status, refused.field("email").as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "nowhere")
        );
        let form = [("current_password", PASSWORD), ("email", "new@example.org")];
        let done = ana.post("/settings/account/email", &form).await;
        assert_eq!(
            (done.status, done.header("location")),
            (StatusCode::SEE_OTHER, "/settings/account?email")
        );
        let page = ana.get("/settings/account").await.text();
        assert!(page.contains("ana@example.org") && page.contains("new@example.org"), "{page}");
        site.seed.run_jobs().await;
        let link = format!("/email/{}", site.seed.mailbox.take_token("new@example.org"));
        assert_eq!(site.visitor().get(&link).await.status, StatusCode::OK);
        assert!(
            ana.get("/settings/account").await.text().contains("ana@example.org"),
            "opening changes nothing"
        );
        let done = site.visitor().post(&link, &[]).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/login?confirmed"));
        let page = ana.get("/settings/account").await.text();
        assert!(!page.contains("ana@example.org") && page.contains("new@example.org"), "{page}");
        for useless in [link.as_str(), "/email/x", "/email/%00"] {
            let answer = site.visitor().post(useless, &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{useless}");
            assert!(answer.text().contains("This link doesn't work."), "{useless}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_theme_stands_in_the_page_before_any_script() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.member("ana").await, site.member("ben").await);
        let form = [
            ("theme", "dark"),
            ("date_style", "digits"),
            ("clock_style", "hours12"),
            ("read_receipts", "off"),
        ];
        let done = ana.post("/settings/account/preferences", &form).await;
        assert_eq!(
            (done.status, done.header("location")),
            (StatusCode::SEE_OTHER, "/settings/account?saved")
        );
        let html = |page: &str| {
            page.split("<html").nth(1).and_then(|rest| rest.split('>').next()).map(str::to_owned)
        };
        let page = ana.get("/settings/security").await;
        assert!(html(&page.body).is_some_and(|html| html.contains("data-theme=\"dark\"")), "{}", page.body);
        assert!(page.text().contains(" am UTC") || page.text().contains(" pm UTC"), "{}", page.text());
        assert!(html(&ben.get("/").await.body).is_some_and(|html| !html.contains("data-theme")));
        for (field, value) in [
            ("theme", "blue"),
            ("theme", ""),
            ("date_style", "\u{0}"),
            ("clock_style", "dark\" onload=\""),
            ("read_receipts", "maybe"),
        ] {
            let form = form.map(|(name, chosen)| (name, if name == field { value } else { chosen }));
            let refused = ana.post("/settings/account/preferences", &form).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        }
    })
    .await;
}

#[tokio::test]
async fn fields_that_no_form_has_change_nothing() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.member("ana").await, site.member("ben").await);
        let form = [
            ("theme", "light"),
            ("date_style", "words"),
            ("clock_style", "hours24"),
            ("read_receipts", "on"),
            ("id", ben.account.as_str()),
            ("account_id", ben.account.as_str()),
            ("is_admin", "1"),
            ("follower_count", "1000000"),
            ("verified_at", ""),
            ("email", "evil@example.org"),
            ("password_hash", "x"),
        ];
        let done = ana.post("/settings/account/preferences", &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let changed = "SELECT COUNT(*) AS count FROM account WHERE follower_count <> 0 OR email LIKE 'evil%' \
                       OR verified_at IS NULL OR password_hash = 'x'";
        assert_eq!(site.seed.number(changed).await, 0);
        let themes = "SELECT COUNT(*) AS count FROM account WHERE theme = 'light' AND username = 'ana'";
        assert_eq!(site.seed.number(themes).await, 1);
        assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM account WHERE theme = 'light'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_history_has_its_tabs_and_pages_without_a_script() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let scope = ana.scope(&site).await;
        for number in 0..21 {
            site.seed.post(&scope, &format!("post number {number}.")).await;
        }
        let overview = ana.get("/history").await.text();
        assert!(overview.contains("Posts21") && overview.contains("Storage used0 MB"), "{overview}");
        let posts = ana.get("/history?posts").await;
        assert!(posts.text().contains("post number 20.") && !posts.text().contains("post number 0."));
        let older = posts
            .body
            .split("href=\"/history?posts&amp;before=")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let older = format!("/history?posts&before={}", older.expect("a link"));
        assert!(ana.get(&older).await.text().contains("post number 0."));
        let log_ins = ana.get("/history?log-ins").await.text();
        assert!(log_ins.contains("This device") && log_ins.contains("Password"), "{log_ins}");
        for garbage in ["/history?posts&before=x", "/history?log-ins&before=%00", "/history?nothing"] {
            assert_eq!(ana.get(garbage).await.status, StatusCode::OK, "{garbage}");
        }
    })
    .await;
}
