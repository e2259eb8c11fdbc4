use std::{net::SocketAddr, time::Duration};

use axum::http::{HeaderName, Request, StatusCode};
use futures::{SinkExt, StreamExt};
use protocol::live::{ClientMessage, ServerMessage};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use super::{Browser, Site};
use crate::connections::{self, ConnectionLimits};

/// Longer than anything here takes; what takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A socket as a script holds it.
pub(super) struct TestSocket(WebSocketStream<TcpStream>);

/// What came over a socket.
#[derive(Debug, PartialEq)]
pub(super) enum Received {
    Message(ServerMessage),
    /// The server said farewell, with this code.
    Closed(u16),
    /// The same, and said why.
    ClosedBecause(u16, String),
    /// The line was cut without a word.
    Cut,
}

impl Site {
    /// Answers at an address of this machine until the test ends.
    pub(super) async fn listen(&self) -> SocketAddr {
        let address = self.listen_within(ConnectionLimits::new(u64::MAX));
        // It begins to accept.
        tokio::task::yield_now().await;
        address
    }

    /// The same, within these limits.
    pub(super) fn listen_within(&self, limits: ConnectionLimits) -> SocketAddr {
        let listener = connections::listen(([127, 0, 0, 1], 0).into()).expect("a port");
        let address = listener.local_addr().expect("an address");
        crate::live::start(&self.state);
        let (proxies, stopping) = (self.state.config.trusted_proxies.clone(), self.state.stopping.clone());
        tokio::spawn(connections::serve(listener, self.router.clone(), limits, proxies, stopping));
        address
    }

    /// As many sockets as the hub knows.
    pub(super) fn sockets(&self) -> usize {
        self.state.cx.hub.len()
    }
}

impl TestSocket {
    /// Opens a socket as a page of ours does, and hears the welcome.
    pub(super) async fn open(address: SocketAddr, browser: &Browser) -> Self {
        let headers = [("origin", "http://localhost:3000")];
        let mut line = Self::try_open(address, browser, &headers).await.expect("an open socket");
        let welcome = line.receive().await;
        assert!(matches!(welcome, Received::Message(ServerMessage::Welcome { .. })), "{welcome:?}");
        line
    }

    /// Opens a socket with these headers, or says with which status it was refused.
    pub(super) async fn try_open(
        address: SocketAddr,
        browser: &Browser,
        headers: &[(&str, &str)],
    ) -> Result<Self, StatusCode> {
        let mut request: Request<()> =
            format!("ws://{address}/live?account={}&since={}", browser.account, i64::MAX)
                .into_client_request()
                .expect("a request");
        let cookie = browser.cookie.as_deref().map(|cookie| ("cookie", cookie));
        for (name, value) in headers.iter().copied().chain(cookie) {
            let name = name.parse::<HeaderName>().expect("a name");
            request.headers_mut().append(name, value.parse().expect("a value"));
        }
        let stream = TcpStream::connect(address).await.expect("a connection");
        match timeout(PATIENCE, client_async(request, stream)).await.expect("an answer in time") {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(refusal)) => Err(refusal.status()),
            Err(other) => panic!("{other}"),
        }
    }

    /// Says something; whether it arrives is another question.
    pub(super) async fn say(&mut self, message: &ClientMessage) {
        self.send(Message::text(serde_json::to_string(message).expect("a message in JSON"))).await;
    }

    pub(super) async fn send(&mut self, frame: Message) {
        // A line that the server has cut takes nothing more.
        _ = timeout(PATIENCE, self.0.send(frame)).await.expect("room on the line");
    }

    pub(super) async fn receive(&mut self) -> Received {
        loop {
            match timeout(PATIENCE, self.0.next()).await.expect("something to hear") {
                Some(Ok(Message::Text(text))) => {
                    return Received::Message(serde_json::from_str(&text).expect("a message"));
                }
                Some(Ok(Message::Close(Some(farewell)))) if farewell.reason.is_empty() => {
                    return Received::Closed(farewell.code.into());
                }
                Some(Ok(Message::Close(Some(farewell)))) => {
                    return Received::ClosedBecause(farewell.code.into(), farewell.reason.to_string());
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Received::Cut,
            }
        }
    }

    /// The next message that `wanted` makes something of; others are left out.
    pub(super) async fn receive_matching<T>(&mut self, wanted: impl Fn(ServerMessage) -> Option<T>) -> T {
        loop {
            match self.receive().await {
                Received::Message(message) => {
                    if let Some(found) = wanted(message) {
                        return found;
                    }
                }
                gone => panic!("{gone:?}"),
            }
        }
    }

    /// Hears what is left, and says with which code the server closed.
    pub(super) async fn close_code(&mut self) -> u16 {
        loop {
            match self.receive().await {
                Received::Message(_) => {}
                Received::Closed(code) | Received::ClosedBecause(code, _) => return code,
                Received::Cut => panic!("no farewell"),
            }
        }
    }

    /// Goes without a word, as when the power fails: what was on its way is lost.
    pub(super) fn cut(self) {
        self.0.get_ref().set_zero_linger().expect("a socket that can be reset");
    }

    /// Says farewell and goes.
    pub(super) async fn part(mut self) {
        _ = self.0.close(None).await;
    }
}

/// Waits until something is so that no message tells of.
pub(super) async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, waiting).await.expect("a condition that comes true");
}
