//! Comments below posts, and replies below comments.

use serde::{Deserialize, Serialize};

use crate::{CommentId, PostId, Timestamp, account::PersonView, text::Prose};

/// The text of a comment or reply: 1 to 2,000 characters.
pub type CommentBody = Prose<2_000>;

/// A comment or reply as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewComment {
    /// The post that it is about.
    pub post: PostId,
    /// The comment or reply that it answers.
    #[serde(default)]
    pub answers: Option<CommentId>,
    /// The text.
    #[serde(default)]
    pub body: String,
}

/// A comment or reply as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentView {
    /// The comment.
    pub id: CommentId,
    /// The post that it is about.
    pub post: PostId,
    /// The comment that it stands below, for a reply. Threads are one level deep.
    pub thread: Option<CommentId>,
    /// Who is answered, for a reply to a reply.
    pub answers: Option<PersonView>,
    /// Who wrote it.
    pub author: PersonView,
    /// The text.
    pub body: String,
    /// When it was written.
    pub written_at: Timestamp,
}

/// A comment with the replies below it, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadView {
    /// The comment.
    pub comment: CommentView,
    /// Its replies.
    pub replies: Vec<CommentView>,
}
