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
    hub::{Connection, Outgoing, frame},
    live::{self, Answers, Opening},
    presence, session,
};
use protocol::{
    Problem,
    account::{ACCOUNT_FIELD, MeView},
    chat::{ChatMessage, ChatRequest, NewMessage},
    live::{
        AWAY_FIELD, Badges, CLOSE_BEHIND, CLOSE_OTHER_ACCOUNT, CLOSE_PROTOCOL, CLOSE_RESTART,
        CLOSE_SIGNED_OUT, ClientMessage, FRAME_BYTES, HEARTBEAT_SECONDS, SILENCE_SECONDS, SINCE_FIELD,
        ServerMessage,
    },
};
use tokio::{
    task::JoinHandle,
    time::{Instant, interval, sleep_until, timeout},
};

use crate::{
    address,
    app_state::AppState,
    origin, problem,
    session::{check_account, scope as session_scope},
};

/// A frame that the other side does not take within this time ends the socket.
const SEND: Duration = Duration::from_secs(10);

/// For so long a session that was found is not looked for again.
const CHECKED: Duration = Duration::from_secs(5);

/// Reads what depends on its readers and tells who comes and goes, until the server stops.
pub(crate) fn start(state: &AppState) -> JoinHandle<()> {
    let (cx, stopping) = (state.cx.clone(), state.stopping.clone());
    tokio::spawn(async move {
        tokio::select! {
            () = live::run(&cx) => {}
            () = presence::run(&cx) => {}
            () = stopping.cancelled() => {}
        }
    })
}

/// Opens a socket for somebody who is signed in, on a page of ours.
pub(crate) async fn open(State(state): State<AppState>, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    // A browser sends cookies along with a socket that any site opens, and asks nobody first.
    if !origin::is_ours(&parts.headers, &state.config.public_url) {
        let network = address::of(&parts, &state.config.trusted_proxies).network();
        tracing::info!(%network, "a socket from another origin was refused");
        return StatusCode::FORBIDDEN.into_response();
    }
    let scope = match session_scope(&parts.extensions) {
        Ok(scope) if scope.session().is_some() => scope,
        Ok(_) => return problem::answer(&Problem::SignInNeeded),
        Err(unknown) => return problem::answer(&unknown),
    };
    let other = check_account(&scope, parameter(&parts.uri, ACCOUNT_FIELD).map(str::as_bytes)).err();
    let opening = Opening {
        since: parameter(&parts.uri, SINCE_FIELD).and_then(|since| since.parse().ok()),
        is_away: parameter(&parts.uri, AWAY_FIELD) == Some("1"),
        badges: parts.extensions.get::<MeView>().map_or_else(Badges::default, |me| me.badges),
    };
    match WebSocketUpgrade::from_request_parts(&mut parts, &state).await {
        Ok(upgrade) => upgrade
            .max_message_size(FRAME_BYTES)
            .max_frame_size(FRAME_BYTES)
            // The default of 128 KiB for each socket would be most of the memory of an idle server.
            .read_buffer_size(2 * 1024)
            .write_buffer_size(0)
            .on_upgrade(move |socket| {
                let sockets = state.sockets.clone();
                sockets.track_future(async move {
                    match other {
                        Some(Problem::SignedInAs { username }) => refuse(socket, username).await,
                        _ => serve(state.cx, scope, opening, socket).await,
                    }
                })
            }),
        Err(rejection) => rejection.into_response(),
    }
}

/// What the address says of the page.
fn parameter<'a>(address: &'a Uri, name: &str) -> Option<&'a str> {
    address.query()?.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
}

/// Tells a page of another account who is signed in now. A browser shows its script no other answer than a farewell.
async fn refuse(socket: WebSocket, username: String) {
    _ = timeout(SEND, close(socket, CLOSE_OTHER_ACCOUNT, username)).await;
}

async fn serve(cx: Cx, scope: Scope, opening: Opening, mut socket: WebSocket) {
    let served = async {
        let (connection, greeting) = live::connect(&cx, &scope, opening).await?;
        for message in &greeting {
            send(&mut socket, frame(message)?).await?;
        }
        run(&cx, &scope, &mut socket, connection).await
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
    _ = timeout(SEND, close(socket, code, String::new())).await;
}

/// Closes the socket, and waits for the other side to do so: a line that is cut before loses the code.
async fn close(mut socket: WebSocket, code: u16, reason: String) {
    let frame = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
    if socket.send(frame).await.is_ok() {
        while let Some(Ok(_)) = socket.recv().await {}
    }
}

/// Runs until one side ends it, and returns the code to close with.
async fn run(
    cx: &Cx,
    scope: &Scope,
    socket: &mut WebSocket,
    mut connection: Connection,
) -> Result<u16, Error> {
    let mut session = SessionCheck { checked: cx.clock.elapsed() };
    // Until everything has been sent for the first time, the client knows what its page knew.
    let mut revision = 0;
    let mut heartbeat = interval(Duration::from_secs(HEARTBEAT_SECONDS.into()));
    heartbeat.reset();
    let mut last_frame = Instant::now();
    let mut pause: Option<Pause> = None;
    loop {
        let resume = pause.as_ref().map_or(last_frame, |pause| pause.until);
        tokio::select! {
            biased;
            code = &mut connection.closing => return Ok(code.unwrap_or(CLOSE_RESTART)),
            outgoing = connection.outgoing.recv() => match outgoing {
                Some(outgoing) => forward(cx, scope, socket, &connection, outgoing).await?,
                None => return Ok(CLOSE_BEHIND),
            },
            () = sleep_until(resume), if pause.is_some() => {
                last_frame = Instant::now();
                if let Some(Pause { message, .. }) = pause.take() {
                    pause = answer(cx, scope, &mut session, socket, &connection, message).await?;
                }
            }
            frame = socket.recv(), if pause.is_none() => {
                last_frame = Instant::now();
                let Some(Ok(frame)) = frame else { return Ok(CLOSE_PROTOCOL) };
                let Ok(message) = read(frame) else { return Ok(CLOSE_PROTOCOL) };
                pause = answer(cx, scope, &mut session, socket, &connection, message).await?;
            }
            _ = heartbeat.tick() => {
                if pause.is_none() && last_frame.elapsed() > Duration::from_secs(SILENCE_SECONDS.into()) {
                    return Ok(CLOSE_RESTART);
                }
                // The hub closes sockets at once when a session ends here; this finds those that ended elsewhere or by age.
                if !session.check(cx, scope).await? {
                    return Ok(CLOSE_SIGNED_OUT);
                }
                revision = connection.sent_revision().unwrap_or(revision);
                send(socket, frame(&ServerMessage::Heartbeat { revision })?).await?;
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
    session: &mut SessionCheck,
    socket: &mut WebSocket,
    connection: &Connection,
    message: Option<ClientMessage>,
) -> Result<Option<Pause>, Error> {
    if let Err(error) = live::admit(cx, scope, message.as_ref()) {
        // Somebody sees at once that this one was not sent; all others wait.
        let Some(ClientMessage::Chat(ChatRequest::Send { message: NewMessage { client_id, .. } })) = message
        else {
            return Pause::after(error, message).map(Some);
        };
        scope.log_limit();
        let problem = error.problem().clone();
        send(socket, frame(&ChatMessage::Refused { client_id, problem }.into())?).await?;
        return Pause::after(error, None).map(Some);
    }
    let Some(message) = message else { return Ok(None) };
    if message == ClientMessage::Heartbeat {
        return Ok(None);
    }
    match session.is_alive(cx, scope).await {
        Ok(true) => {}
        Ok(false) => return Err(Problem::SignInNeeded.into()),
        Err(error) => {
            send(socket, frame(&refused(message, error)?)?).await?;
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
    let ClientMessage::Chat(ChatRequest::Send { message }) = message else { return Err(error) };
    error.log();
    Ok(ChatMessage::Refused { client_id: message.client_id, problem: error.into_problem() }.into())
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

/// Whether the session of a socket has ended. One that ends in this process closes its sockets at once; what is looked for
/// is one that ended elsewhere or by age.
struct SessionCheck {
    /// When it was known to be alive.
    checked: Duration,
}

impl SessionCheck {
    /// Whether it is alive, looked for unless that is known.
    async fn is_alive(&mut self, cx: &Cx, scope: &Scope) -> Result<bool, Error> {
        if cx.clock.elapsed().saturating_sub(self.checked) < CHECKED {
            Ok(true)
        } else {
            self.check(cx, scope).await
        }
    }

    async fn check(&mut self, cx: &Cx, scope: &Scope) -> Result<bool, Error> {
        let (now, Some(session)) = (cx.clock.elapsed(), scope.session()) else { return Ok(false) };
        let is_alive = session::is_signed_in(cx, session.id).await?;
        self.checked = now;
        Ok(is_alive)
    }
}
