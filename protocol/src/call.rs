//! Conferences: who is in a call, what they do there, and how their media reach each other.
//!
//! A *call* is a room with a [`RoomId`]. A *participant* is a person in it, with one tab: whoever joins from another one leaves
//! with the first. Media travel by an engine; everything else goes over the live socket.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AccountId, Problem, Timestamp, account::PersonView, live::topic::Topic, text::Prose};

mod message;
mod room_id;

pub use message::{CallMessage, CallRequest, HostAction, LeaveReason};
pub use room_id::{NoRoomId, RoomId};

/// The title of a call: 1 to 100 characters.
pub type CallTitle = Prose<100>;
/// What somebody says in the chat of a call: 1 to 2,000 characters. It is never stored.
pub type CallText = Prose<2_000>;

/// Receive slots that a client offers: the tiles beside one's own that can show video at a time.
pub const SLOTS: usize = 12;
/// Seconds that somebody stays in a call without a live socket.
pub const GRACE_SECONDS: u32 = 30;
/// Seconds that a call rings.
pub const RING_SECONDS: u32 = 45;

/// A call to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCall {
    /// What it is about; may be empty.
    #[serde(default)]
    pub title: String,
    /// When it begins; now without one.
    #[serde(default)]
    pub planned_for: Option<Timestamp>,
    /// Whether whoever comes waits until somebody admits them.
    #[serde(default)]
    pub has_lobby: bool,
}

/// A call, as somebody sees it who has its link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallView {
    /// Its room.
    pub room: RoomId,
    /// What it is about; may be empty.
    pub title: String,
    /// Who made it.
    pub host: PersonView,
    /// When it begins, for one that is planned.
    pub planned_for: Option<Timestamp>,
    /// When somebody was the first to join.
    pub started_at: Option<Timestamp>,
    /// When it ended. Nobody can join any more.
    pub ended_at: Option<Timestamp>,
    /// Who is in it now.
    pub people: Vec<PersonView>,
}

/// A call that somebody was invited to, made or was in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallEntry {
    /// The call. Of one that is over, `people` are those who were in it.
    pub call: CallView,
    /// Seconds that the reader was in it.
    pub seconds: u32,
}

/// What one sends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    /// Whether the microphone is on.
    pub microphone: bool,
    /// Whether the camera is on.
    pub camera: bool,
    /// Whether the screen is shared.
    pub screen: bool,
}

/// What somebody may do in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallRole {
    /// Everything. Whoever made the call.
    Host,
    /// Everything but naming other co-hosts and ending the call for all.
    CoHost,
    /// To speak, show and write.
    Guest,
}

impl CallRole {
    /// Whether this person admits, mutes, removes and locks.
    pub const fn is_host(self) -> bool {
        matches!(self, Self::Host | Self::CoHost)
    }
}

/// Somebody in a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantView {
    /// Who.
    pub person: PersonView,
    /// What they may do.
    pub role: CallRole,
    /// What they send.
    pub devices: Devices,
    /// The place of their raised hand among all that were raised, 1 and up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<u32>,
    /// Whether they have lost their connection and may come back.
    #[serde(default)]
    pub is_reconnecting: bool,
}

/// How a call stands. Each change of it makes all of it be said again; the one with the greater revision holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallState {
    /// Which call.
    pub room: RoomId,
    /// Grows with each change.
    pub revision: i64,
    /// What it is about; may be empty.
    pub title: String,
    /// Whether nobody else can join.
    pub is_locked: bool,
    /// Whether whoever comes waits in the lobby.
    pub has_lobby: bool,
    /// Who is in it, in the order in which they joined.
    pub participants: Vec<ParticipantView>,
    /// Who waits in the lobby; only hosts and co-hosts are told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<PersonView>,
}

/// What carries the media of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// Kith's own media server: the client sends an offer over the live socket.
    Embedded,
    /// ZegoCloud's, through its SDK.
    Zego {
        /// The operator's account there.
        app_id: u32,
        /// Lets this person into this room for some minutes.
        token: String,
        /// Its server.
        server: String,
    },
}

/// The line of a client on which it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VideoSource {
    /// The camera.
    Camera,
    /// The screen.
    Screen,
}

/// What a slot or a tile shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Occupant {
    /// Whose.
    pub participant: AccountId,
    /// Their screen and its sound, or else their camera and microphone.
    pub is_screen: bool,
}

/// A pair of lines on which the client receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The identification tag of its audio line (`a=mid`, RFC 5888).
    pub audio_mid: String,
    /// That of its video line.
    pub video_mid: String,
    /// What it carries.
    pub occupant: Option<Occupant>,
}

/// How large a client shows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TileView {
    /// What.
    pub occupant: Occupant,
    /// The height of the tile in physical pixels; 0 when it is not on the screen.
    pub height: u32,
    /// Whether it gets its bandwidth before the others.
    pub is_pinned: bool,
}

/// A short sign that everybody in the call sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// A thumb that points up.
    ThumbsUp,
    /// Hands that clap.
    Applause,
    /// A heart.
    Heart,
    /// A face that laughs.
    Laughter,
    /// A face that is surprised.
    Surprise,
}

/// Something that was said in the chat of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallChatMessage {
    /// Who said it.
    pub sender: PersonView,
    /// The sender's own id for it.
    pub client_id: Uuid,
    /// The text.
    pub body: String,
    /// When the server passed it on.
    pub sent_at: Timestamp,
}

#[cfg(test)]
mod tests;
