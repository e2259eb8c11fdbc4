//! A person's page.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{AccountId, Page, Timestamp, account::PersonView, post::PostView};

/// What a person sees at `/u/{username}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileView {
    /// The profile.
    Open(ProfileDetails),
    /// The reader has blocked this person and sees a stub. The other way round there is nothing to see: the account
    /// looks as if it did not exist.
    YouBlocked {
        /// Whom.
        person: PersonView,
    },
}

/// A profile that the reader may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileDetails {
    /// Whose it is.
    pub person: PersonView,
    /// Since when.
    pub joined_at: Timestamp,
    /// People who follow this person, as far as the reader may know them.
    pub followers: u32,
    /// People whom this person follows, as far as the reader may know them.
    pub following: u32,
    /// Posts of this person that are not removed.
    pub post_count: u32,
    /// How the reader stands to this person.
    pub relation: Relation,
    /// A page of what this person posted, the latest first.
    pub posts: Page<PostView>,
}

/// How the reader stands to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It is the reader.
    Oneself,
    /// Neither follows the other.
    Stranger,
    /// The reader follows this person, who does not follow back.
    Following,
    /// This person follows the reader, who does not follow back.
    Follower,
    /// Each follows the other.
    Mutual,
}

impl Relation {
    /// The relation between two people of whom the reader `follows` the other or does not, and is `followed` or not.
    pub const fn between(follows: bool, followed: bool) -> Self {
        match (follows, followed) {
            (true, true) => Self::Mutual,
            (true, false) => Self::Following,
            (false, true) => Self::Follower,
            (false, false) => Self::Stranger,
        }
    }

    /// Whether the reader follows this person.
    pub const fn follows(self) -> bool {
        matches!(self, Self::Following | Self::Mutual)
    }

    /// Whether this person follows the reader.
    pub const fn follows_reader(self) -> bool {
        matches!(self, Self::Follower | Self::Mutual)
    }
}

/// A person, and how the reader stands to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelatedPerson {
    /// Who.
    pub person: PersonView,
    /// How the reader stands to this person.
    pub relation: Relation,
}

/// Somebody in a list of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPerson {
    /// Who.
    pub person: PersonView,
    /// How the reader stands to this person.
    pub relation: Relation,
    /// When the person came onto the list.
    pub since: Timestamp,
}

impl ListedPerson {
    /// Where the list goes on after this person.
    pub const fn cursor(&self) -> PeopleCursor {
        PeopleCursor { since: self.since, person: self.person.id }
    }
}

/// Where a list of people goes on: at the person who came onto it before this one did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleCursor {
    /// When that one came onto the list.
    pub since: Timestamp,
    /// That one.
    pub person: AccountId,
}

impl fmt::Display for PeopleCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.since.micros(), self.person)
    }
}

impl FromStr for PeopleCursor {
    type Err = InvalidCursor;

    /// As it stands in addresses: the moment in microseconds, a full stop, the person.
    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (since, person) = text.split_once('.').ok_or(InvalidCursor)?;
        let since = Timestamp::from_micros(since.parse().map_err(|_| InvalidCursor)?);
        Ok(Self { since, person: person.parse().map_err(|_| InvalidCursor)? })
    }
}

/// This is no place in a list of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place in a list of people")]
pub struct InvalidCursor;

#[cfg(test)]
mod tests;
