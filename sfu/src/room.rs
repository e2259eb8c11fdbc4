//! A room: who is in it, and who speaks.

use crate::id::PeerId;
use crate::speaker::ActiveSpeaker;

#[derive(Debug, Default)]
pub(crate) struct Room {
    /// In the order in which they joined.
    pub members: Vec<PeerId>,
    pub speaker: ActiveSpeaker,
}
