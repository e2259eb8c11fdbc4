//! Connections of people who want nothing but our memory.

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

use super::{Site, test_socket::TestSocket};
use crate::connections::{ConnectionLimits, raise_limit};

/// Longer than anything here takes; what takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(300);
const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nhost: localhost:3000\r\n\r\n";

/// Limits that end at once what they end.
fn impatient() -> ConnectionLimits {
    ConnectionLimits { first_request: SHORT, keep_alive: SHORT, stall: SHORT, ..patient() }
}

fn patient() -> ConnectionLimits {
    ConnectionLimits::new(u64::MAX)
}

/// A connection from this machine under another of its addresses.
async fn from(last: u8, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    // Little is kept for whoever does not read.
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    socket.bind(([127, 0, 0, last], 0).into()).expect("an address");
    socket.connect(to).await.expect("a connection")
}

/// The status of the answer to a request; none when there was no answer.
async fn status(stream: &mut TcpStream) -> Option<u16> {
    // Where there is no place for it, it is closed before this is read.
    _ = stream.write_all(REQUEST).await;
    let mut answer = Vec::new();
    while !answer.windows(4).any(|end| end == b"\r\n\r\n") {
        match timeout(PATIENCE, stream.read_buf(&mut answer)).await.expect("an answer in time") {
            Ok(1..) => {}
            Ok(0) | Err(_) => return None,
        }
    }
    String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
}

/// Waits until the server has closed.
async fn is_closed(mut stream: TcpStream) {
    let mut rest = Vec::new();
    // Whether it ends with a farewell or without one.
    _ = timeout(PATIENCE, stream.read_to_end(&mut rest)).await.expect("an end in time");
}

/// Waits until there is a place, which nobody is told of.
async fn place(last: u8, to: SocketAddr) {
    let found = async {
        while status(&mut from(last, to).await).await != Some(200) {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, found).await.expect("a place");
}

#[tokio::test]
async fn who_says_nothing_or_half_of_it_is_closed() {
    let address = Site::sqlite().await.listen_within(impatient());
    for said in [&b""[..], b"GET /healthz HT", b"GET /healthz HTTP/1.1\r\nhost: localhost:3000\r\n"] {
        let mut stream = from(1, address).await;
        stream.write_all(said).await.expect("a beginning");
        is_closed(stream).await;
    }
}

#[tokio::test]
async fn a_head_that_comes_letter_by_letter_is_not_waited_for() {
    let address = Site::sqlite().await.listen_within(impatient());
    let (mut reader, mut writer) = from(1, address).await.into_split();
    let dripping = async {
        let mut pause = tokio::time::interval(SHORT / 10);
        while writer.write_all(b"x").await.is_ok() {
            pause.tick().await;
        }
    };
    let closed = async {
        let mut rest = Vec::new();
        _ = reader.read_to_end(&mut rest).await;
    };
    timeout(PATIENCE, async { tokio::join!(dripping, closed) }).await.expect("an end in time");
}

#[tokio::test]
async fn a_connection_serves_many_requests_and_is_closed_when_none_comes() {
    let address = Site::sqlite().await.listen_within(impatient());
    let mut stream = from(1, address).await;
    for _ in 0..3 {
        assert_eq!(status(&mut stream).await, Some(200));
    }
    is_closed(stream).await;
}

#[tokio::test]
async fn who_asks_for_much_and_reads_nothing_is_cut_off() {
    let site = Site::sqlite().await;
    let limits = ConnectionLimits { all: 1, stall: SHORT, ..patient() };
    let address = site.listen_within(limits);
    let mut greedy = from(1, address).await;
    let page = b"GET /signup HTTP/1.1\r\nhost: localhost:3000\r\n\r\n";
    greedy.write_all(&page.repeat(400)).await.expect("many requests");
    // The only place is free again, though the one who had it neither read nor left.
    place(2, address).await;
    drop(greedy);
}

#[tokio::test]
async fn one_address_has_so_many_connections_and_leaves_the_others_theirs() {
    let site = Site::sqlite().await;
    let address = site.listen_within(ConnectionLimits { per_address: 3, ..patient() });
    let mut mine = Vec::new();
    for _ in 0..3 {
        let mut stream = from(1, address).await;
        assert_eq!(status(&mut stream).await, Some(200));
        mine.push(stream);
    }
    let refused = status(&mut from(1, address).await).await;
    assert!(matches!(refused, Some(503) | None), "{refused:?}");
    assert_eq!(status(&mut from(2, address).await).await, Some(200));
    for stream in &mut mine {
        assert_eq!(status(stream).await, Some(200), "those that are open go on");
    }
    mine.pop();
    place(1, address).await;
}

#[tokio::test]
async fn a_trusted_proxy_has_as_many_connections_as_there_are() {
    let proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    let config = crate::config::Config { trusted_proxies: proxies, ..Default::default() };
    let site = Site::configured(Site::sqlite().await.seed, config);
    let address = site.listen_within(ConnectionLimits { per_address: 1, ..patient() });
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(from(1, address).await);
    }
    for stream in &mut all {
        assert_eq!(status(stream).await, Some(200));
    }
}

#[tokio::test]
async fn a_thousand_idle_connections_leave_room_for_everybody_else() {
    // Both ends of all of them are in this process.
    raise_limit();
    let site = Site::sqlite().await;
    // The limits of a process that may have 1,024 files open, which took the server off the net.
    let address = site.listen_within(ConnectionLimits::new(1_024));
    let mut idle = Vec::new();
    for _ in 0..1_030 {
        idle.push(from(1, address).await);
    }
    assert_eq!(status(&mut from(2, address).await).await, Some(200));
    drop(idle);
    place(1, address).await;
}

#[tokio::test]
async fn an_open_socket_keeps_its_place_for_as_long_as_it_is_open() {
    let site = Site::sqlite().await;
    let ana = site.member("ana").await;
    let limits = ConnectionLimits { all: 1, ..impatient() };
    let address = site.listen_within(limits);
    let line = TestSocket::open(address, &ana).await;
    let refused = status(&mut from(2, address).await).await;
    assert!(matches!(refused, Some(503) | None), "{refused:?}");
    line.part().await;
    place(2, address).await;
}

#[tokio::test]
async fn a_server_that_stops_closes_idle_connections_at_once() {
    let site = Site::sqlite().await;
    let address = site.listen_within(patient());
    let silent = from(1, address).await;
    let mut idle = from(1, address).await;
    assert_eq!(status(&mut idle).await, Some(200));
    site.state.stopping.cancel();
    is_closed(silent).await;
    is_closed(idle).await;
    assert!(TcpStream::connect(address).await.is_err(), "nobody is taken in any more");
}

#[test]
fn all_connections_leave_files_for_the_database_and_for_what_they_ask_for() {
    for open_files in [0, 256, 1_024, 4_096, 524_288, u64::MAX] {
        let limits = ConnectionLimits::new(open_files);
        let files = 2 * limits.all as u64 + 256;
        assert!(files <= open_files.max(288), "{open_files}: {limits:?}");
        assert!(limits.per_address * 4 <= limits.all && limits.per_address > 0, "{limits:?}");
    }
}
