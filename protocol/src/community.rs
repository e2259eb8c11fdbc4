//! The community that runs this Kith for itself.

use serde::{Deserialize, Serialize};

/// What a community calls itself, and what it says of itself to whoever comes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Community {
    /// Its name.
    pub name: String,
    /// One line about itself; empty when it says nothing.
    pub about: String,
    /// Whether it has a picture of its own, at [`COMMUNITY_PICTURE_PATH`].
    pub has_picture: bool,
}

/// Where the picture of the community is served, to everybody.
pub const COMMUNITY_PICTURE_PATH: &str = "/community-picture";

impl Default for Community {
    /// As long as nobody has named it.
    fn default() -> Self {
        Self { name: "Kith".to_owned(), about: String::new(), has_picture: false }
    }
}
