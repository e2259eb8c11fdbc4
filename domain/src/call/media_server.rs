//! What calls ask of whatever carries their media, and what it says. The host of this crate implements it.

use protocol::{
    AccountId,
    call::{Devices, RoomId, Slot, TileView, VideoSource},
};
use uuid::Uuid;

/// Somebody in a room, with the tab that they are in it with. Another tab of the same person is another member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Member {
    /// The room.
    pub room: RoomId,
    /// Who.
    pub person: AccountId,
    /// Their tab.
    pub tab: Uuid,
}

/// What the media server is asked for. Commands are carried out in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaCommand {
    /// To take somebody into a room, where they send nothing yet.
    Join {
        /// Whom.
        member: Member,
    },
    /// To answer an offer of their client (SDP, RFC 8866): [`MediaEvent::Answer`].
    Offer {
        /// Whose.
        member: Member,
        /// Which of their connections; one with another number than before is new.
        connection: u32,
        /// Which offer.
        number: u32,
        /// The offer.
        sdp: String,
    },
    /// To forward what they send of these devices, and nothing else.
    Devices {
        /// Whose.
        member: Member,
        /// All of them.
        devices: Devices,
    },
    /// To send them what is on their screen.
    View {
        /// Whose.
        member: Member,
        /// All tiles.
        tiles: Vec<TileView>,
    },
    /// To neither take anything from them nor send them anything from now on.
    Leave {
        /// Whom.
        member: Member,
    },
}

/// What the media server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaEvent {
    /// The answer to an offer; none when it was not taken.
    Answer {
        /// Whose.
        member: Member,
        /// Which offer.
        number: u32,
        /// The answer.
        sdp: Option<String>,
    },
    /// Media flow, or flow no more.
    Connected {
        /// Whose.
        member: Member,
        /// Whether they flow.
        is_connected: bool,
    },
    /// Who sits in which slot of a client.
    Slots {
        /// Whose.
        member: Member,
        /// All of them.
        slots: Vec<Slot>,
    },
    /// Which layers a client should encode.
    Layers {
        /// Whose.
        member: Member,
        /// Of what.
        source: VideoSource,
        /// Those that somebody watches.
        rids: Vec<String>,
    },
    /// Somebody else speaks in a room.
    Speaker {
        /// Where.
        room: RoomId,
        /// Who; nobody when all are silent.
        person: Option<AccountId>,
    },
    /// A member could not be taken in, or sent nothing for too long and is out.
    Removed {
        /// Whom.
        member: Member,
    },
    /// It began anew: nobody is in any room any more.
    Restarted,
}

/// Carries media.
pub trait MediaServer: Send + Sync {
    /// Asks for something. Never blocks.
    ///
    /// # Errors
    /// [`MediaUnavailable`] when there is no media server, or when it has more to do than it can take.
    fn send(&self, command: MediaCommand) -> Result<(), MediaUnavailable>;
}

/// Calls have no media now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the media server takes no commands")]
pub struct MediaUnavailable;
