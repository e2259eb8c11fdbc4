//! Notifications as a browser without a script meets them.

use axum::http::StatusCode;
use domain::testing::{both, id};

use super::Site;

#[tokio::test]
async fn the_page_says_who_did_what_and_leads_there_and_the_icon_and_the_title_count_it() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let (me, ben) = (ana.scope(&site).await, site.seed.person("ben").await);
        let post = site.seed.post(&me, "about <the> garden").await.id;
        site.seed.like(&ben, post).await;
        let comment = site.seed.comment(&ben, post, "how nice").await.id;
        site.seed.follow(&ben, &me).await;
        let page = ana.get("/notifications").await;
        let text = page.text();
        for said in ["Ben Tester liked your post", "commented on your post", "started following you"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(text.contains("about <the> garden") && text.contains("how nice"), "{text}");
        for href in
            [format!("/p/{post}"), format!("/p/{post}?comment={comment}#c-{comment}"), "/u/ben".to_owned()]
        {
            assert!(page.body.contains(&format!("href=\"{href}\"")), "{href}: {}", page.body);
        }
        assert!(page.body.contains("<title>(3) Notifications"), "{}", page.body);
        assert!(page.body.contains("aria-label=\"Notifications, 3 unread\""), "{}", page.body);
    })
    .await;
}

#[tokio::test]
async fn they_are_read_and_deleted_by_plain_forms() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let (me, ben) = (ana.scope(&site).await, site.seed.person("ben").await);
        let post = site.seed.post(&me, "by ana").await.id;
        site.seed.like(&ben, post).await;
        site.seed.follow(&ben, &me).await;
        let through = ana.get("/notifications").await.field("through");
        let read = ana.post("/notifications/read", &[("through", &through)]).await;
        assert_eq!((read.status, read.header("location")), (StatusCode::SEE_OTHER, "/notifications"));
        let page = ana.get("/notifications").await;
        assert!(page.body.contains("aria-label=\"Notifications\""), "{}", page.body);
        let delete =
            page.body.split("action=\"/notifications/").find_map(|form| form.split_once("/delete\""));
        let (latest, _) = delete.expect("a form that deletes");
        let deleted = ana.post(&format!("/notifications/{latest}/delete"), &[]).await;
        assert_eq!(deleted.status, StatusCode::SEE_OTHER);
        let text = ana.get("/notifications").await.text();
        assert!(text.contains("liked your post") && !text.contains("started following you"), "{text}");
        ana.post("/notifications/delete", &[("through", &through)]).await;
        assert!(ana.get("/notifications").await.text().contains("No notifications yet"));
    })
    .await;
}

#[tokio::test]
async fn addresses_and_ids_that_are_none_are_refused_or_lead_to_the_beginning() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let whom = id(&ana.scope(&site).await).to_string();
    for path in ["/notifications?before=", "/notifications?before=x", "/notifications?before=1"] {
        let page = ana.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("No notifications yet"), "{path}");
    }
    for through in ["", "x", "1"] {
        for path in ["/notifications/read", "/notifications/delete"] {
            let answer = ana.post(path, &[("through", through)]).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}: {through}");
        }
    }
    assert_eq!(ana.post("/notifications/x/delete", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ana.post(&format!("/notifications/{whom}/delete"), &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn settings_are_saved_and_a_wrong_time_comes_back_with_all_that_was_chosen() {
    both(|seed| async move {
        let site = Site::new(seed);
        let ana = site.member("ana").await;
        let wrong = [("show", "like"), ("quiet", "on"), ("quiet_from", "25:00"), ("quiet_until", "07:00")];
        let refused = ana.post("/settings/notifications", &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Enter a time of day, such as 22:00."), "{}", refused.text());
        assert_eq!(refused.field("quiet_from"), "25:00");
        let right = wrong.map(|(field, value)| (field, if value == "25:00" { "23:30" } else { value }));
        let saved = ana.post("/settings/notifications", &right).await;
        assert_eq!(
            (saved.status, saved.header("location")),
            (StatusCode::SEE_OTHER, "/settings/notifications?saved")
        );
        let page = ana.get("/settings/notifications?saved").await;
        assert!(page.text().contains("Your changes are saved."), "{}", page.text());
        assert_eq!((page.field("quiet_from"), page.field("quiet_until")), ("23:30".into(), "07:00".into()));
        assert_eq!(page.body.matches(" checked").count(), 2, "likes and the quiet time: {}", page.body);
    })
    .await;
}
