//! People whom the reader may want to follow.

use serde::{Deserialize, Serialize};

use crate::{account::PersonView, profile::Relation};

/// Somebody whom the reader does not follow yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Who.
    pub person: PersonView,
    /// How the reader stands to this person.
    pub relation: Relation,
    /// Why this person.
    pub reason: SuggestionReason,
}

/// Why somebody is suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionReason {
    /// People whom the reader follows follow them.
    FollowedBy {
        /// The first name of one of these.
        name: String,
        /// How many others.
        others: u32,
    },
    /// They like posts that the reader likes.
    SharedLikes {
        /// How many.
        posts: u32,
    },
    /// They have joined not long ago.
    Newcomer,
    /// They are here.
    Member,
}

/// What stands beside the feed: some suggestions, and the newest of the reader's own followers and of whom they follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SidePanel {
    /// The best of them.
    pub suggestions: Vec<Suggestion>,
    /// The newest followers.
    pub followers: Vec<PersonView>,
    /// How many there are.
    pub follower_count: u32,
    /// Whom the reader followed last.
    pub following: Vec<PersonView>,
    /// How many there are.
    pub following_count: u32,
}
