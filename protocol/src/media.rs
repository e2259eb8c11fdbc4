//! Pictures on posts.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{PictureId, ProfilePictureId, text::Prose};

/// Pictures on one post at most.
pub const POST_PICTURES: usize = 10;
/// Megabytes of an uploaded file at most.
pub const UPLOAD_MEGABYTES: u32 = 10;
/// Megapixels of a picture at most, all frames of an animation together.
pub const MEGAPIXELS: u32 = 50;

/// What a picture shows, in words: 1 to 1,000 characters. A picture without words has none.
pub type AltText = Prose<1_000>;

/// A picture as it goes onto a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedPicture {
    /// One that was uploaded before.
    pub id: PictureId,
    /// What it shows, in words; may be empty.
    #[serde(default)]
    pub alt: String,
}

/// A picture as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PictureView {
    /// The picture.
    pub id: PictureId,
    /// Pixels from left to right of its large size.
    pub width: u32,
    /// Pixels from top to bottom of its large size.
    pub height: u32,
    /// What it shows, in words; empty when nobody said.
    pub alt: String,
    /// The picture in a few dozen pixels, as the address of an image (`data:image/webp;base64,…`), to be shown blurred
    /// until a larger size has come.
    pub preview: String,
    /// Whether its large size moves.
    pub moves: bool,
}

impl PictureView {
    /// Where one of its sizes is served.
    pub fn path(&self, size: PictureSize) -> String {
        picture_path(self.id, size)
    }
}

/// Where a size of a picture is served.
pub fn picture_path(picture: PictureId, size: PictureSize) -> String {
    format!("/media/{picture}/{size}")
}

/// The sizes in which a picture is stored, each a WebP. Pictures are never enlarged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureSize {
    /// For one of several on a card.
    Small,
    /// For the only one on a card.
    Medium,
    /// For the whole screen.
    Large,
}

impl PictureSize {
    /// All of them, the largest first.
    pub const ALL: [Self; 3] = [Self::Large, Self::Medium, Self::Small];

    /// Pixels of the longer edge at most.
    pub const fn edge(self) -> u32 {
        match self {
            Self::Small => 480,
            Self::Medium => 1_200,
            Self::Large => 2_560,
        }
    }

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

impl fmt::Display for PictureSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PictureSize {
    type Err = UnknownSize;

    fn from_str(name: &str) -> Result<Self, UnknownSize> {
        Self::ALL.into_iter().find(|size| size.name() == name).ok_or(UnknownSize)
    }
}

/// The sizes in which a profile picture is stored, each a square WebP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProfilePictureSize {
    /// Beside what somebody did.
    Small,
    /// On their profile.
    Large,
}

impl ProfilePictureSize {
    /// All of them, the largest first.
    pub const ALL: [Self; 2] = [Self::Large, Self::Small];

    /// Pixels of an edge.
    pub const fn edge(self) -> u32 {
        match self {
            Self::Small => 96,
            Self::Large => 384,
        }
    }

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
        }
    }
}

impl FromStr for ProfilePictureSize {
    type Err = UnknownSize;

    fn from_str(name: &str) -> Result<Self, UnknownSize> {
        Self::ALL.into_iter().find(|size| size.name() == name).ok_or(UnknownSize)
    }
}

/// Where a size of a profile picture is served.
pub fn profile_picture_path(picture: ProfilePictureId, size: ProfilePictureSize) -> String {
    format!("/media/profile/{picture}/{}", size.name())
}

/// There is no size of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no size of a picture")]
pub struct UnknownSize;
