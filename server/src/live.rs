//! The socket: frames in, frames out. What they mean is `domain::live`.

use std::time::Duration;

use axum::{
    extract::{
        FromRequestParts, Request, State,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade},
    },
    http::{StatusCode, Uri},
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
    account::ACCOUNT_FIELD,
    chat::NewMessage,
    live::{
        BEAT_SECONDS, CLOSE_BEHIND, CLOSE_OTHER_ACCOUNT, CLOSE_PROTOCOL, CLOSE_RESTART, CLOSE_SIGNED_OUT,
        ClientMessage, FRAME_BYTES, SILENCE_SECONDS, ServerMessage,
    },
};
use tokio::time::{Instant, interval, sleep_until, timeout};

use crate::{
    address,
    app_state::AppState,
    origin, problem,
    session::{check_account, scope as session_scope},
};

/// A frame that the other side does not take within this time ends the socket.
const SEND: Duration = Duration::from_secs(10);

/// Opens a socket for somebody who is signed in, on a page of ours.
pub(crate) async fn open(State(host): State<AppState>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    // A browser sends cookies along with a socket that any site opens, and asks nobody first.
    if !origin::is_ours(&parts.headers, &host.config.public_url) {
        let network = address::of(&parts, &host.config.trusted_proxies).network();
        tracing::info!(%network, "a socket from another origin was refused");
        return StatusCode::FORBIDDEN.into_response();
    }
    let scope = match session_scope(&parts.extensions) {
        Ok(scope) if scope.session().is_some() => scope,
        Ok(_) => return problem::answer(&Problem::SignInNeeded),
        Err(unknown) => return problem::answer(&unknown),
    };
    let other = check_account(&scope, account(&parts.uri).map(str::as_bytes)).err();
    match WebSocketUpgrade::from_request_parts(&mut parts, &host).await {
        Ok(upgrade) => upgrade
            .max_message_size(FRAME_BYTES)
            .max_frame_size(FRAME_BYTES)
            // The default of 128 KiB for each socket would be most of the memory of an idle server.
            .read_buffer_size(2 * 1024)
            .write_buffer_size(0)
            .on_upgrade(move |socket| {
                let sockets = host.sockets.clone();
                sockets.track_future(async move {
                    match other {
                        Some(Problem::SignedInAs { username }) => refuse(socket, username).await,
                        _ => serve(host.cx, scope, socket).await,
                    }
                })
            }),
        Err(rejection) => rejection.into_response(),
    }
}

/// The account that the page was made for, as the address says.
fn account(address: &Uri) -> Option<&str> {
    address.query()?.split('&').find_map(|part| part.strip_prefix(ACCOUNT_FIELD)?.strip_prefix('='))
}

/// Tells a page of another account who is signed in now. A browser shows its script no other answer than a farewell.
async fn refuse(socket: WebSocket, username: String) {
    _ = timeout(SEND, part(socket, CLOSE_OTHER_ACCOUNT, username)).await;
}

async fn serve(cx: Cx, scope: Scope, mut socket: WebSocket) {
    let served = async {
        let (connection, welcome) = live::connect(&cx, &scope).await?;
        converse(&cx, &scope, &mut socket, connection, welcome).await
    };
    let code = served.await.unwrap_or_else(|error| {
        // The session has ended meanwhile.
        if *error.problem() == Problem::SignInNeeded {
            return CLOSE_SIGNED_OUT;
        }
        error.log();
        CLOSE_BEHIND
    });
    // Whoever has gone does not need a farewell.
    _ = timeout(SEND, part(socket, code, String::new())).await;
}

/// Says farewell and hears the other's: a line that is cut before loses the code with which it was closed.
async fn part(mut socket: WebSocket, code: u16, reason: String) {
    let farewell = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
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
                Some(outgoing) => forward(cx, scope, socket, &connection, outgoing).await?,
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
                // The hub closes sockets at once when a session ends here; this finds those that ended elsewhere or by age.
                if !is_signed_in(cx, scope).await? {
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
        scope.log_limit();
        let problem = error.problem().clone();
        send(socket, live::frame(&ServerMessage::Refused { client_id, problem })?).await?;
        return Pause::after(error, None).map(Some);
    }
    let Some(message) = message else { return Ok(None) };
    if message == ClientMessage::Beat {
        return Ok(None);
    }
    match is_signed_in(cx, scope).await {
        Ok(true) => {}
        Ok(false) => return Err(Problem::SignInNeeded.into()),
        Err(error) => {
            send(socket, live::frame(&refused(message, error)?)?).await?;
            return Ok(None);
        }
    }
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

/// The answer when nobody can say whether the session has ended: what was to be sent is still there to be sent again.
fn refused(message: ClientMessage, error: Error) -> Result<ServerMessage, Error> {
    let ClientMessage::Send { message } = message else { return Err(error) };
    error.log();
    Ok(ServerMessage::Refused { client_id: message.client_id, problem: error.into_problem() })
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

async fn is_signed_in(cx: &Cx, scope: &Scope) -> Result<bool, Error> {
    match scope.session() {
        Some(session) => session::is_signed_in(cx, session.id).await,
        None => Ok(false),
    }
}
