//! What is said over the live socket, `/live`: one JSON value a text frame, `{"kind": {…}}` or only `"kind"`.
//!
//! Kinds stand outside of what they hold, here and in [`Problem`]: a kind among the fields would make a reader keep all
//! of them until it is found, with code for that which weighs more in the client than all messages together.
//!
//! The server speaks first ([`ServerMessage::Welcome`]). Everything that is stored is also to be had by asking, so a
//! socket may break at any moment: on the next one the client says what it saw last ([`ClientMessage::Resume`]) and
//! gets what it missed, or is told to load again.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, CommentId, ConversationId, PostId, Problem,
    chat::{MessageView, NewMessage},
    comment::CommentView,
    post::Counts,
};

/// The version of this protocol. A page of another version is loaded again, once and at a quiet moment.
pub const VERSION: u32 = 4;
/// Seconds between two beats of the server.
pub const BEAT_SECONDS: u32 = 25;
/// Seconds of silence after which either side takes the other for gone.
pub const SILENCE_SECONDS: u32 = 60;
/// Bytes of a frame from the client at most.
pub const FRAME_BYTES: usize = 32 * 1024;
/// Posts that a socket can watch at a time.
pub const WATCHED_POSTS: usize = 200;
/// Sockets that one person can have open; one more closes the oldest.
pub const SOCKETS_PER_ACCOUNT: usize = 20;
/// Conversations that can be resumed at a time. One that is named twice is answered once.
pub const RESUMED_CONVERSATIONS: usize = 50;

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
    /// "I am here": the answer to a beat.
    Beat,
    /// What has changed in the posts near the screen. A new socket watches none; what is removed makes room for what is
    /// added.
    Watch {
        /// Watched from now on, as long as all of them are at most [`WATCHED_POSTS`].
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        add: Vec<PostId>,
        /// Watched no more.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remove: Vec<PostId>,
    },
    /// The last message seen in each open conversation; what came after is wanted.
    Resume {
        /// At most [`RESUMED_CONVERSATIONS`].
        seen: Vec<Seen>,
    },
    /// A chat message to be stored and delivered.
    Send {
        /// The message.
        message: NewMessage,
    },
    /// Everything up to here has been read.
    Read {
        /// What was read.
        seen: Seen,
    },
}

/// How far a conversation is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The conversation.
    pub conversation: ConversationId,
    /// The last message; 0 when none is.
    pub seq: i64,
}

/// From the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerMessage {
    /// The first message on every socket.
    Welcome {
        /// The server's [`VERSION`].
        version: u32,
        /// Conversations with something unread.
        unread_conversations: u32,
    },
    /// "Are you there?"
    Beat,
    /// Somebody published a post that this person may see.
    Published {
        /// The post.
        post: PostId,
        /// Who wrote it: perhaps this person, in this or another window.
        author: AccountId,
        /// Whether it belongs to the feed "Following" as well.
        following: bool,
    },
    /// How a post stands that was not watched before: the answer to `Watch`, for each of them that is there to be seen.
    /// For the others it is `Removed`.
    Watched {
        /// The post.
        post: PostId,
        /// How often it was edited: load it again, if an earlier version is shown.
        version: u32,
        /// As this person may know them.
        counts: Counts,
    },
    /// The counts of a watched post have changed.
    Counted {
        /// The post.
        post: PostId,
        /// As this person may know them.
        counts: Counts,
    },
    /// A watched post was edited: load it again.
    Edited {
        /// The post.
        post: PostId,
    },
    /// A watched post is gone.
    Removed {
        /// The post.
        post: PostId,
    },
    /// A watched post has a new comment or reply, or one that is known was edited or became the empty head of its thread.
    Commented {
        /// It, boxed because it is much larger than all others.
        comment: Box<CommentView>,
    },
    /// A comment or reply on a watched post is gone.
    Uncommented {
        /// The post.
        post: PostId,
        /// The comment or reply.
        comment: CommentId,
    },
    /// A message was stored in a conversation of this person, whoever of the two sent it.
    Message {
        /// It.
        message: MessageView,
    },
    /// The own message is stored: the answer to `Send`.
    Sent {
        /// It, with its place and time.
        message: MessageView,
    },
    /// The own message was not stored: the answer to `Send`.
    Refused {
        /// The id under which it was sent.
        client_id: Uuid,
        /// Why.
        problem: Problem,
    },
    /// What came after the place named in `Resume`, in order and whole.
    Missed {
        /// Where.
        conversation: ConversationId,
        /// The messages.
        messages: Vec<MessageView>,
    },
    /// Too much was missed to say it here: load the conversation again.
    Resync {
        /// Which.
        conversation: ConversationId,
    },
    /// The number of conversations with something unread has changed.
    Unread {
        /// The number.
        conversations: u32,
    },
}

impl ServerMessage {
    /// The watched post that it is about.
    pub fn post(&self) -> Option<PostId> {
        match self {
            Self::Watched { post, .. }
            | Self::Counted { post, .. }
            | Self::Edited { post }
            | Self::Removed { post }
            | Self::Uncommented { post, .. } => Some(*post),
            Self::Commented { comment } => Some(comment.post),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
