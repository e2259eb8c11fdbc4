//! Who sits where: slots and the forwarding table.

use std::time::Instant;

use super::Sfu;
use crate::id::{PeerId, RoomId};
use crate::output::Event;
use crate::seating;
use crate::source::{Content, Occupant, Source};
use crate::track::Subscriber;

impl Sfu {
    /// Gives the slots of one client to those who are to be seen and heard.
    pub(super) fn reseat(&mut self, room: RoomId, id: PeerId, now: Instant) {
        let demand = self.demand(room, id);
        let Some(peer) = self.peers.get_mut(&id) else { return };
        let before = peer.occupants();
        let after = seating::seat(&before, &demand);
        if before == after {
            return;
        }
        for (slot, (old, new)) in before.into_iter().zip(after).enumerate() {
            if old == new {
                continue;
            }
            if let Some(peer) = self.peers.get_mut(&id) {
                peer.slots[slot].reseat(new);
            }
            let subscriber = Subscriber { peer: id, slot };
            if let Some(old) = old {
                self.subscribe(old, subscriber, false);
            }
            if let Some(new) = new {
                self.subscribe(new, subscriber, true);
            }
        }
        if let Some(peer) = self.peers.get(&id) {
            let slots = peer.slot_states();
            self.emit(Event::Slots { peer: id, slots });
        }
        self.retarget(id, true, now);
    }

    /// Who should sit with this client, the most important first: what it pinned, screens, tiles on its screen, voices.
    fn demand(&self, room: RoomId, id: PeerId) -> Vec<Occupant> {
        let Some(listener) = self.peers.get(&id) else { return Vec::new() };
        let occupants = listener.occupants();
        let mut demand: Vec<(u8, bool, Occupant)> = Vec::new();
        for other in self.members(room).iter().filter(|other| **other != id) {
            for content in [Content::Screen, Content::Person] {
                let occupant = Occupant { peer: *other, content };
                let Some(sender) = self.peers.get(other) else { continue };
                if !sender.track(content.audio()).sending && !sender.track(content.video()).sending {
                    continue;
                }
                let (height, pinned) = listener.view(occupant);
                let rank = match content {
                    _ if pinned => 0,
                    Content::Screen => 1,
                    Content::Person if height > 0 && sender.track(Source::Camera).sending => 2,
                    Content::Person if listener.audible.contains(other) => 3,
                    Content::Person => 4,
                };
                demand.push((rank, !occupants.contains(&Some(occupant)), occupant));
            }
        }
        // Stable: among equals, whoever sits already, then whoever joined first.
        demand.sort_by_key(|(rank, is_new, _)| (*rank, *is_new));
        demand.into_iter().map(|(_, _, occupant)| occupant).collect()
    }

    fn subscribe(&mut self, occupant: Occupant, subscriber: Subscriber, on: bool) {
        let Some(sender) = self.peers.get_mut(&occupant.peer) else { return };
        for source in [occupant.content.audio(), occupant.content.video()] {
            let subscribers = &mut sender.track_mut(source).subscribers;
            subscribers.retain(|other| *other != subscriber);
            if on {
                subscribers.push(subscriber);
            }
        }
    }

    /// Takes this client out of the forwarding table.
    pub(super) fn unsubscribe_all(&mut self, id: PeerId) {
        let Some(peer) = self.peers.get(&id) else { return };
        for (slot, occupant) in peer.occupants().into_iter().enumerate() {
            if let Some(occupant) = occupant {
                self.subscribe(occupant, Subscriber { peer: id, slot }, false);
            }
        }
    }

    /// The packets of this participant will be numbered anew.
    pub(super) fn stop_subscribers(&mut self, id: PeerId) {
        for source in Source::ALL {
            self.stop_source(id, source);
        }
    }

    pub(super) fn stop_source(&mut self, id: PeerId, source: Source) {
        let Some(peer) = self.peers.get(&id) else { return };
        for subscriber in peer.track(source).subscribers.clone() {
            let Some(slot) =
                self.peers.get_mut(&subscriber.peer).and_then(|peer| peer.slots.get_mut(subscriber.slot))
            else {
                continue;
            };
            if source.is_audio() {
                slot.stop_audio();
            } else {
                slot.stop_video();
            }
        }
    }
}
