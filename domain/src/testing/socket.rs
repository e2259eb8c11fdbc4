use protocol::{
    PostId,
    live::{ClientMessage, ServerMessage},
};

use super::Seed;
use crate::{
    Cx, Scope,
    live::{self, Connection},
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
        live::answer(&self.cx, &self.scope, &self.connection, message).await.expect("answers")
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
