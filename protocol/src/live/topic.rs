use serde::{Deserialize, Serialize};

use crate::{AccountId, PostId, call::RoomId};

/// What messages are about. Parts of a page subscribe to topics; those that are things can be watched, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The connection itself.
    Connection,
    /// The counts on icons.
    Badges,
    /// What became of what this person sent.
    Outbox,
    /// The lists of posts.
    Feed,
    /// The conversations of this person.
    Chat,
    /// The notifications of this person.
    Notifications,
    /// A post and what stands below it.
    Post(PostId),
    /// Whether a person is there.
    Person(AccountId),
    /// A call.
    Call(RoomId),
    /// Calls that ring for this person.
    Ringing,
}
