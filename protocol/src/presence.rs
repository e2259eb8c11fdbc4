//! Who is there.

use serde::{Deserialize, Serialize};

use crate::{AccountId, Timestamp, live::topic::Topic};

/// Seconds for which all tabs of a person have to be hidden until they are away.
pub const AWAY_SECONDS: u32 = 300;

/// Whether somebody is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// A page of theirs is open, and was looked at lately.
    Online,
    /// Pages of theirs are open, and all were hidden for [`AWAY_SECONDS`].
    Away,
    /// No page of theirs is open.
    #[default]
    Offline,
}

/// Whether somebody is there, and if not, when they were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PresenceView {
    /// Whether they are there.
    pub state: Presence,
    /// When they were there last, as far as that is known; only of whoever is offline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<Timestamp>,
}

impl From<Presence> for PresenceView {
    fn from(state: Presence) -> Self {
        Self { state, last_seen: None }
    }
}

/// From the browser, over the live socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PresenceRequest {
    /// The page was hidden for [`AWAY_SECONDS`].
    Away,
    /// Somebody looks at the page again.
    Back,
}

/// About whether people are there, over the live socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PresenceMessage {
    /// How it is with somebody who is watched.
    State {
        /// Who.
        person: AccountId,
        /// How it is.
        presence: PresenceView,
    },
}

impl PresenceMessage {
    /// What it is about.
    pub(crate) const fn topic(&self) -> Topic {
        let Self::State { person, .. } = self;
        Topic::Person(*person)
    }
}
