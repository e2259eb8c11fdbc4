//! Connections: how many there are, and how long one may keep a slot without doing anything with it.
//!
//! Every stranger can open connections, so each has a limit that ends it: the time until its first request, the time
//! between two requests, and the time in which it takes nothing of what is sent to it. Handlers limit the rest.

use std::{convert::Infallible, io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use ipnet::IpNet;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
    time::{Instant, sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

mod open_files;
mod slots;
mod write_timeout;

pub(crate) use open_files::raise_limit;
use slots::{ConnectionSlots, Slot};
use write_timeout::WriteTimeout;

/// Bytes of a request's head at most: the longest that browsers send is a few kilobytes.
const HEAD_BYTES: usize = 32 * 1024;
/// Header lines of a request at most.
const HEADERS: usize = 100;
/// Bytes that the kernel is asked to keep for a connection that reads slowly. Without this it keeps megabytes, and notices
/// only after many of them that something was taken.
const SEND_BUFFER_BYTES: usize = 128 * 1024;
/// How long no connection is taken after the process had no room for one.
const ACCEPT_PAUSE: Duration = Duration::from_millis(500);
/// Time between two lines in the log about the same trouble.
const LOG_PAUSE: Duration = Duration::from_secs(60);
/// Connections that one process holds at most, however many files it may open.
const MOST: usize = 8_192;
/// Files that the database, logs and jobs have open.
const OTHER_FILES: u64 = 256;
/// Said to whom there is no slot for, before the connection is closed.
const BUSY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// What connections may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConnectionLimits {
    /// Connections at a time.
    pub(crate) all: usize,
    /// Connections at a time from one address. A school behind one address has hundreds: forty browsers with seven each. A
    /// trusted proxy carries everybody, and has no such limit.
    pub(crate) per_address: usize,
    /// Until the head of the first request is there.
    pub(crate) first_request: Duration,
    /// From the end of a request until the head of the next one is there. Longer than proxies keep their own connections,
    /// so that they are the ones who close.
    pub(crate) keep_alive: Duration,
    /// While the peer takes nothing of what is sent. One that is slow takes something.
    pub(crate) stall: Duration,
}

impl ConnectionLimits {
    /// Those of a process that may have so many files open: each connection can have one beside itself.
    pub(crate) fn new(open_files: u64) -> Self {
        let all = usize::try_from(open_files.saturating_sub(OTHER_FILES) / 2).unwrap_or(MOST).clamp(16, MOST);
        Self {
            all,
            per_address: (all / 4).min(512),
            first_request: Duration::from_secs(20),
            keep_alive: Duration::from_secs(75),
            stall: Duration::from_secs(45),
        }
    }
}

/// Answers requests until `stopping`, and then until the last one under way is answered.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ConnectionLimits,
    proxies: Vec<IpNet>,
    stopping: CancellationToken,
) {
    let slots = ConnectionSlots::new(limits, proxies);
    let connections = TaskTracker::new();
    let (mut refused, mut failed) = (LogThrottle::default(), LogThrottle::default());
    loop {
        let accepted = tokio::select! {
            biased;
            () = stopping.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => match slots.take(peer.ip()) {
                Some(slot) => {
                    let connection = Connection { peer, slot, limits, stopping: stopping.clone() };
                    connections.spawn(connection.run(stream, router.clone()));
                }
                None => {
                    // Whether the peer hears it or not, it is closed.
                    _ = stream.try_write(BUSY);
                    if refused.is_due() {
                        tracing::warn!(
                            "connections are refused: all of one address's or of this process are taken"
                        );
                    }
                }
            },
            Err(error) if is_of_the_peer(&error) => {}
            Err(error) => {
                if failed.is_due() {
                    tracing::error!(%error, "connections can't be accepted");
                }
                _ = timeout(ACCEPT_PAUSE, stopping.cancelled()).await;
            }
        }
    }
    // Whoever comes now is refused by the kernel.
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// Says something at most once in a while: how often it happens, strangers decide.
#[derive(Default)]
struct LogThrottle(Option<Instant>);

impl LogThrottle {
    fn is_due(&mut self) -> bool {
        let is_due = self.0.is_none_or(|last| last.elapsed() > LOG_PAUSE);
        if is_due {
            self.0 = Some(Instant::now());
        }
        is_due
    }
}

/// Whether the connection broke before it was accepted; the next one is not affected.
fn is_of_the_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One connection.
struct Connection {
    peer: SocketAddr,
    slot: Slot,
    limits: ConnectionLimits,
    stopping: CancellationToken,
}

impl Connection {
    async fn run(self, stream: TcpStream, router: Router) {
        let Self { peer, slot, limits, stopping } = self;
        // What cannot be set is set by the system.
        _ = stream.set_nodelay(true);
        let requested = Arc::new(Notify::new());
        let service = service_fn({
            let requested = Arc::clone(&requested);
            move |request: Request<Incoming>| {
                requested.notify_one();
                answer(router.clone(), peer, request)
            }
        });
        let stream = TokioIo::new(WriteTimeout::new(stream, limits.stall, slot));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.keep_alive)
            .max_headers(HEADERS)
            .max_header_size(HEAD_BYTES)
            .serve_connection(stream, service)
            .with_upgrades();
        let mut connection = pin!(connection);
        tokio::select! {
            biased;
            // How it ended is the peer's business.
            _ = connection.as_mut() => return,
            () = requested.notified() => {}
            () = sleep(limits.first_request) => return,
            () = stopping.cancelled() => return,
        }
        tokio::select! {
            biased;
            _ = connection.as_mut() => return,
            () = stopping.cancelled() => connection.as_mut().graceful_shutdown(),
        }
        _ = connection.await;
    }
}

async fn answer(
    router: Router,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<axum::response::Response, Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request).await
}

/// Listens on `address`. Connections inherit the size of the buffer.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket =
        if address.is_ipv4() { tokio::net::TcpSocket::new_v4() } else { tokio::net::TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(u32::try_from(SEND_BUFFER_BYTES).unwrap_or(u32::MAX))?;
    socket.bind(address)?;
    socket.listen(1_024)
}
