//! What the media server wants done: datagrams to send, events to tell, and when to be called again.

use std::net::SocketAddr;
use std::time::Instant;

use crate::id::{PeerId, RoomId};
use crate::source::{Occupant, Source};

/// How a datagram travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// As it is.
    Udp,
    /// In a frame of RFC 4571 on a connection that the client opened (ICE-TCP, RFC 6544). The caller adds and removes the frame.
    Tcp,
}

/// A datagram that arrived.
#[derive(Debug, Clone, Copy)]
pub struct Datagram<'a> {
    /// How it travelled.
    pub transport: Transport,
    /// Where it comes from.
    pub source: SocketAddr,
    /// Which of [`Config::addresses`](crate::Config) it was sent to, not the wildcard address of the socket.
    pub destination: SocketAddr,
    /// Its content.
    pub payload: &'a [u8],
}

/// A datagram to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmit {
    /// How to send it.
    pub transport: Transport,
    /// From which of [`Config::addresses`](crate::Config).
    pub source: SocketAddr,
    /// Where to.
    pub destination: SocketAddr,
    /// Its content; at most about 1,200 bytes for what the server makes itself.
    pub payload: Vec<u8>,
}

/// The answer of [`Sfu::poll`](crate::Sfu::poll).
#[derive(Debug)]
pub enum Output {
    /// Send this.
    Transmit(Transmit),
    /// Tell this to those whom it concerns.
    Event(Event),
    /// Nothing else to do. Call again at this time, or sooner after any other call. Be on time to a fraction of a millisecond:
    /// packets are paced, and what a connection carries is measured by that; a timer of whole milliseconds measures half of it.
    Timeout(Instant),
}

/// Why a connection is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// The client closed it.
    Closed,
    /// ICE heard nothing for some seconds. The same connection may come back.
    Silent,
    /// It failed, by an error of its protocols or by a panic. Only a new connection helps.
    Failed,
}

/// One receive slot of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotState {
    /// The identification tag of its audio line (`a=mid`, RFC 5888).
    pub audio_mid: String,
    /// The identification tag of its video line.
    pub video_mid: String,
    /// Who sits there.
    pub occupant: Option<Occupant>,
}

/// Something that the server should know or tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Media can flow.
    Connected {
        /// Whose connection.
        peer: PeerId,
    },
    /// Media stopped; the participant stays until the grace time is over.
    Disconnected {
        /// Whose connection.
        peer: PeerId,
        /// Why.
        loss: Loss,
    },
    /// The participant was silent for the grace time and is removed.
    Removed {
        /// Who.
        peer: PeerId,
        /// Where from.
        room: RoomId,
    },
    /// Who sits in which slot has changed for this client; all its slots, in the order of its offer.
    Slots {
        /// Whose slots.
        peer: PeerId,
        /// All of them.
        slots: Vec<SlotState>,
    },
    /// Somebody else is the active speaker of the room.
    Speaker {
        /// Which room.
        room: RoomId,
        /// Nobody, when the speaker is gone and the others are silent.
        peer: Option<PeerId>,
    },
    /// The client should encode exactly these layers of its video and pause the others.
    Layers {
        /// Who sends.
        peer: PeerId,
        /// Camera or screen.
        source: Source,
        /// Restriction identifiers (RFC 8851) of the layers that somebody watches.
        rids: Vec<String>,
    },
}
