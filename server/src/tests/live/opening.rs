use axum::http::StatusCode;

use crate::tests::{Site, test_socket::TestSocket};

#[tokio::test]
async fn only_a_page_of_ours_opens_a_socket() {
    let site = Site::sqlite().await;
    let (ana, address) = (site.member("ana").await, site.listen().await);
    for origin in [
        "http://evil.example",
        "http://localhost:3000.evil.example",
        "http://evil.example/http://localhost:3000",
        "http://evillocalhost:3000",
        "http://localhost:30000",
        "http://localhost:300",
        "http://localhost",
        "http://localhost:3001",
        "https://localhost:3000",
        "http://localhost:3000/",
        "http://LOCALHOST:3000",
        "http://user@localhost:3000",
        "http://127.0.0.1:3000",
        "null",
        "",
    ] {
        let refused = TestSocket::try_open(address, &ana, &[("origin", origin)]).await.err();
        assert_eq!(refused, Some(StatusCode::FORBIDDEN), "{origin}");
    }
    let ours = ("origin", "http://localhost:3000");
    assert_eq!(TestSocket::try_open(address, &ana, &[]).await.err(), Some(StatusCode::FORBIDDEN));
    assert_eq!(TestSocket::try_open(address, &ana, &[ours, ours]).await.err(), Some(StatusCode::FORBIDDEN));
    assert!(TestSocket::try_open(address, &ana, &[ours]).await.is_ok());
}

#[tokio::test]
async fn only_somebody_who_is_signed_in_opens_a_socket() {
    let site = Site::sqlite().await;
    let (mut ana, address) = (site.member("ana").await, site.listen().await);
    let ours = [("origin", "http://localhost:3000")];
    let nobody = site.visitor();
    assert_eq!(TestSocket::try_open(address, &nobody, &ours).await.err(), Some(StatusCode::UNAUTHORIZED));
    let cookie = ana.cookie.replace(format!("kith={}", "0".repeat(64)));
    assert_eq!(TestSocket::try_open(address, &ana, &ours).await.err(), Some(StatusCode::UNAUTHORIZED));
    ana.cookie = cookie;
    ana.post("/logout", &[]).await;
    assert_eq!(TestSocket::try_open(address, &ana, &ours).await.err(), Some(StatusCode::UNAUTHORIZED));
    assert_eq!(ana.get("/live").await.status, StatusCode::FORBIDDEN, "a page cannot be made of it");
}
