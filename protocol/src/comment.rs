//! Comments below posts, and replies below comments.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{CommentId, PostId, Timestamp, account::PersonView, live::topic::Topic, text::Prose};

/// The text of a comment or reply: 1 to 2,000 characters.
pub type CommentBody = Prose<2_000>;

/// A comment or reply as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewComment {
    /// Chosen by the author; sending again under the same id answers with the first comment.
    #[serde(default)]
    pub client_id: Option<Uuid>,
    /// The post that it is about.
    pub post: PostId,
    /// The comment or reply that it answers.
    #[serde(default)]
    pub answers: Option<CommentId>,
    /// The text.
    #[serde(default)]
    pub body: String,
}

/// What a comment or reply shall say from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditComment {
    /// Which.
    pub comment: CommentId,
    /// The version that the author had before them.
    pub version: u32,
    /// The text.
    #[serde(default)]
    pub body: String,
}

/// A comment or reply as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentView {
    /// The comment.
    pub id: CommentId,
    /// The author's own id for it, for the author alone: by it they know which of those on their way it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<Uuid>,
    /// The post that it is about.
    pub post: PostId,
    /// The comment that it stands below, for a reply. Threads are one level deep.
    pub thread: Option<CommentId>,
    /// Who is answered, for a reply to a reply.
    pub answers: Option<PersonView>,
    /// Who wrote it; nobody, for a comment that was removed and stays as the head of its replies.
    pub author: Option<PersonView>,
    /// The text.
    pub body: String,
    /// The usernames in the text that lead somewhere for this person.
    pub mentions: Vec<String>,
    /// When it was written.
    pub written_at: Timestamp,
    /// When it was edited last.
    pub edited_at: Option<Timestamp>,
    /// How often it was edited.
    pub version: u32,
}

/// Replies of a thread that come with a page of threads at most.
pub const FIRST_REPLIES: u32 = 5;

/// A comment with the replies below it, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadView {
    /// The comment.
    pub comment: CommentView,
    /// The first of its replies.
    pub replies: Vec<CommentView>,
    /// Whether there are more replies after them.
    pub more: bool,
}

/// A page of the comments on a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPage {
    /// Oldest first.
    pub threads: Vec<ThreadView>,
    /// Whether there are threads before them.
    pub earlier: bool,
    /// Whether there are threads after them.
    pub more: bool,
}

/// Which page of the comments on a post.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageRequest {
    /// The first.
    #[default]
    First,
    /// What comes after this thread.
    After(CommentId),
    /// What comes before this thread.
    Before(CommentId),
    /// The thread that this comment or reply is in, and what comes after it.
    At(CommentId),
}

/// About what stands below a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommentMessage {
    /// There is a new comment or reply below a watched post, or one that is known was edited or became the empty head of its
    /// thread.
    Changed {
        /// It, boxed because it is much larger than all others.
        comment: Box<CommentView>,
    },
    /// A comment or reply below a watched post is gone.
    Removed {
        /// The post.
        post: PostId,
        /// The comment or reply.
        comment: CommentId,
    },
    /// A comment or reply of this person is stored, from whichever window it was sent.
    Stored {
        /// It, with the id under which it was sent.
        comment: Box<CommentView>,
    },
}

impl CommentMessage {
    /// What it is about.
    pub fn topic(&self) -> Topic {
        match self {
            Self::Changed { comment } => Topic::Post(comment.post),
            Self::Removed { post, .. } => Topic::Post(*post),
            Self::Stored { .. } => Topic::Outbox,
        }
    }
}
