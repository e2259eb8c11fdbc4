//! Answers to what a client says, one after the other: the next one is made when the one before has been sent, so that a
//! small question never makes a large answer in memory.

use std::collections::{HashSet, VecDeque};

use bytes::Bytes;
use protocol::{
    Page, PostId, Problem,
    chat::NewMessage,
    live::{ClientMessage, RESUMED_CONVERSATIONS, Seen, ServerMessage},
    post::PostView,
};

use super::{Connection, frame, shown};
use crate::{Cx, Error, Scope, chat};

/// Bytes of all backlogs that answer one message. Conversations beyond it are to be loaded again.
pub(super) const ANSWER_BYTES: usize = 256 * 1024;
/// Bytes of the texts in one backlog.
pub(super) const BACKLOG_BYTES: usize = 64 * 1024;
/// Posts that are looked up at once: as many as a page of the feed has.
const POSTS_AT_ONCE: usize = Page::<PostView>::SIZE as usize;

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
    Watched(Vec<PostId>),
    Missed(Seen),
    Send(NewMessage),
    Read(Seen),
}

impl<'c> Answers<'c> {
    /// Begins to answer what a client says on this connection.
    pub fn to(message: ClientMessage, connection: &'c Connection) -> Self {
        let steps = match message {
            ClientMessage::Beat => VecDeque::new(),
            ClientMessage::Watch { add, remove } => {
                // What changed before anybody here watched is said now.
                let new = connection.watch(&add, &remove);
                new.chunks(POSTS_AT_ONCE).map(|posts| Step::Watched(posts.to_vec())).collect()
            }
            ClientMessage::Resume { seen } => {
                let mut named = HashSet::new();
                let once = seen.into_iter().filter(|seen| named.insert(seen.conversation));
                once.take(RESUMED_CONVERSATIONS).map(Step::Missed).collect()
            }
            ClientMessage::Send { message } => VecDeque::from([Step::Send(message)]),
            ClientMessage::Read { seen } => VecDeque::from([Step::Read(seen)]),
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
                Some(Step::Watched(posts)) => self.ready = watched(cx, scope, self.connection, posts).await?,
                Some(Step::Missed(seen)) => {
                    if let Some(backlog) = self.backlog(cx, scope, seen).await? {
                        return Ok(Some(backlog));
                    }
                }
                Some(Step::Send(message)) => self.ready.push_back(send(cx, scope, message).await),
                Some(Step::Read(seen)) => read(cx, scope, seen).await?,
            }
        }
    }

    /// What came after `seen`, if it fits into what is left of the budget; else that it is to be loaded again. Nothing of
    /// what is not there.
    async fn backlog(&mut self, cx: &Cx, scope: &Scope, seen: Seen) -> Result<Option<Bytes>, Error> {
        let conversation = seen.conversation;
        let page = match chat::since(cx, scope, seen, self.left.min(BACKLOG_BYTES)).await {
            Ok(page) => page,
            Err(error) if *error.problem() == Problem::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if !page.more {
            let backlog = frame(&ServerMessage::Missed { conversation, messages: page.items })?;
            if let Some(left) = self.left.checked_sub(backlog.len()) {
                self.left = left;
                return Ok(Some(backlog));
            }
        }
        frame(&ServerMessage::Resync { conversation }).map(Some)
    }
}

/// How each of these posts stands for the person of `scope`.
async fn watched(
    cx: &Cx,
    scope: &Scope,
    connection: &Connection,
    posts: Vec<PostId>,
) -> Result<VecDeque<ServerMessage>, Error> {
    let shown = shown(cx, scope, &posts).await?;
    let stands = |post| match shown.get(&post) {
        Some(&PostView { version, counts, .. }) => {
            connection.note_counts(post, counts);
            ServerMessage::Watched { post, version, counts }
        }
        None => ServerMessage::Removed { post },
    };
    Ok(posts.into_iter().map(stands).collect())
}

async fn send(cx: &Cx, scope: &Scope, message: NewMessage) -> ServerMessage {
    let client_id = message.client_id;
    match chat::send(cx, scope, message).await {
        Ok(message) => ServerMessage::Sent { message },
        Err(error) => {
            error.log();
            if matches!(error.problem(), Problem::TooMany { .. }) {
                scope.log_limit();
            }
            ServerMessage::Refused { client_id, problem: error.into_problem() }
        }
    }
}

async fn read(cx: &Cx, scope: &Scope, seen: Seen) -> Result<(), Error> {
    match chat::read(cx, scope, seen).await {
        Err(error) if *error.problem() != Problem::NotFound => Err(error),
        _ => Ok(()),
    }
}
