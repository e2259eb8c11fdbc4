//! What is said over the live socket, `/live`: one JSON value a text frame, `{"slice": {"kind": {…}}}`, or `"kind"` alone
//! for what concerns the connection itself.
//!
//! Kinds stand outside of what they hold, here and in [`Problem`](crate::Problem): a kind among the fields would make a
//! reader keep all of them until it is found, with code for that which weighs more in the client than all messages together.
//!
//! The server speaks first ([`ServerMessage::Welcome`]). Everything that is stored is also to be had by asking, so a
//! socket may break at any moment: the next one names the revision up to which the client knows everything, in the
//! parameter [`SINCE_FIELD`] of its address, and is sent what was announced since, or told to load again.

use serde::{Deserialize, Serialize};

use crate::{
    chat::{ChatMessage, ChatRequest},
    comment::CommentMessage,
    feed::FeedMessage,
    notification::NotificationMessage,
    post::PostMessage,
    presence::{PresenceMessage, PresenceRequest},
};

pub(crate) mod topic;

pub use topic::Topic;

pub use crate::badge::Badges;

/// The version of this protocol. A page of another version is loaded again, once and at a quiet moment.
pub const VERSION: u32 = 7;
/// Seconds between two heartbeats of the server.
pub const HEARTBEAT_SECONDS: u32 = 25;
/// Seconds of silence after which either side takes the other for gone.
pub const SILENCE_SECONDS: u32 = 60;
/// Bytes of a frame from the client at most.
pub const FRAME_BYTES: usize = 48 * 1024;
/// Topics that a socket can watch at a time.
pub const WATCHED_TOPICS: usize = 200;
/// Sockets that one person can have open; one more closes the oldest.
pub const SOCKETS_PER_ACCOUNT: usize = 20;

/// The parameter of the socket's address that says up to which revision the page knows everything.
pub const SINCE_FIELD: &str = "since";

/// The parameter of the socket's address that says, with the value 1, that nobody looks at the page.
pub const AWAY_FIELD: &str = "away";

/// Close code: the session has ended; log in again.
pub const CLOSE_SIGNED_OUT: u16 = 4001;
/// Close code: a frame that our client does not send.
pub const CLOSE_PROTOCOL: u16 = 4002;
/// Close code: the page was made for another account than the one that the browser is signed in to now; the reason is the
/// username of that one. The page says so and does not come back.
pub const CLOSE_OTHER_ACCOUNT: u16 = 4003;
/// Close code: this person opened more sockets than one may have, and this was the oldest; come back when somebody looks
/// at the page again.
pub const CLOSE_REPLACED: u16 = 4004;
/// Close code: the server restarts; come back soon (RFC 6455's registry, "Service Restart").
pub const CLOSE_RESTART: u16 = 1012;
/// Close code: this socket fell behind; come back and resume (RFC 6455's registry, "Try Again Later").
pub const CLOSE_BEHIND: u16 = 1013;

/// From the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientMessage {
    /// The answer to a heartbeat.
    Heartbeat,
    /// What has changed in the topics near the screen. A new socket watches none; what is removed makes room for what is
    /// added.
    Watch {
        /// Watched from now on, as long as all of them are at most [`WATCHED_TOPICS`].
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        add: Vec<Watched>,
        /// Watched no more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remove: Vec<Topic>,
    },
    /// For the chat.
    Chat(ChatRequest),
    /// About whoever sits in front of the page.
    Presence(PresenceRequest),
}

/// A topic that shall be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// Which.
    pub topic: Topic,
    /// The revision of what the page shows of it. What was said of it since comes again, besides how it stands.
    pub since: i64,
}

/// From the server: one variant a slice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerMessage {
    /// The first message on every socket.
    Welcome(Welcome),
    /// "Are you there?"
    Heartbeat {
        /// Everything that was announced before this revision has been sent.
        revision: i64,
    },
    /// The counts on icons have changed.
    Badges(Badges),
    /// About the lists of posts.
    Feed(FeedMessage),
    /// About a post.
    Post(PostMessage),
    /// About what stands below a post.
    Comment(CommentMessage),
    /// About conversations.
    Chat(ChatMessage),
    /// About notifications.
    Notification(NotificationMessage),
    /// About whether people are there.
    Presence(PresenceMessage),
}

/// What a socket begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The server's [`VERSION`].
    pub version: u32,
    /// Whether the page has to load again what it shows: what happened since is not known any more.
    pub resync: bool,
}

impl Welcome {
    const fn topic(&self) -> Topic {
        Topic::Connection
    }
}

/// Makes messages of what slices say. Each of their enums says by itself what it is about.
macro_rules! server_messages {
    ($($slice:ident($message:ty),)*) => {
        impl ServerMessage {
            /// What it is about.
            pub fn topic(&self) -> Topic {
                match self {
                    Self::Heartbeat { .. } => Topic::Connection,
                    $(Self::$slice(message) => message.topic(),)*
                }
            }
        }

        $(impl From<$message> for ServerMessage {
            fn from(message: $message) -> Self {
                Self::$slice(message)
            }
        })*
    };
}
server_messages! {
    Welcome(Welcome),
    Badges(Badges),
    Feed(FeedMessage),
    Post(PostMessage),
    Comment(CommentMessage),
    Chat(ChatMessage),
    Notification(NotificationMessage),
    Presence(PresenceMessage),
}

impl From<PresenceRequest> for ClientMessage {
    fn from(request: PresenceRequest) -> Self {
        Self::Presence(request)
    }
}

impl From<ChatRequest> for ClientMessage {
    fn from(request: ChatRequest) -> Self {
        Self::Chat(request)
    }
}

#[cfg(test)]
mod tests;
