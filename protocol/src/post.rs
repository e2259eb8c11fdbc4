//! Posts.

use serde::{Deserialize, Serialize};

use uuid::Uuid;

use crate::{
    PostId, Timestamp,
    account::PersonView,
    live::topic::Topic,
    media::{AttachedPicture, PictureView},
    text::Prose,
};

/// The text of a post: 1 to 5,000 characters. A post with pictures needs none.
pub type PostBody = Prose<5_000>;

/// Seconds in which a removed post can be brought back.
pub const UNDO_SECONDS: u32 = 30;

/// A post as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPost {
    /// Chosen by the author; publishing again under the same id answers with the first post.
    pub client_id: Option<Uuid>,
    /// The text.
    pub body: String,
    /// At most [`crate::media::POST_PICTURES`], in their order.
    pub pictures: Vec<AttachedPicture>,
}

/// What a post shall be from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditPost {
    /// Which.
    pub post: PostId,
    /// The version that the author had before them.
    pub version: u32,
    /// The text.
    #[serde(default)]
    pub body: String,
    /// All pictures that it shall have, in their order.
    #[serde(default)]
    pub pictures: Vec<AttachedPicture>,
}

/// A post as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PostView {
    /// The post.
    pub id: PostId,
    /// Who wrote it.
    pub author: PersonView,
    /// The text.
    pub body: String,
    /// The usernames in the text that lead somewhere for this person.
    pub mentions: Vec<String>,
    /// Its pictures, in their order.
    pub pictures: Vec<PictureView>,
    /// When it was published.
    pub published_at: Timestamp,
    /// When it was edited last.
    pub edited_at: Option<Timestamp>,
    /// How often it was edited: 0 for a post as it was published.
    pub version: u32,
    /// Its counts, as this person may know them.
    pub counts: Counts,
    /// Whether this person likes it.
    pub liked: bool,
}

/// How many like a post and how many comments and replies it has, without those of people with whom the reader has a
/// block either way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Counts {
    /// Likes.
    pub likes: u32,
    /// Comments and replies.
    pub comments: u32,
    /// Of two counts that arrive, the one with the greater revision is the newer, in whatever order they come. It is drawn
    /// before the counts are read and says nothing but when that was: it does not depend on who has changed them.
    pub revision: i64,
}

/// A post as it was before it was edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    /// 0 for the first.
    pub version: u32,
    /// The text.
    pub body: String,
    /// How many pictures it had. What was taken off a post is gone.
    pub pictures: u32,
    /// When it was written.
    pub written_at: Timestamp,
}

/// About one post, to whoever watches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostMessage {
    /// How a post stands: the answer to watching one that was not watched before. For one that is not there to be seen it is
    /// `Removed`.
    State {
        /// The post.
        post: PostId,
        /// How often it was edited: load it again, if an earlier version is shown.
        version: u32,
        /// As this person may know them.
        counts: Counts,
    },
    /// Its counts have changed.
    CountsChanged {
        /// The post.
        post: PostId,
        /// As this person may know them.
        counts: Counts,
    },
    /// It was edited: load it again.
    Edited {
        /// The post.
        post: PostId,
    },
    /// It is gone.
    Removed {
        /// The post.
        post: PostId,
    },
}

impl PostMessage {
    /// What it is about.
    pub(crate) const fn topic(&self) -> Topic {
        Topic::Post(self.post())
    }

    /// Which post it is about.
    pub const fn post(&self) -> PostId {
        match self {
            Self::State { post, .. }
            | Self::CountsChanged { post, .. }
            | Self::Edited { post }
            | Self::Removed { post } => *post,
        }
    }
}
