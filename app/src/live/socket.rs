//! Keeps the socket open: opens it, notices when it is dead, and comes back after a pause that grows, with chance in it
//! so that not everybody comes back at once.

use std::time::Duration;

use futures::{
    FutureExt, SinkExt, StreamExt,
    channel::mpsc::{self, UnboundedReceiver},
    future,
    select,
};
use gloo_net::websocket::{Message, WebSocketError, futures::WebSocket};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use protocol::live::{
    CLOSE_PROTOCOL, CLOSE_SIGNED_OUT, ClientMessage, SILENCE_SECONDS, ServerMessage, VERSION,
};

use super::Live;

const FIRST_PAUSE_MILLIS: f64 = 250.0;
const LONGEST_PAUSE_MILLIS: f64 = 20_000.0;

/// How a socket ended.
enum End {
    /// It broke; whether it had been welcomed.
    Broken { welcomed: bool },
    /// The page is of no use any more: signed out, or older than the server.
    Reload,
}

/// Keeps a socket open as long as the page lives.
pub(super) fn keep_open(live: Live) {
    let (network, changes) = mpsc::unbounded();
    listen_to_network(network);
    leptos::task::spawn_local(run(live, changes));
}

async fn run(live: Live, mut network: UnboundedReceiver<bool>) {
    let mut attempts = 0;
    loop {
        match connect(live, &mut network).await {
            End::Reload => {
                // A page that cannot reload stays as it is.
                _ = window().location().reload();
                return;
            }
            End::Broken { welcomed: true } => attempts = 0,
            End::Broken { welcomed: false } => attempts += 1,
        }
        live.lost();
        let pause = TimeoutFuture::new(pause_millis(attempts));
        // The network's return ends the pause; its going, once more, does not.
        let online = network.by_ref().filter(|online| future::ready(*online)).into_future();
        future::select(pause, online).await;
    }
}

async fn connect(live: Live, network: &mut UnboundedReceiver<bool>) -> End {
    let Ok(socket) = WebSocket::open(&address()) else { return End::Broken { welcomed: false } };
    let (mut sink, stream) = socket.split();
    let mut stream = stream.fuse();
    let (queue, mut outgoing) = mpsc::unbounded();
    live.opened(queue);
    let mut welcomed = false;
    loop {
        let mut silence = std::pin::pin!(silence().fuse());
        select! {
            message = stream.next() => match message {
                Some(Ok(Message::Text(text))) => match serde_json::from_str::<ServerMessage>(&text) {
                    Ok(ServerMessage::Welcome { version, .. }) if version != VERSION => return End::Reload,
                    Ok(message) => {
                        welcomed = true;
                        live.received(&message);
                    }
                    // A newer server may say what this page does not know; what it does not know, it does not need.
                    Err(_) => {}
                },
                Some(Err(WebSocketError::ConnectionClose(close)))
                    if [CLOSE_SIGNED_OUT, CLOSE_PROTOCOL].contains(&close.code) => return End::Reload,
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return End::Broken { welcomed },
            },
            message = outgoing.next() => {
                let Some(text) = message.as_ref().and_then(encode) else { continue };
                if sink.send(Message::Text(text)).await.is_err() {
                    return End::Broken { welcomed };
                }
            }
            online = network.next() => if online == Some(false) {
                return End::Broken { welcomed };
            },
            () = silence => return End::Broken { welcomed },
        }
    }
}

fn encode(message: &ClientMessage) -> Option<String> {
    serde_json::to_string(message).ok()
}

fn silence() -> TimeoutFuture {
    TimeoutFuture::new(SILENCE_SECONDS * 1_000)
}

fn pause_millis(attempts: i32) -> u32 {
    let longest = (FIRST_PAUSE_MILLIS * 2_f64.powi(attempts.min(10))).min(LONGEST_PAUSE_MILLIS);
    let pause = Duration::from_secs_f64(longest * (0.5 + js_sys::Math::random() / 2.0) / 1_000.0);
    u32::try_from(pause.as_millis()).unwrap_or(u32::MAX)
}

fn address() -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|scheme| scheme == "https:") { "wss" } else { "ws" };
    format!("{scheme}://{}/live", location.host().unwrap_or_default())
}

fn listen_to_network(changes: mpsc::UnboundedSender<bool>) {
    let gone = changes.clone();
    // The page listens as long as it lives, so the handles are not kept.
    window_event_listener_untyped("offline", move |_| _ = gone.unbounded_send(false));
    window_event_listener_untyped("online", move |_| _ = changes.unbounded_send(true));
}
