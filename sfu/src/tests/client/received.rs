//! What a client has received.

use std::collections::BTreeSet;
use std::time::Instant;

use super::{Client, Received};
use crate::id::PeerId;
use crate::output::SlotState;
use crate::source::{Content, Occupant};

impl Client {
    /// The pictures of this content of this participant that came in the slot where the server says they sit.
    pub(in crate::tests) fn pictures(&self, sender: PeerId, content: Content) -> Vec<Received> {
        let Some(slot) = self.slot_of(sender, content) else { return Vec::new() };
        let mine = |packet: &&Received| packet.sender == sender && *packet.mid == *slot.video_mid;
        self.received.iter().filter(|packet| packet.picture.is_some()).filter(mine).copied().collect()
    }

    /// The packets of sound of this participant, in whatever slot.
    pub(in crate::tests) fn sounds(&self, sender: PeerId) -> usize {
        self.received.iter().filter(|packet| packet.picture.is_none() && packet.sender == sender).count()
    }

    pub(in crate::tests) fn slot_of(&self, sender: PeerId, content: Content) -> Option<&SlotState> {
        self.slots.iter().find(|slot| slot.occupant == Some(Occupant { peer: sender, content }))
    }

    /// Heights of the pictures that arrived since then.
    pub(in crate::tests) fn heights_since(&self, sender: PeerId, since: Instant) -> BTreeSet<u32> {
        let recent = self.received.iter().filter(|packet| packet.at >= since && packet.sender == sender);
        recent.filter_map(|packet| packet.picture).map(|picture| picture.height).collect()
    }

    /// What came on this line, in the order of the sequence numbers.
    pub(in crate::tests) fn line(&self, mid: &str) -> Vec<Received> {
        let mut packets: Vec<Received> =
            self.received.iter().filter(|packet| *packet.mid == *mid).copied().collect();
        packets.sort_by_key(|packet| packet.seq);
        packets
    }
}
