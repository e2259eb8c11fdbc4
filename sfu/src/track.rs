//! What one participant sends on one line, and to whom it goes.

use std::time::Instant;

use str0m::media::{Mid, Rid};
use str0m::rtp::Ssrc;

use crate::allocation::Choice;
use crate::config::MAX_LAYERS;
use crate::id::PeerId;
use crate::layer::Layer;
use crate::loudness::Loudness;

/// Where a track goes: the forwarding table has one of these for each slot that its occupant sits in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subscriber {
    pub peer: PeerId,
    /// Index of the slot.
    pub slot: usize,
}

#[derive(Debug, Default)]
pub(crate) struct Track {
    pub mid: Option<Mid>,
    /// Whether it is switched on. Packets of a track that is not are dropped.
    pub sending: bool,
    pub subscribers: Vec<Subscriber>,
    /// In the order in which they arrived first, so that an index stays.
    pub layers: Vec<Layer>,
    pub loudness: Loudness,
}

impl Track {
    /// Everything about the connection is forgotten; who subscribed stays.
    pub(crate) fn disconnect(&mut self) {
        self.mid = None;
        self.layers.clear();
        self.loudness = Loudness::default();
    }

    /// The layer of a packet. Nothing when there are too many; true when its numbering has begun anew.
    pub(crate) fn layer(&mut self, rid: Option<Rid>, ssrc: Ssrc, now: Instant) -> Option<(usize, bool)> {
        if let Some(index) = self.layers.iter().position(|layer| layer.rid == rid) {
            let renumbered = self.layers[index].ssrc != ssrc;
            self.layers[index].ssrc = ssrc;
            return Some((index, renumbered));
        }
        if self.layers.len() == MAX_LAYERS {
            return None;
        }
        self.layers.push(Layer::new(rid, ssrc, now));
        Some((self.layers.len() - 1, false))
    }

    /// The layers that can be had, from the smallest to the largest.
    pub(crate) fn choices(&self, now: Instant) -> Vec<Choice> {
        let available = self.layers.iter().enumerate().filter(|(_, layer)| layer.is_available(now));
        let mut choices: Vec<Choice> = available
            .filter_map(|(index, layer)| {
                Some(Choice { layer: index, height: layer.height?, bitrate: layer.bitrate() })
            })
            .collect();
        choices.sort_by_key(|choice| choice.height);
        choices
    }

    /// always the smallest one, so that whoever looks next sees something at once.
    pub(crate) fn changed_demand(&mut self, now: Instant) -> Option<Vec<String>> {
        if self.layers.len() < 2 {
            return None;
        }
        let smallest =
            (0..self.layers.len()).min_by_key(|index| self.layers[*index].height.unwrap_or(u32::MAX));
        let mut changed = false;
        for (index, layer) in self.layers.iter_mut().enumerate() {
            let wanted = Some(index) == smallest || layer.is_wanted(now) || layer.height.is_none();
            changed |= wanted != layer.is_asked_for();
            layer.ask_for(wanted, now);
        }
        if !changed {
            return None;
        }
        let asked = self.layers.iter().filter(|layer| layer.is_asked_for());
        Some(asked.filter_map(|layer| layer.rid.map(|rid| rid.to_string())).collect())
    }
}
