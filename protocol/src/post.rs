//! Posts and the feed that they make.

use serde::{Deserialize, Serialize};

use crate::{PostId, Timestamp, account::PersonView, text::Prose};

/// The text of a post: 1 to 5,000 characters.
pub type PostBody = Prose<5_000>;

/// A post as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPost {
    /// The text.
    pub body: String,
}

/// A post as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostView {
    /// The post.
    pub id: PostId,
    /// Who wrote it.
    pub author: PersonView,
    /// The text.
    pub body: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// Its counts, as this person may know them.
    pub counts: Counts,
    /// Whether this person likes it.
    pub liked: bool,
}

/// How many like a post and how many comments and replies it has, without those of people with whom the reader has a
/// block either way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Likes.
    pub likes: u32,
    /// Comments and replies.
    pub comments: u32,
    /// Grows with each change of the post's counts. Of two counts that arrive, the one with the greater revision is
    /// the newer, in whatever order they come.
    pub revision: i64,
}

/// Which posts a feed holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedKind {
    /// Those of everybody.
    #[default]
    Everyone,
    /// Those of the reader and of the people that the reader follows.
    Following,
}

/// Where a feed goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedQuery {
    /// Which posts.
    pub kind: FeedKind,
    /// Only posts older than this one.
    pub before: Option<PostId>,
}
