//! What everybody in a room has to do with each other: who speaks, who is heard, who sits where.

use std::time::Instant;

use super::Sfu;
use crate::audible;
use crate::id::{PeerId, RoomId};
use crate::output::Event;
use crate::source::Source;

impl Sfu {
    /// Brings everything in a room up to date.
    pub(super) fn refresh_room(&mut self, room: RoomId, now: Instant) {
        let microphones = self.microphones(room, now);
        if let Some(state) = self.rooms.get_mut(&room)
            && state.speaker.update(&microphones, now)
        {
            let peer = state.speaker.current();
            self.emit(Event::Speaker { room, peer });
        }
        for id in self.members(room).to_vec() {
            self.select_audible(id, &microphones);
            self.reseat(room, id, now);
        }
    }

    /// The level in dBov of each microphone that is on.
    fn microphones(&self, room: RoomId, now: Instant) -> Vec<(PeerId, f32)> {
        let members = self.members(room).iter().filter_map(|id| Some((*id, self.peers.get(id)?)));
        let on = members.filter(|(_, peer)| peer.track(Source::Microphone).sending);
        on.map(|(id, peer)| (id, peer.track(Source::Microphone).loudness.level(now))).collect()
    }

    fn select_audible(&mut self, id: PeerId, microphones: &[(PeerId, f32)]) {
        let most = self.config.audible;
        let Some(peer) = self.peers.get_mut(&id) else { return };
        let others: Vec<(PeerId, f32)> =
            microphones.iter().filter(|(other, _)| *other != id).copied().collect();
        let selected = audible::select(&others, &peer.audible, most);
        for slot in &mut peer.slots {
            // Whoever is not heard any more goes on later with a new piece.
            if slot.occupant.is_some_and(|occupant| {
                !selected.contains(&occupant.peer) && occupant.content.audio() == Source::Microphone
            }) {
                slot.stop_audio();
            }
        }
        peer.audible = selected;
    }
}
