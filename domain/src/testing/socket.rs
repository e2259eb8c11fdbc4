use protocol::{
    PostId,
    live::{ClientMessage, ServerMessage},
};

use super::Seed;
use crate::{
    Cx, Scope,
    live::{self, Answers, Connection},
};

/// A live connection with the person in front of it.
pub struct Socket {
    cx: Cx,
    scope: Scope,
    connection: Connection,
}

impl Seed {
    /// `who` opens a live connection.
    pub async fn connect(&self, who: &Scope) -> Socket {
        let (connection, _welcome) = live::connect(&self.cx, who).await.expect("a connection");
        Socket { cx: self.cx.clone(), scope: who.clone(), connection }
    }
}

impl Socket {
    /// Has these posts near the screen from now on.
    pub fn watch(&self, posts: impl IntoIterator<Item = PostId>) {
        self.connection.watch(&posts.into_iter().collect::<Vec<_>>(), &[]);
    }

    /// Has these posts near the screen no more.
    pub fn unwatch(&self, posts: impl IntoIterator<Item = PostId>) {
        self.connection.watch(&[], &posts.into_iter().collect::<Vec<_>>());
    }

    /// Says something and gets the answers.
    pub async fn say(&self, message: ClientMessage) -> Vec<ServerMessage> {
        let mut answers = self.answers(message);
        let mut said = Vec::new();
        while let Some(frame) = self.next(&mut answers).await {
            said.push(serde_json::from_slice(&frame).expect("a message in JSON"));
        }
        said
    }

    /// Says something whose answers are to be asked for one by one.
    pub fn answers(&self, message: ClientMessage) -> Answers<'_> {
        Answers::to(message, &self.connection)
    }

    /// The next of these answers, as it goes over the wire.
    pub async fn next(&self, answers: &mut Answers<'_>) -> Option<bytes::Bytes> {
        live::answer(&self.cx, &self.scope, answers).await.expect("an answer")
    }

    /// What has come since the last time, as the browser reads it.
    pub async fn heard(&mut self) -> Vec<ServerMessage> {
        let mut messages = Vec::new();
        while let Ok(outgoing) = self.connection.outgoing.try_recv() {
            let frames = live::resolve(&self.cx, &self.scope, &self.connection, outgoing).await;
            let frames = frames.expect("a resolved entry").into_iter();
            messages.extend(frames.map(|frame| serde_json::from_slice(&frame).expect("a message in JSON")));
        }
        messages
    }

    /// The code with which the server has closed it, if it has.
    pub fn closed_with(&mut self) -> Option<u16> {
        self.connection.closing.try_recv().ok()
    }
}
