use protocol::{
    PostId,
    live::{ClientMessage, ServerMessage, Topic, Watched},
};

use super::Seed;
use crate::{
    Cx, Scope, badge,
    hub::{Connection, INTERVAL},
    live::{self, Answers, Opening},
};

/// A live connection with the person in front of it.
pub struct Socket {
    cx: Cx,
    scope: Scope,
    connection: Connection,
    /// What it was greeted with.
    pub greeting: Vec<ServerMessage>,
}

/// These posts, to be watched by a page that knows nothing of them.
pub fn watched(posts: impl IntoIterator<Item = PostId>) -> Vec<Watched> {
    posts.into_iter().map(|post| Watched { topic: Topic::Post(post), since: 0 }).collect()
}

/// The message that watches these posts, and these no more.
pub fn watch(
    add: impl IntoIterator<Item = PostId>,
    remove: impl IntoIterator<Item = PostId>,
) -> ClientMessage {
    ClientMessage::Watch { add: watched(add), remove: remove.into_iter().map(Topic::Post).collect() }
}

impl Seed {
    /// `who` opens a live connection on a page that was made just now.
    pub async fn connect(&self, who: &Scope) -> Socket {
        self.resume(who, Some(self.cx.next_revision())).await
    }

    /// `who` opens a live connection on a page that knows everything up to this revision.
    pub async fn resume(&self, who: &Scope, since: Option<i64>) -> Socket {
        let opening = self.opening(who, since).await;
        let (connection, greeting) = live::connect(&self.cx, who, opening).await.expect("a connection");
        Socket { cx: self.cx.clone(), scope: who.clone(), connection, greeting }
    }

    /// What is known when `who` opens a socket.
    pub async fn opening(&self, who: &Scope, since: Option<i64>) -> Opening {
        Opening { since, badges: badge::own(&self.cx, who).await.unwrap_or_default(), is_away: false }
    }
}

impl Socket {
    /// Has these posts near the screen from now on.
    pub fn watch(&self, posts: impl IntoIterator<Item = PostId>) {
        self.connection.watch(&watched(posts), &[]);
    }

    /// Has these posts near the screen no more.
    pub fn unwatch(&self, posts: impl IntoIterator<Item = PostId>) {
        self.connection.watch(&[], &posts.into_iter().map(Topic::Post).collect::<Vec<_>>());
    }

    /// Says something and gets the answers.
    pub async fn say(&self, message: impl Into<ClientMessage>) -> Vec<ServerMessage> {
        let mut answers = self.answers(message);
        let mut said = Vec::new();
        while let Some(frame) = self.next(&mut answers).await {
            said.push(serde_json::from_slice(&frame).expect("a message in JSON"));
        }
        said
    }

    /// Says something whose answers are to be asked for one by one.
    pub fn answers(&self, message: impl Into<ClientMessage>) -> Answers<'_> {
        Answers::to(message.into(), &self.connection)
    }

    /// The next of these answers, as it goes over the wire.
    pub async fn next(&self, answers: &mut Answers<'_>) -> Option<bytes::Bytes> {
        live::answer(&self.cx, &self.scope, answers).await.expect("an answer")
    }

    /// What has come since the last time, as the browser reads it, with what comes within the next second.
    pub async fn received(&mut self) -> Vec<ServerMessage> {
        live::answer_due(&self.cx, INTERVAL).await;
        let mut messages = Vec::new();
        while let Ok(outgoing) = self.connection.outgoing.try_recv() {
            let frames = live::resolve(&self.cx, &self.scope, &self.connection, outgoing).await;
            let frames = frames.expect("a resolved entry").into_iter();
            messages.extend(frames.map(|frame| serde_json::from_slice(&frame).expect("a message in JSON")));
        }
        messages
    }

    /// The revision up to which everything has been sent.
    pub fn sent_revision(&self) -> Option<i64> {
        self.connection.sent_revision()
    }

    /// The code with which the server has closed it, if it has.
    pub fn closed_with(&mut self) -> Option<u16> {
        self.connection.closing.try_recv().ok()
    }
}
