//! The table of the pages says who may open each, and the host asks it.

use axum::http::{Method, StatusCode};

use super::Site;

#[tokio::test]
async fn pages_for_members_ask_visitors_to_log_in() {
    let site = Site::sqlite().await;
    let visitor = site.visitor();
    for path in [
        "/chat",
        "/chat/ana",
        "/u/ana",
        "/p/1",
        "/p/1/likes",
        "/p/1/edit",
        "/p/1/delete",
        "/p/1/history",
        "/settings/account",
        "/settings/security",
        "/settings/security/two-factor",
        "/history",
        "/notifications",
        "/settings/notifications",
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = visitor.send(method, path, "", "").await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
            assert_eq!(answer.header("location"), format!("/login?next={path}"));
        }
    }
}

#[tokio::test]
async fn pages_for_visitors_lead_members_home_unless_they_want_another_account() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    for path in ["/login", "/login/code", "/signup", "/forgot"] {
        let answer = ana.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{path}");
        assert_eq!(ana.get(&format!("{path}?switch")).await.status, StatusCode::OK, "{path}");
        assert_eq!(site.visitor().get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn pages_for_everyone_open_for_everyone() {
    let site = Site::sqlite().await;
    let (visitor, ana) = (site.visitor(), site.member("ana").await);
    for path in ["/", "/verify/x", "/reset/x", "/email/x"] {
        for reader in [&visitor, &ana] {
            assert_eq!(reader.get(path).await.status, StatusCode::OK, "{path}");
        }
    }
}

#[tokio::test]
async fn an_address_that_is_no_page_is_not_found_by_people_and_refused_to_programs() {
    let site = Site::sqlite().await;
    let (visitor, ana) = (site.visitor(), site.member("ana").await);
    for path in ["/nowhere", "/p/1/nowhere", "/logout", "/follow", "/p/1/like"] {
        for reader in [&visitor, &ana] {
            let answer = reader.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(answer.text().contains("Page not found"), "{path}: {}", answer.text());
        }
    }
    let program = ana.saying("accept", "*/*");
    assert_eq!(program.get("/logout").await.status, StatusCode::METHOD_NOT_ALLOWED);
}
