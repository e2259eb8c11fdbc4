//! Which layer goes into which slot.

use std::time::Instant;

use super::Sfu;
use crate::allocation::{self, Demand};
use crate::id::PeerId;
use crate::source::{Content, Source};

/// Bits per second that a voice takes.
const VOICE: u64 = 40_000;

/// A video that one client should get.
struct Wanted {
    slot: usize,
    sender: PeerId,
    source: Source,
    rank: u8,
    demand: Demand,
}

impl Sfu {
    /// Chooses layers for one client. `eager` when its tiles have changed: then a larger layer needs no patience.
    pub(super) fn retarget(&mut self, id: PeerId, eager: bool, now: Instant) {
        let mut wanted = self.wanted(id, now);
        wanted.sort_by_key(|wanted| wanted.rank);
        let demands: Vec<Demand> = wanted.iter().map(|wanted| wanted.demand.clone()).collect();
        let Some(peer) = self.peers.get_mut(&id) else { return };
        let voices = VOICE * peer.audible.len() as u64;
        // A tenth is for what is sent again, and for what a layer's bit rate varies.
        let budget = peer.bandwidth.estimate().unwrap_or(self.config.initial_bitrate) / 10 * 9;
        let allocation = allocation::allocate(&demands, budget.saturating_sub(voices));
        for (index, slot) in peer.slots.iter_mut().enumerate() {
            let Some(position) = wanted.iter().position(|wanted| wanted.slot == index) else {
                slot.stop_video();
                continue;
            };
            let choices = &wanted[position].demand.choices;
            let level = allocation.levels[position];
            let now_at = choices.iter().position(|choice| Some(choice.layer) == slot.target());
            if now_at == Some(level) {
                slot.hold();
            } else {
                slot.aim(choices[level].layer, now_at.is_some_and(|now_at| level > now_at), eager, now);
            }
        }
        let (demand, restart) = (peer.bandwidth.ask(&allocation, voices, now), peer.bandwidth.restart(now));
        if let Some(connection) = peer.connection.as_mut().filter(|_| demand.is_some() || restart.is_some()) {
            connection.tune(demand, restart);
            self.mark_dirty(id);
        }
        self.want_layers(id, &wanted, now);
    }

    /// The videos that are on this client's screen and can be had.
    fn wanted(&self, id: PeerId, now: Instant) -> Vec<Wanted> {
        let Some(listener) = self.peers.get(&id).filter(|peer| peer.is_connected()) else {
            return Vec::new();
        };
        let speaker = self.speaker(listener.room);
        let occupied =
            listener.slots.iter().enumerate().filter_map(|(slot, state)| Some((slot, state.occupant?)));
        let wanted = occupied.filter_map(|(slot, occupant)| {
            let source = occupant.content.video();
            let track = self.peers.get(&occupant.peer)?.track(source);
            let (height, pinned) = listener.view(occupant);
            let choices = track.choices(now);
            if !track.sending || height == 0 || choices.is_empty() {
                return None;
            }
            let rank = match occupant.content {
                Content::Screen => 0,
                Content::Person if pinned => 1,
                Content::Person if speaker == Some(occupant.peer) => 2,
                Content::Person => 3,
            };
            Some(Wanted { slot, sender: occupant.peer, source, rank, demand: Demand { height, choices } })
        });
        wanted.collect()
    }

    /// Tells the senders' layers that this client watches them, and asks for the keyframes that it waits for.
    fn want_layers(&mut self, id: PeerId, wanted: &[Wanted], now: Instant) {
        for Wanted { slot, sender, source, .. } in wanted {
            let Some(slot) = self.peers.get(&id).map(|peer| &peer.slots[*slot]) else { return };
            let (layers, awaited) = (slot.layers().collect::<Vec<_>>(), slot.awaits_keyframe());
            let Some(sender_peer) = self.peers.get_mut(sender) else { continue };
            for layer in layers {
                if let Some(layer) = sender_peer.track_mut(*source).layers.get_mut(layer) {
                    layer.want(now);
                }
            }
            if let Some(layer) = awaited {
                self.request_keyframe(*sender, *source, layer, now);
            }
        }
    }

    /// Somebody needs a keyframe of this layer.
    pub(super) fn request_keyframe(&mut self, id: PeerId, source: Source, layer: usize, now: Instant) {
        if let Some(layer) =
            self.peers.get_mut(&id).and_then(|peer| peer.track_mut(source).layers.get_mut(layer))
        {
            layer.keyframes.request(now);
        }
        self.send_keyframe_requests(id, source, now);
    }

    /// Asks the sender for the keyframes that are due.
    pub(super) fn send_keyframe_requests(&mut self, id: PeerId, source: Source, now: Instant) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        let track = &mut peer.tracks[source.index()];
        let (Some(mid), Some(connection)) = (track.mid, peer.connection.as_mut()) else { return };
        let mut asked = 0;
        for layer in track.layers.iter_mut().filter(|layer| layer.is_asked_for()) {
            if layer.keyframes.is_due(now) {
                connection.request_keyframe(mid, layer.rid);
                asked += 1;
            }
        }
        if asked > 0 {
            self.stats.keyframe_requests += asked;
            self.mark_dirty(id);
        }
    }
}
