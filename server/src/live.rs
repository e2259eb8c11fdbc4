//! The socket: frames in, frames out. What they mean is `domain::live`.

use std::time::Duration;

use axum::{
    extract::{
        FromRequestParts, Request, State,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{
    Cx, Error, Scope,
    live::{self, Connection, Outgoing},
    session,
};
use protocol::{
    Problem,
    live::{
        BEAT_SECONDS, CLOSE_BEHIND, CLOSE_PROTOCOL, CLOSE_RESTART, CLOSE_SIGNED_OUT, ClientMessage,
        FRAME_BYTES, SILENCE_SECONDS, ServerMessage,
    },
};
use tokio::time::{Instant, interval, timeout};

use crate::{host::Host, problem, session::scope as session_scope};

/// A frame that the other side does not take within this time ends the socket.
const SEND: Duration = Duration::from_secs(10);
/// Frames that a client may send at once, and how many come back each second. A person cannot do that much.
const BURST: u32 = 60;
const PER_SECOND: u32 = 10;

/// Opens a socket for somebody who is signed in, on a page of ours.
pub(crate) async fn open(State(host): State<Host>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    // A browser sends cookies along with a socket that any site opens, and asks nobody first.
    if !is_from(&parts.headers, &host.config.public_url) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let scope = match session_scope(&parts.extensions) {
        Ok(scope) if scope.session().is_some() => scope,
        Ok(_) => return problem::answer(&Problem::SignInNeeded),
        Err(unknown) => return problem::answer(&unknown),
    };
    match WebSocketUpgrade::from_request_parts(&mut parts, &host).await {
        Ok(upgrade) => upgrade
            .max_message_size(FRAME_BYTES)
            .max_frame_size(FRAME_BYTES)
            // The default of 128 KiB for each socket would be most of the memory of an idle server.
            .read_buffer_size(2 * 1024)
            .write_buffer_size(0)
            .on_upgrade(move |socket| {
                let sockets = host.sockets.clone();
                sockets.track_future(serve(host.cx, scope, socket))
            }),
        Err(rejection) => rejection.into_response(),
    }
}

fn is_from(headers: &HeaderMap, origin: &str) -> bool {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    origins.next().is_some_and(|found| found.as_bytes() == origin.as_bytes()) && origins.next().is_none()
}

async fn serve(cx: Cx, scope: Scope, mut socket: WebSocket) {
    let code = match live::connect(&cx, &scope).await {
        Ok((connection, welcome)) => {
            converse(&cx, &scope, &mut socket, connection, welcome).await.unwrap_or_else(|error| {
                error.log();
                CLOSE_BEHIND
            })
        }
        // The session ended while the socket was opened.
        Err(error) if *error.problem() == Problem::SignInNeeded => CLOSE_SIGNED_OUT,
        Err(error) => {
            error.log();
            CLOSE_BEHIND
        }
    };
    // Whoever has gone does not need a farewell.
    _ = timeout(SEND, part(socket, code)).await;
}

/// Says farewell and hears the other's: a line that is cut before loses the code with which it was closed.
async fn part(mut socket: WebSocket, code: u16) {
    let farewell = Message::Close(Some(CloseFrame { code, reason: Utf8Bytes::default() }));
    if socket.send(farewell).await.is_ok() {
        while let Some(Ok(_)) = socket.recv().await {}
    }
}

/// Talks until one side ends it, and says the code to close with.
async fn converse(
    cx: &Cx,
    scope: &Scope,
    socket: &mut WebSocket,
    mut connection: Connection,
    welcome: ServerMessage,
) -> Result<u16, Error> {
    send(socket, live::frame(&welcome)?).await?;
    let mut beat = interval(Duration::from_secs(BEAT_SECONDS.into()));
    beat.reset();
    let mut heard = Instant::now();
    let mut allowance = Allowance::full();
    loop {
        tokio::select! {
            biased;
            code = &mut connection.closing => return Ok(code.unwrap_or(CLOSE_RESTART)),
            outgoing = connection.outgoing.recv() => match outgoing {
                Some(outgoing) => forward(cx, scope, socket, &connection, outgoing).await?,
                None => return Ok(CLOSE_BEHIND),
            },
            frame = socket.recv() => {
                heard = Instant::now();
                let (true, Some(Ok(frame))) = (allowance.take(), frame) else { return Ok(CLOSE_PROTOCOL) };
                let Some(message) = read(frame) else { continue };
                let Ok(message) = message else { return Ok(CLOSE_PROTOCOL) };
                for answer in live::answer(cx, scope, &connection, message).await? {
                    send(socket, live::frame(&answer)?).await?;
                }
            }
            _ = beat.tick() => {
                if heard.elapsed() > Duration::from_secs(SILENCE_SECONDS.into()) {
                    return Ok(CLOSE_RESTART);
                }
                // The hub closes sockets at once when a session ends here; this finds those that ended elsewhere.
                if !session_is_alive(cx, scope).await? {
                    return Ok(CLOSE_SIGNED_OUT);
                }
                send(socket, live::frame(&ServerMessage::Beat)?).await?;
            }
        }
    }
}

/// The message in a frame; none in frames that only keep the line open.
fn read(frame: Message) -> Option<Result<ClientMessage, serde_json::Error>> {
    match frame {
        Message::Text(text) => Some(serde_json::from_str(&text)),
        Message::Binary(bytes) => Some(serde_json::from_slice(&bytes)),
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) => None,
    }
}

async fn forward(
    cx: &Cx,
    scope: &Scope,
    socket: &mut WebSocket,
    connection: &Connection,
    outgoing: Outgoing,
) -> Result<(), Error> {
    for frame in live::resolve(cx, scope, connection, outgoing).await? {
        send(socket, frame).await?;
    }
    Ok(())
}

async fn send(socket: &mut WebSocket, frame: Bytes) -> Result<(), Error> {
    let text = Utf8Bytes::try_from(frame).map_err(Error::internal)?;
    match timeout(SEND, socket.send(Message::Text(text))).await {
        Ok(Ok(())) => Ok(()),
        // The line is gone or stuck; the client comes back and resumes.
        _ => Err(Problem::Unavailable.into()),
    }
}

async fn session_is_alive(cx: &Cx, scope: &Scope) -> Result<bool, Error> {
    match scope.session() {
        Some(session) => session::is_alive(cx, session.id).await,
        None => Ok(false),
    }
}

/// How many frames a client may still send.
struct Allowance {
    left: u32,
    since: Instant,
}

impl Allowance {
    fn full() -> Self {
        Self { left: BURST, since: Instant::now() }
    }

    fn take(&mut self) -> bool {
        let seconds = u32::try_from(self.since.elapsed().as_secs()).unwrap_or(u32::MAX);
        if seconds > 0 {
            self.left = self.left.saturating_add(seconds.saturating_mul(PER_SECOND)).min(BURST);
            self.since = Instant::now();
        }
        let allowed = self.left > 0;
        self.left = self.left.saturating_sub(1);
        allowed
    }
}
