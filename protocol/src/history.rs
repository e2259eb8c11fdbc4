//! What one's own account has seen.

use serde::{Deserialize, Serialize};

use crate::{
    Page, PostId, Timestamp,
    session::{FailedTriesView, LogInView},
};

/// The numbers of an account, for its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewView {
    /// When the account was made.
    pub joined_at: Timestamp,
    /// Posts that are not removed.
    pub posts: u32,
    /// Likes of these posts by others.
    pub likes_received: u32,
    /// Comments and replies of others below these posts.
    pub comments_received: u32,
    /// People who follow.
    pub followers: u32,
    /// People who are followed.
    pub following: u32,
    /// People who are blocked.
    pub blocked: u32,
    /// Bytes of all pictures.
    pub storage_bytes: u64,
}

/// A post in its author's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostEntry {
    /// The post.
    pub id: PostId,
    /// How it begins; empty for one with pictures only.
    pub excerpt: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// When it was edited last.
    pub edited_at: Option<Timestamp>,
    /// Likes.
    pub likes: u32,
    /// Comments and replies.
    pub comments: u32,
}

/// A page of log-ins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogInsView {
    /// The latest tries that failed; on the first page only.
    pub failed: Vec<FailedTriesView>,
    /// The log-ins, the latest first.
    pub log_ins: Page<LogInView>,
}
