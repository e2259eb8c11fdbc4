//! Whom somebody has blocked.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, account::PersonView, profile::PeopleCursor};

/// Somebody on the reader's own blocklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedPerson {
    /// Who.
    pub person: PersonView,
    /// Since when.
    pub since: Timestamp,
}

impl BlockedPerson {
    /// Where the list goes on after this person.
    pub const fn cursor(&self) -> PeopleCursor {
        PeopleCursor { since: self.since, person: self.person.id }
    }
}
