//! Lists of posts.

use serde::{Deserialize, Serialize};

use crate::{AccountId, PostId, live::topic::Topic};

/// Which posts a feed holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedKind {
    /// Those of everybody.
    #[default]
    Everyone,
    /// Those of the reader and of the people that the reader follows.
    Following,
    /// Those of one person.
    By(AccountId),
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

/// About the lists of posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedMessage {
    /// Somebody published a post that this person may see.
    Published(Published),
    /// Somebody whom this person follows did, or the person themself: it belongs to the feed "Following", too.
    Followed(Published),
}

impl FeedMessage {
    /// What it is about.
    pub(crate) const fn topic(&self) -> Topic {
        Topic::Feed
    }
}

/// A post that was just published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// It.
    pub post: PostId,
    /// Who wrote it: perhaps this person, in this or another window.
    pub author: AccountId,
}
