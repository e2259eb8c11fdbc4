//! Who follows whom, as lists.

use serde::{Deserialize, Serialize};

use crate::{
    Page,
    account::PersonView,
    profile::{ListedPerson, PeopleCursor},
};

/// One of the two lists of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowList {
    /// The people who follow the person.
    Followers,
    /// The people whom the person follows.
    Following,
}

impl FollowList {
    /// The last part of its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Followers => "followers",
            Self::Following => "following",
        }
    }
}

/// A part of such a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowQuery {
    /// Whose list.
    pub username: String,
    /// Which one.
    pub list: FollowList,
    /// Only people whose names have this in them; empty for everybody.
    #[serde(default)]
    pub name: String,
    /// Where it goes on.
    #[serde(default)]
    pub after: Option<PeopleCursor>,
}

/// A part of a list of followers, or of people who are followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowListView {
    /// Whose list.
    pub person: PersonView,
    /// How long the list of followers is, as far as the reader may know it.
    pub followers: u32,
    /// How long the list of people who are followed is, as far as the reader may know it.
    pub following: u32,
    /// The latest first.
    pub people: Page<ListedPerson>,
}
