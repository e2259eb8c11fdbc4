//! A person's page.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, Page, PictureId, PostId, Timestamp, account::PersonView, media::PictureView, post::PostView,
    presence::PresenceView,
};

mod edit;
mod site;

pub use edit::{
    About, Address, Bio, CheckedProfile, EditProfile, FieldVisibility, LINK_FIELDS, OwnProfileView,
    PROFILE_LINKS, SquareCrop,
};
pub use site::{Site, shown_link};

/// What a person sees at `/u/{username}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::large_enum_variant, reason = "a page has one of them")
)]
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

impl ProfileView {
    /// Whose it is.
    pub const fn person(&self) -> &PersonView {
        match self {
            Self::Open(ProfileDetails { person, .. }) | Self::YouBlocked { person } => person,
        }
    }
}

/// A profile that the reader may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileDetails {
    /// Whose it is.
    pub person: PersonView,
    /// Whether they are there.
    pub presence: PresenceView,
    /// Since when they are a member.
    pub joined_at: Timestamp,
    /// People who follow this person, as far as the reader may know them.
    pub followers: u32,
    /// People whom this person follows, as far as the reader may know them.
    pub following: u32,
    /// Posts of this person that are not removed.
    pub post_count: u32,
    /// How the reader stands to this person.
    pub relation: Relation,
    /// What the person tells of themselves, as far as the reader may know it.
    pub about: AboutView,
    /// What the tab shows that is open.
    pub content: ProfileContent,
}

/// What a person tells of themselves. What is empty is not there, or not for the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AboutView {
    /// Who they are, in a sentence or two.
    pub bio: String,
    /// More about them.
    pub about: String,
    /// Where they live.
    pub address: String,
    /// The name of their country.
    pub country: String,
    /// Their pages elsewhere.
    pub links: Vec<String>,
}

/// What of a profile is asked for, below its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileTab {
    /// What the person posted: the latest, or what is older than this post.
    Posts(Option<PostId>),
    /// The pictures on their posts: the latest, or what is older than this one.
    Pictures(Option<PictureId>),
    /// What they tell of themselves.
    About,
}

/// What a tab of a profile shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileContent {
    /// A page of what the person posted, the latest first.
    Posts(Page<PostView>),
    /// A page of the pictures on their posts, the latest first.
    Pictures(Page<PostedPicture>),
    /// Nothing besides what every tab has.
    About,
}

/// A picture, and the post that it stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedPicture {
    /// The picture.
    pub picture: PictureView,
    /// Its post.
    pub post: PostId,
}

/// Who may see a part of a profile. Whoever passes one passes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// All members.
    Everyone,
    /// Whoever follows the person.
    Followers,
    /// Only the person.
    OnlyMe,
}

impl Visibility {
    /// All of them, the widest first.
    pub const ALL: [Self; 3] = [Self::Everyone, Self::Followers, Self::OnlyMe];

    /// Its name in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Followers => "followers",
            Self::OnlyMe => "only_me",
        }
    }
}

impl FromStr for Visibility {
    type Err = UnknownVisibility;

    fn from_str(name: &str) -> Result<Self, UnknownVisibility> {
        Self::ALL.into_iter().find(|visibility| visibility.name() == name).ok_or(UnknownVisibility)
    }
}

/// Nothing of this name says who may see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no visibility")]
pub struct UnknownVisibility;

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
