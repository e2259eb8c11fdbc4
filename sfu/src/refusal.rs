//! Why the media server did not do what it was asked. Nothing has changed then.

use std::fmt;

/// A request that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// As many rooms as configured exist.
    TooManyRooms,
    /// As many people with that role as configured are in the room.
    RoomFull,
    /// The participant is in a room already.
    AlreadyJoined,
    /// There is no such participant.
    UnknownPeer,
    /// The participant has no connection that could be changed.
    NotConnected,
    /// A listener wants to send.
    ListenersOnlyReceive,
    /// The offer has more bytes than [`MAX_OFFER_BYTES`](crate::MAX_OFFER_BYTES).
    OfferTooLarge,
    /// The offer is not what this server can answer; the text is for the log.
    BadOffer(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::TooManyRooms => f.write_str("the server has as many rooms as it may have"),
            Refusal::RoomFull => f.write_str("the room is full"),
            Refusal::AlreadyJoined => f.write_str("the participant is in a room already"),
            Refusal::UnknownPeer => f.write_str("there is no such participant"),
            Refusal::NotConnected => f.write_str("the participant has no connection"),
            Refusal::ListenersOnlyReceive => f.write_str("listeners only receive"),
            Refusal::OfferTooLarge => f.write_str("the offer is too large"),
            Refusal::BadOffer(why) => write!(f, "the offer cannot be answered: {why}"),
        }
    }
}

impl std::error::Error for Refusal {}
