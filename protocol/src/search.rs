//! What a search finds.

use serde::{Deserialize, Serialize};

use crate::profile::RelatedPerson;

/// The people whom a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFound {
    /// The best first, at most [`PEOPLE_FOUND`].
    pub people: Vec<RelatedPerson>,
    /// Whether there are others, whom more letters would find.
    pub more: bool,
}

/// People whom a search finds at most.
pub const PEOPLE_FOUND: usize = 30;
/// Characters of a search that are looked at.
pub const QUERY_MAX: usize = 100;
