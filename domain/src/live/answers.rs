//! Answers to what a client says, one after the other: the next one is made when the one before has been sent, so that a
//! small question never makes a large answer in memory.

use std::collections::{HashSet, VecDeque};

use bytes::Bytes;
use protocol::{
    AccountId, ConversationId, Page, PostId, Problem,
    chat::{ChatMessage, ChatRequest, KnownPosition, NewMessage, RESUMED_CONVERSATIONS, ReadPosition},
    live::{ClientMessage, ServerMessage, Topic, Watched},
    post::{PostMessage, PostView},
    presence::{PresenceMessage, PresenceRequest},
};

use super::{people, posts, shown};
use crate::{
    Cx, Error, Scope, chat,
    hub::{Connection, frame},
    post::counts::digest,
    presence,
};

/// Bytes of all backlogs that answer one message. Conversations beyond it are to be loaded again.
pub(super) const ANSWER_BYTES: usize = 256 * 1024;
/// Bytes of the texts in one backlog.
pub(super) const BACKLOG_BYTES: usize = 64 * 1024;
/// Posts that are looked up at once: as many as a page of the feed has.
const POSTS_AT_ONCE: usize = Page::<PostView>::SIZE as usize;
/// People who are looked up at once.
const PEOPLE_AT_ONCE: usize = 64;

/// The answers to one message, in order.
pub struct Answers<'c> {
    connection: &'c Connection,
    steps: VecDeque<Step>,
    ready: VecDeque<ServerMessage>,
    /// Bytes that backlogs may still have.
    left: usize,
}

/// What is to be done for a message, a piece at a time.
#[derive(Debug)]
enum Step {
    Watch { add: Vec<Watched>, remove: Vec<Topic> },
    State(Vec<PostId>),
    Presence(Vec<AccountId>),
    SetAway(bool),
    Backlog(KnownPosition),
    Send(NewMessage),
    Read(ReadPosition),
    Typing(ConversationId),
}

impl<'c> Answers<'c> {
    /// Begins to answer what a client says on this connection.
    pub fn to(message: ClientMessage, connection: &'c Connection) -> Self {
        let steps = match message {
            ClientMessage::Heartbeat => VecDeque::new(),
            ClientMessage::Watch { add, remove } => VecDeque::from([Step::Watch { add, remove }]),
            ClientMessage::Chat(request) => of_chat(request),
            ClientMessage::Presence(request) => {
                VecDeque::from([Step::SetAway(request == PresenceRequest::Away)])
            }
        };
        Self { connection, steps, ready: VecDeque::new(), left: ANSWER_BYTES }
    }

    pub(super) async fn next(&mut self, cx: &Cx, scope: &Scope) -> Result<Option<Bytes>, Error> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return frame(&ready).map(Some);
            }
            match self.steps.pop_front() {
                None => return Ok(None),
                Some(Step::Watch { add, remove }) => {
                    // All of them, whether something has happened to them or not: else whoever gets no answer could tell that
                    // nobody has blocked them, and whoever gets one, that somebody hidden has done something.
                    let watched = self.connection.watch(&add, &remove);
                    let (posts, people) = (posts(&watched), people(&watched));
                    self.steps.extend(posts.chunks(POSTS_AT_ONCE).map(|posts| Step::State(posts.to_vec())));
                    self.steps
                        .extend(people.chunks(PEOPLE_AT_ONCE).map(|some| Step::Presence(some.to_vec())));
                }
                Some(Step::State(posts)) => self.ready = state(cx, scope, self.connection, posts).await?,
                Some(Step::Presence(people)) => {
                    self.ready = presence(cx, scope, self.connection, people).await?;
                }
                Some(Step::SetAway(is_away)) => self.connection.set_away(is_away),
                Some(Step::Backlog(position)) => {
                    if let Some(backlog) = self.backlog(cx, scope, position).await? {
                        return Ok(Some(backlog));
                    }
                }
                Some(Step::Send(message)) => self.ready.push_back(send(cx, scope, message).await),
                Some(Step::Read(position)) => unless_gone(chat::read(cx, scope, position).await)?,
                Some(Step::Typing(conversation)) => {
                    unless_gone(chat::typing(cx, scope, conversation).await)?;
                }
            }
        }
    }

    /// What came after `position`, if it fits into what is left of the budget; else that it is to be loaded again. Nothing of
    /// what is not there.
    async fn backlog(
        &mut self,
        cx: &Cx,
        scope: &Scope,
        position: KnownPosition,
    ) -> Result<Option<Bytes>, Error> {
        let conversation = position.conversation;
        let backlog = match chat::since(cx, scope, position, self.left.min(BACKLOG_BYTES)).await {
            Ok(backlog) => backlog,
            Err(error) if *error.problem() == Problem::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if let Some(chat::Backlog { messages, changed, revision, read_by_other }) = backlog {
            let backlog = ChatMessage::Backlog { conversation, messages, changed, revision, read_by_other };
            let backlog = frame(&backlog.into())?;
            if let Some(left) = self.left.checked_sub(backlog.len()) {
                self.left = left;
                return Ok(Some(backlog));
            }
        }
        frame(&ChatMessage::Resync { conversation }.into()).map(Some)
    }
}

fn of_chat(request: ChatRequest) -> VecDeque<Step> {
    match request {
        ChatRequest::Resume { positions } => {
            let mut named = HashSet::new();
            let once = positions.into_iter().filter(|position| named.insert(position.conversation));
            once.take(RESUMED_CONVERSATIONS).map(Step::Backlog).collect()
        }
        ChatRequest::Send { message } => VecDeque::from([Step::Send(message)]),
        ChatRequest::Read { position } => VecDeque::from([Step::Read(position)]),
        ChatRequest::Typing { conversation } => VecDeque::from([Step::Typing(conversation)]),
    }
}

/// How each of these posts stands for the person of `scope`.
async fn state(
    cx: &Cx,
    scope: &Scope,
    connection: &Connection,
    posts: Vec<PostId>,
) -> Result<VecDeque<ServerMessage>, Error> {
    let shown = shown(cx, scope, &posts).await?;
    let stands = |post| match shown.get(&post) {
        Some(&PostView { version, counts, .. }) => {
            connection.record_sent(Topic::Post(post), digest(counts));
            PostMessage::State { post, version, counts }
        }
        None => PostMessage::Removed { post },
    };
    Ok(posts.into_iter().map(stands).map(Into::into).collect())
}

/// How it is with each of these people, as the person of `scope` may know.
async fn presence(
    cx: &Cx,
    scope: &Scope,
    connection: &Connection,
    people: Vec<AccountId>,
) -> Result<VecDeque<ServerMessage>, Error> {
    let states = presence::states(cx, scope, &people).await?;
    let told = |(person, presence)| {
        connection.record_sent(Topic::Person(person), presence::digest(presence));
        PresenceMessage::State { person, presence }.into()
    };
    Ok(states.into_iter().map(told).collect())
}

async fn send(cx: &Cx, scope: &Scope, message: NewMessage) -> ServerMessage {
    let client_id = message.client_id;
    match chat::send(cx, scope, message).await {
        Ok(message) => ChatMessage::Sent { message }.into(),
        Err(error) => {
            error.log();
            if matches!(error.problem(), Problem::TooMany { .. }) {
                scope.log_limit();
            }
            ChatMessage::Refused { client_id, problem: error.into_problem() }.into()
        }
    }
}

/// Nothing is said of a conversation that is not there, or not any more.
fn unless_gone(done: Result<(), Error>) -> Result<(), Error> {
    match done {
        Err(error) if *error.problem() != Problem::NotFound => Err(error),
        _ => Ok(()),
    }
}
