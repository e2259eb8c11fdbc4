//! The counts on icons.

use serde::{Deserialize, Serialize};

/// The counts on icons, as one person may know them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badges {
    /// Conversations with something unread.
    pub chats: u32,
}
