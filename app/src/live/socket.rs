//! Keeps the socket open: opens it, notices when it is dead, and comes back after a pause that grows, with chance in it
//! so that not everybody comes back at once.

use std::{cell::Cell, rc::Rc, time::Duration};

use futures::{
    FutureExt, SinkExt, StreamExt,
    channel::mpsc::{self, UnboundedReceiver},
    future, select_biased,
};
use gloo_net::websocket::{Message, State, WebSocketError, futures::WebSocket};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use protocol::{
    account::ACCOUNT_FIELD,
    live::{
        AWAY_FIELD, CLOSE_OTHER_ACCOUNT, CLOSE_PROTOCOL, CLOSE_REPLACED, CLOSE_RESTART, CLOSE_SIGNED_OUT,
        ClientMessage, SILENCE_SECONDS, SINCE_FIELD, ServerMessage, VERSION,
    },
};

use super::Live;
use crate::browser;

const FIRST_PAUSE_MILLIS: f64 = 250.0;
const LONGEST_PAUSE_MILLIS: f64 = 20_000.0;
/// Over so long all pages come back after a restart, so that the server is not asked for everything at once.
const RESTART_SPREAD_MILLIS: f64 = 5_000.0;
/// How long a navigation may take to bring the next page.
const LEAVING_MILLIS: u32 = 10_000;

/// How a socket ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    /// It broke; whether it had been welcomed.
    Broken { welcomed: bool },
    /// The server restarts, or has given up waiting.
    Restarting,
    /// The server did not take what was said. Whatever that was, the page goes on: the next socket says its state anew,
    /// later each time.
    Rejected,
    /// The person has too many pages open, and this was the oldest.
    Replaced,
    /// The server speaks another version.
    Outdated,
    /// The session is over, so the page is of no use any more.
    SignedOut,
    /// The browser is signed in as somebody else now. What was typed is still on the page.
    OtherAccount { username: String },
}

impl End {
    /// What the code means with which the server closed.
    fn of(code: u16, reason: String, welcomed: bool) -> Self {
        match code {
            CLOSE_OTHER_ACCOUNT => Self::OtherAccount { username: reason },
            CLOSE_SIGNED_OUT => Self::SignedOut,
            CLOSE_PROTOCOL => Self::Rejected,
            CLOSE_REPLACED => Self::Replaced,
            CLOSE_RESTART => Self::Restarting,
            _ => Self::Broken { welcomed },
        }
    }
}

/// Keeps a socket open as long as the page lives.
pub(super) fn keep_open(live: Live) {
    let (network, changes) = mpsc::unbounded();
    listen_to_network(network);
    leptos::task::spawn_local(run(live, changes));
}

async fn run(live: Live, mut network: UnboundedReceiver<bool>) {
    let leaving = listen_to_leaving();
    let mut attempts = 0;
    loop {
        let end = connect(live, &mut network).await;
        match &end {
            End::SignedOut => {
                // A navigation that is under way leads on by itself, as that of the log-out does, which ended the session; to
                // reload would cancel it. Should it not come, the page is reloaded after all.
                if leaving.get() {
                    TimeoutFuture::new(LEAVING_MILLIS).await;
                }
                // A page that cannot reload stays as it is.
                _ = window().location().reload();
                return;
            }
            End::OtherAccount { username } => {
                live.lost();
                live.other_account.try_set(Some(username.clone()));
                return;
            }
            End::Replaced => {
                live.paused();
                // At once it would only push out another page, which would come back in turn.
                looked_at().await;
                continue;
            }
            End::Broken { welcomed: true } | End::Restarting => attempts = 0,
            End::Broken { welcomed: false } | End::Rejected | End::Outdated => attempts += 1,
        }
        // Perhaps the next process speaks as this page does: while servers are replaced, both kinds answer.
        if end == End::Outdated {
            live.outdated()
        } else {
            live.lost()
        }
        let pause = TimeoutFuture::new(match end {
            End::Restarting => spread_millis(),
            _ => pause_millis(attempts),
        });
        // The network's return ends the pause; its going, once more, does not.
        let online = network.by_ref().filter(|online| future::ready(*online)).into_future();
        future::select(pause, online).await;
    }
}

/// What happened next on an open socket.
enum Step {
    Came(Option<Result<Message, WebSocketError>>),
    Said(Option<ClientMessage>),
    Network(Option<bool>),
    Silence,
}

async fn connect(live: Live, network: &mut UnboundedReceiver<bool>) -> End {
    let Ok(mut socket) = WebSocket::open(&address(live.received_revision(), live.is_away())) else {
        return End::Broken { welcomed: false };
    };
    let (queue, mut outgoing) = mpsc::unbounded();
    live.opened(queue);
    let mut welcomed = false;
    let mut silence = silence().fuse();
    loop {
        let step = select_biased! {
            message = socket.next().fuse() => Step::Came(message),
            online = network.next() => Step::Network(online),
            message = outgoing.next() => Step::Said(message),
            () = silence => Step::Silence,
        };
        match step {
            Step::Came(Some(Ok(message))) => {
                silence = self::silence().fuse();
                match read(message) {
                    Some(ServerMessage::Welcome(welcome)) if welcome.version != VERSION => {
                        return End::Outdated;
                    }
                    Some(message) => {
                        welcomed = true;
                        live.received(&message);
                    }
                    None => {}
                }
            }
            Step::Came(Some(Err(WebSocketError::ConnectionClose(close)))) => {
                return End::of(close.code, close.reason, welcomed);
            }
            Step::Said(Some(message)) if matches!(socket.state(), State::Open) => {
                let Some(text) = encode(&message) else { continue };
                if socket.send(Message::Text(text)).await.is_err() {
                    return End::Broken { welcomed };
                }
            }
            // Whoever speaks before there is a line is answered by `Welcome`, on which everything is said again.
            Step::Said(Some(_)) if matches!(socket.state(), State::Connecting) => {}
            Step::Network(Some(true)) => {}
            Step::Came(_) | Step::Said(_) | Step::Network(_) | Step::Silence => {
                return End::Broken { welcomed };
            }
        }
    }
}

/// Waits until somebody comes back to the page.
async fn looked_at() {
    let (look, mut looks) = mpsc::unbounded();
    let listeners = ["focus", "visibilitychange", "pointerdown"].map(|event| {
        let look = look.clone();
        window_event_listener_untyped(event, move |_| _ = look.unbounded_send(()))
    });
    while looks.next().await.is_some() && !browser::is_seen() {}
    for listener in listeners {
        listener.remove();
    }
}

/// The message in a frame. A newer server may say what this page does not know; what it does not know, it does not need.
fn read(frame: Message) -> Option<ServerMessage> {
    match frame {
        Message::Text(text) => serde_json::from_str(&text).ok(),
        Message::Bytes(_) => None,
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

fn spread_millis() -> u32 {
    let pause = Duration::from_secs_f64(
        (FIRST_PAUSE_MILLIS + RESTART_SPREAD_MILLIS * js_sys::Math::random()) / 1_000.0,
    );
    u32::try_from(pause.as_millis()).unwrap_or(u32::MAX)
}

fn address(since: i64, is_away: bool) -> String {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|scheme| scheme == "https:") { "wss" } else { "ws" };
    let (host, account) = (location.host().unwrap_or_default(), browser::page_account());
    let away = if is_away { format!("&{AWAY_FIELD}=1") } else { String::new() };
    format!("{scheme}://{host}/live?{ACCOUNT_FIELD}={account}&{SINCE_FIELD}={since}{away}")
}

/// Whether a navigation has begun that takes this page away.
fn listen_to_leaving() -> Rc<Cell<bool>> {
    let leaving = Rc::new(Cell::new(false));
    let begun = Rc::clone(&leaving);
    window_event_listener_untyped("beforeunload", move |_| begun.set(true));
    leaving
}

fn listen_to_network(changes: mpsc::UnboundedSender<bool>) {
    let gone = changes.clone();
    // The page listens as long as it lives, so the handles are not kept.
    window_event_listener_untyped("offline", move |_| _ = gone.unbounded_send(false));
    window_event_listener_untyped("online", move |_| _ = changes.unbounded_send(true));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_the_session_loads_the_page_again() {
        let codes = (1_000..=1_015).chain(3_000..=4_999);
        let reloading: Vec<u16> =
            codes.filter(|code| End::of(*code, String::new(), true) == End::SignedOut).collect();
        assert_eq!(reloading, [CLOSE_SIGNED_OUT]);
        assert_eq!(End::of(CLOSE_PROTOCOL, String::new(), true), End::Rejected);
    }
}
