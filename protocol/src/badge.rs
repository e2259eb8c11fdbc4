//! The counts on icons.

use serde::{Deserialize, Serialize};

use crate::live::topic::Topic;

/// The counts on icons, as one person may know them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Badges {
    /// Conversations with something unread.
    pub chats: u32,
}

impl Badges {
    /// What they are about.
    pub(crate) const fn topic(&self) -> Topic {
        Topic::Badges
    }
}
