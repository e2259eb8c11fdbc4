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
    live::{self, Answers, Connection, Outgoing},
    session,
};
use protocol::{
    Problem,
    chat::NewMessage,
    live::{
        BEAT_SECONDS, CLOSE_BEHIND, CLOSE_PROTOCOL, CLOSE_RESTART, CLOSE_SIGNED_OUT, ClientMessage,
        FRAME_BYTES, SILENCE_SECONDS, ServerMessage,
    },
};
use tokio::time::{Instant, interval, sleep_until, timeout};

use crate::{host::Host, problem, session::scope as session_scope};

/// A frame that the other side does not take within this time ends the socket.
const SEND: Duration = Duration::from_secs(10);

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
    let mut pause: Option<Pause> = None;
    loop {
        let resume = pause.as_ref().map_or(heard, |pause| pause.until);
        tokio::select! {
            biased;
            code = &mut connection.closing => return Ok(code.unwrap_or(CLOSE_RESTART)),
            outgoing = connection.outgoing.recv() => match outgoing {
                Some(outgoing) => forward(cx, scope, socket, outgoing).await?,
                None => return Ok(CLOSE_BEHIND),
            },
            () = sleep_until(resume), if pause.is_some() => {
                heard = Instant::now();
                if let Some(Pause { message, .. }) = pause.take() {
                    pause = answer(cx, scope, socket, &connection, message).await?;
                }
            }
            frame = socket.recv(), if pause.is_none() => {
                heard = Instant::now();
                let Some(Ok(frame)) = frame else { return Ok(CLOSE_PROTOCOL) };
                let Ok(message) = read(frame) else { return Ok(CLOSE_PROTOCOL) };
                pause = answer(cx, scope, socket, &connection, message).await?;
            }
            _ = beat.tick() => {
                if pause.is_none() && heard.elapsed() > Duration::from_secs(SILENCE_SECONDS.into()) {
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

/// Until when nothing more is read of a socket: its person is over their budget. The line fills, and the client waits.
struct Pause {
    until: Instant,
    /// What is tried again then.
    message: Option<ClientMessage>,
}

impl Pause {
    /// The pause that an error asks for.
    ///
    /// # Errors
    /// Every other one.
    fn after(error: Error, message: Option<ClientMessage>) -> Result<Self, Error> {
        match *error.problem() {
            Problem::TooMany { retry_after } => {
                Ok(Self { until: Instant::now() + Duration::from_secs(retry_after.into()), message })
            }
            _ => Err(error),
        }
    }
}

/// Answers the message of a frame, if there is one in it, each answer sent before the next is made; or says how long that has
/// to wait.
async fn answer(
    cx: &Cx,
    scope: &Scope,
    socket: &mut WebSocket,
    connection: &Connection,
    message: Option<ClientMessage>,
) -> Result<Option<Pause>, Error> {
    if let Err(error) = live::admit(cx, scope, message.as_ref()) {
        // Somebody sees at once that this one was not sent; all others wait.
        let Some(ClientMessage::Send { message: NewMessage { client_id, .. } }) = message else {
            return Pause::after(error, message).map(Some);
        };
        let problem = error.problem().clone();
        send(socket, live::frame(&ServerMessage::Refused { client_id, problem })?).await?;
        return Pause::after(error, None).map(Some);
    }
    let Some(message) = message else { return Ok(None) };
    let mut answers = Answers::to(message.clone(), connection);
    loop {
        match live::answer(cx, scope, &mut answers).await {
            Ok(Some(answer)) => send(socket, answer).await?,
            Ok(None) => return Ok(None),
            Err(error) => return Pause::after(error, Some(message)).map(Some),
        }
    }
}

/// The message in a frame; none in frames that only keep the line open.
fn read(frame: Message) -> Result<Option<ClientMessage>, serde_json::Error> {
    match frame {
        Message::Text(text) => serde_json::from_str(&text).map(Some),
        Message::Binary(bytes) => serde_json::from_slice(&bytes).map(Some),
        Message::Ping(_) | Message::Pong(_) | Message::Close(_) => Ok(None),
    }
}

async fn forward(cx: &Cx, scope: &Scope, socket: &mut WebSocket, outgoing: Outgoing) -> Result<(), Error> {
    match live::resolve(cx, scope, outgoing).await? {
        Some(frame) => send(socket, frame).await,
        None => Ok(()),
    }
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
