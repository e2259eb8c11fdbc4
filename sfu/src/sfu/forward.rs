//! The path of a packet from whoever sends it to those who watch.

use std::time::Instant;

use super::Sfu;
use crate::config::MAX_MEDIA_BYTES;
use crate::connection::{Incoming, Outgoing};
use crate::id::PeerId;
use crate::source::Source;
use crate::timeline::Position;
use crate::track::Subscriber;
use crate::vp8::Vp8;

impl Sfu {
    /// Forwards a packet that a participant sent.
    pub(super) fn forward(&mut self, from: PeerId, incoming: &Incoming, now: Instant) {
        let Some(peer) = self.peers.get_mut(&from) else { return };
        peer.heard_at = now;
        self.stats.received += 1;
        let bytes = incoming.packet.payload.len();
        if bytes > MAX_MEDIA_BYTES || !peer.limit.spend(bytes, now) {
            self.stats.over_limit += 1;
            return;
        }
        let Some(source) = peer.source(incoming.mid).filter(|source| peer.track(*source).sending) else {
            return;
        };
        if source.is_audio() {
            self.forward_audio(from, source, incoming, now);
        } else {
            self.forward_video(from, source, incoming, now);
        }
    }

    fn forward_audio(&mut self, from: PeerId, source: Source, incoming: &Incoming, now: Instant) {
        let packet = &incoming.packet;
        let Some(peer) = self.peers.get_mut(&from) else { return };
        let track = peer.track_mut(source);
        if let Some(level) = packet.header.ext_vals.audio_level {
            track.loudness.measure(level, now);
        }
        let renumbered = track.layer(None, packet.header.ssrc, now).is_some_and(|(_, renumbered)| renumbered);
        for subscriber in self.subscribers(from, source) {
            let Some(listener) = self.peers.get_mut(&subscriber.peer) else { continue };
            if !listener.is_connected() || !listener.hears(from, source) {
                continue;
            }
            let Some(slot) = listener.slots.get_mut(subscriber.slot) else { continue };
            if renumbered {
                slot.stop_audio();
            }
            let Some(position) = slot.forward_audio(position(packet), now) else { continue };
            let Some(connection) = &mut listener.connection else { continue };
            connection.write(Outgoing {
                line: &slot.audio_line,
                position,
                packet,
                patch: None,
                resend: false,
            });
            self.forwarded(subscriber.peer);
        }
    }

    fn forward_video(&mut self, from: PeerId, source: Source, incoming: &Incoming, now: Instant) {
        let packet = &incoming.packet;
        let vp8 = Vp8::parse(&packet.payload);
        // Padding goes on its way, since its number is counted; what is neither is not forwarded.
        if vp8.is_none() && !packet.payload.is_empty() {
            return;
        }
        let Some(peer) = self.peers.get_mut(&from) else { return };
        let track = peer.track_mut(source);
        let Some((index, renumbered)) = track.layer(incoming.rid, packet.header.ssrc, now) else { return };
        let layer = &mut track.layers[index];
        layer.measure(packet.payload.len(), now);
        let keyframe = vp8.and_then(|vp8| vp8.keyframe_height);
        let resized = keyframe.is_some() && layer.height != keyframe;
        if let Some(height) = keyframe {
            layer.height = Some(height);
            layer.keyframes.cancel();
        } else if layer.height.is_none() {
            // Nobody can choose a layer that nobody can decode.
            self.request_keyframe(from, source, index, now);
        }
        let subscribers = self.subscribers(from, source);
        if resized {
            for subscriber in &subscribers {
                self.retarget(subscriber.peer, false, now);
            }
        }
        for subscriber in subscribers {
            let Some(listener) = self.peers.get_mut(&subscriber.peer) else { continue };
            if !listener.is_connected() {
                continue;
            }
            let Some(slot) = listener.slots.get_mut(subscriber.slot) else { continue };
            if renumbered {
                slot.renumbered(index);
            }
            let Some((position, patch)) = slot.forward_video(index, position(packet), vp8.as_ref(), now)
            else {
                continue;
            };
            let Some(connection) = &mut listener.connection else { continue };
            connection.write(Outgoing { line: &slot.video_line, position, packet, patch, resend: true });
            self.forwarded(subscriber.peer);
        }
    }

    fn subscribers(&self, from: PeerId, source: Source) -> Vec<Subscriber> {
        self.peers.get(&from).map_or_else(Vec::new, |peer| peer.track(source).subscribers.clone())
    }

    fn forwarded(&mut self, to: PeerId) {
        self.stats.forwarded += 1;
        self.mark_dirty(to);
    }
}

fn position(packet: &str0m::rtp::RtpPacket) -> Position {
    Position { seq: *packet.seq_no, time: packet.header.timestamp }
}
