//! What is looked after ten times a second.

use std::time::{Duration, Instant};

use super::Sfu;
use crate::id::PeerId;
use crate::output::Event;
use crate::source::Source;

const TICK: Duration = Duration::from_millis(100);

impl Sfu {
    pub(super) fn schedule_tick(&mut self, now: Instant) {
        self.tick_at.get_or_insert(now + TICK);
    }

    pub(super) fn tick(&mut self, now: Instant) {
        self.tick_at = None;
        self.expire(now);
        let mut rooms: Vec<_> = self.rooms.keys().copied().collect();
        rooms.sort_unstable();
        for room in rooms {
            self.refresh_room(room, now);
            for id in self.members(room).to_vec() {
                self.retarget(id, false, now);
            }
            for id in self.members(room).to_vec() {
                self.tend_video(id, Source::Camera, now);
                self.tend_video(id, Source::Screen, now);
            }
        }
        if !self.peers.is_empty() {
            self.schedule_tick(now);
        }
    }

    /// Repeats requests for keyframes, and tells the client which layers to send.
    fn tend_video(&mut self, id: PeerId, source: Source, now: Instant) {
        self.send_keyframe_requests(id, source, now);
        let Some(peer) = self.peers.get_mut(&id) else { return };
        if let Some(rids) = peer.track_mut(source).changed_demand(now) {
            self.emit(Event::Layers { peer: id, source, rids });
        }
    }
}
