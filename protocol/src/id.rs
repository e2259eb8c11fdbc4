//! One type per kind of id, so that a comment's id cannot be passed where a post's is meant.
//!
//! Ids are UUIDs of version 7 (RFC 9562, section 5.7): the later one sorts after the earlier one, which makes
//! them the cursors of our lists as well. They are no secrets.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

id! {
    /// A person's account.
    AccountId;
    /// A post in the feed.
    PostId;
    /// A comment below a post, or a reply below a comment.
    CommentId;
    /// A picture on a post, or on its way to one.
    PictureId;
    /// A person's profile picture. Another one has another id.
    ProfilePictureId;
    /// What two people say to each other.
    ConversationId;
    /// What somebody is told of.
    NotificationId;
    /// A copy of everything that a person has here.
    ExportId;
    /// One signed-in browser.
    SessionId;
    /// A key that logs its owner in.
    PasskeyId;
}

impl AccountId {
    /// Which of twelve colours (0 to 11) stands behind this person's initials, the same everywhere.
    pub fn hue(self) -> u8 {
        // The front of the id is the time of sign-up; the random tail spreads people over the colours.
        self.0.as_bytes()[15] % 12
    }
}

#[cfg(test)]
mod tests;
