//! Datagrams in, outputs out.

use std::time::{Duration, Instant};

use str0m::media::Mid;

use super::Sfu;
use crate::config::MAX_DATAGRAM_BYTES;
use crate::connection::Signal;
use crate::id::PeerId;
use crate::output::{Datagram, Event, Loss, Output};

/// A connection that wants to be driven at once, again and again, waits for this time.
const SHORTEST_TIMEOUT: Duration = Duration::from_micros(100);
/// With nobody there, the caller may sleep for this time.
const IDLE: Duration = Duration::from_secs(3_600);

impl Sfu {
    /// Takes a datagram that arrived. What is nobody's is dropped without an answer.
    pub fn handle(&mut self, datagram: &Datagram, now: Instant) {
        let route = match datagram.payload.len() {
            1..=MAX_DATAGRAM_BYTES => self.routes.route(datagram, now),
            _ => None,
        };
        let Some((route, peer)) = route.and_then(|route| Some((route, self.peers.get_mut(&route.peer)?)))
        else {
            self.stats.unrouted += 1;
            return;
        };
        if route.proved {
            peer.heard_at = now;
        }
        if let Some(connection) = &mut peer.connection {
            connection.receive(datagram, now);
        }
        self.process(route.peer, now);
    }

    /// Says what to do next. Call it after every other call, until it answers with a timeout.
    pub fn poll(&mut self, now: Instant) -> Output {
        loop {
            if let Some(output) = self.outputs.pop_front() {
                return output;
            }
            if let Some(id) = self.dirty.pop() {
                self.drive(id, now);
            } else if let Some((_, id)) =
                self.timers.first().copied().filter(|(deadline, _)| *deadline <= now)
            {
                self.drive(id, now);
            } else if self.tick_at.is_some_and(|at| at <= now) {
                self.tick(now);
            } else {
                let timer = self.timers.first().map(|(deadline, _)| *deadline);
                let next = timer.into_iter().chain(self.tick_at).min();
                return Output::Timeout(next.unwrap_or(now + IDLE));
            }
        }
    }

    /// The participant's connection has something to send, or to say.
    pub(super) fn mark_dirty(&mut self, id: PeerId) {
        if let Some(peer) = self.peers.get_mut(&id)
            && !peer.is_dirty
        {
            peer.is_dirty = true;
            self.dirty.push(id);
        }
    }

    fn drive(&mut self, id: PeerId, now: Instant) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        peer.is_dirty = false;
        if let Some(connection) = &mut peer.connection {
            connection.drive(now);
        }
        self.process(id, now);
    }

    /// Does what a connection said, and sees when to drive it again.
    fn process(&mut self, id: PeerId, now: Instant) {
        for signal in self.take_signals(id) {
            match signal {
                Signal::Transmit(transmit) => self.outputs.push_back(Output::Transmit(transmit)),
                Signal::Packet(incoming) => self.forward(id, &incoming, now),
                Signal::KeyframeRequest(mid) => self.relay_keyframe_request(id, mid, now),
                Signal::Estimate(estimate) => self.set_estimate(id, estimate, now),
                Signal::Connected => {
                    self.emit(Event::Connected { peer: id });
                    self.retarget(id, true, now);
                }
                Signal::Lost(loss) => {
                    self.emit(Event::Disconnected { peer: id, loss });
                    if loss == Loss::Silent {
                        self.stop_slots(id);
                    } else {
                        self.disconnect(id, now);
                    }
                }
            }
        }
        self.schedule(id, now);
    }

    fn take_signals(&mut self, id: PeerId) -> Vec<Signal> {
        let connection = self.peers.get_mut(&id).and_then(|peer| peer.connection.as_mut());
        connection.map_or_else(Vec::new, |connection| std::mem::take(&mut connection.signals))
    }

    /// The last words of a connection, without the media that waits in it.
    pub(super) fn take_good_bye(&mut self, id: PeerId) {
        for signal in self.take_signals(id) {
            if let Signal::Transmit(transmit) = signal
                && !is_media(&transmit.payload)
            {
                self.outputs.push_back(Output::Transmit(transmit));
            }
        }
    }

    fn schedule(&mut self, id: PeerId, now: Instant) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        let deadline =
            peer.connection.as_ref().map(|connection| connection.deadline.max(now + SHORTEST_TIMEOUT));
        if deadline == peer.deadline {
            return;
        }
        if let Some(old) = peer.deadline {
            self.timers.remove(&(old, id));
        }
        if let Some(new) = deadline {
            self.timers.insert((new, id));
        }
        peer.deadline = deadline;
    }

    fn relay_keyframe_request(&mut self, id: PeerId, mid: Mid, now: Instant) {
        let slot =
            self.peers.get(&id).and_then(|peer| peer.slots.iter().find(|slot| slot.video_line.mid == mid));
        let Some((occupant, layer)) = slot.and_then(|slot| Some((slot.occupant?, slot.layers().next()?)))
        else {
            return;
        };
        self.request_keyframe(occupant.peer, occupant.content.video(), layer, now);
    }

    fn set_estimate(&mut self, id: PeerId, estimate: u64, now: Instant) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        // A raise waits for the next tick.
        if peer.bandwidth.set_estimate(estimate, now) {
            self.retarget(id, false, now);
        }
    }

    fn stop_slots(&mut self, id: PeerId) {
        let Some(peer) = self.peers.get_mut(&id) else { return };
        for slot in &mut peer.slots {
            slot.stop_audio();
            slot.stop_video();
        }
    }
}

/// Whether a datagram is RTP (RFC 7983) and not RTCP (RFC 5761, section 4).
fn is_media(payload: &[u8]) -> bool {
    matches!(payload, [128..=191, kind, ..] if !(192..=223).contains(kind))
}
