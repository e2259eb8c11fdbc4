use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{body::Body, http::StatusCode};
use bytes::Bytes;
use domain::testing::pictures::png;
use futures::{Stream, stream};
use serde_json::json;
use tokio::{io::AsyncWriteExt, net::TcpStream};

use super::{Browser, Site, assert_nothing_stays, open_temporary, send};
use crate::tests::test_socket::until;

/// The head of a request, and as much of its body.
async fn begin(site: &Site, browser: &Browser, path: &str, kind: &str, body: &[u8]) -> TcpStream {
    let mut line = TcpStream::connect(site.listen().await).await.expect("a connection");
    let cookie = browser.cookie.as_deref().expect("a cookie");
    let account = &browser.account;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost:3000\r\nCookie: {cookie}\r\nX-Kith-Account: {account}\r\n\
         Content-Type: {kind}\r\nContent-Length: 5000000\r\n\r\n"
    );
    line.write_all(head.as_bytes()).await.expect("a head");
    line.write_all(body).await.expect("a body");
    line
}

#[tokio::test]
async fn a_connection_that_is_cut_leaves_nothing() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let file = vec![b'x'; 300_000];
    let form =
        [b"--x\r\nContent-Disposition: form-data; name=pictures; filename=a.jpg\r\n\r\n", &file[..]].concat();
    for (path, kind, body) in
        [("/media", "image/jpeg", &file), ("/posts", "multipart/form-data; boundary=x", &form)]
    {
        let line = begin(&site, &ana, path, kind, body).await;
        until(|| open_temporary(&site) == 1).await;
        assert!(site.seed.temporary_files().is_empty(), "it has no name that could stay behind");
        drop(line);
        until(|| open_temporary(&site) == 0).await;
        assert_nothing_stays(&site).await;
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_answered_and_leaves_nothing() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let pieces = [Ok(Bytes::from(png(60, 40))), Err(io::Error::from(io::ErrorKind::ConnectionReset))];
    let answer = send(&ana, Body::from_stream(stream::iter(pieces))).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_nothing_stays(&site).await;
}

/// One piece, and then no more. From there on time passes at once.
struct Stalling(Option<Bytes>);

impl Stream for Stalling {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        match self.0.take() {
            Some(piece) => Poll::Ready(Some(Ok(piece))),
            None => {
                tokio::time::pause();
                Poll::Pending
            }
        }
    }
}

#[tokio::test]
async fn a_line_over_which_nothing_comes_any_more_is_given_up() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let begun = tokio::time::Instant::now();
    let answer = send(&ana, Body::from_stream(Stalling(Some(Bytes::from_static(b"\xff\xd8\xff"))))).await;
    tokio::time::resume();
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.json(), json!({ "Problem": "unavailable" }));
    let waited = begun.elapsed().as_secs();
    assert!((20..60).contains(&waited), "{waited} seconds");
    assert_nothing_stays(&site).await;
}
