//! Joining and leaving.

use std::time::Instant;

use super::Sfu;
use crate::id::{PeerId, RoomId};
use crate::output::Event;
use crate::peer::Peer;
use crate::refusal::Refusal;
use crate::source::Role;

impl Sfu {
    /// Makes a participant, and the room with its first one. They have the grace time to [connect](Self::connect).
    ///
    /// # Errors
    /// [`Refusal::AlreadyJoined`], [`Refusal::TooManyRooms`] or [`Refusal::RoomFull`].
    pub fn join(&mut self, room: RoomId, peer: PeerId, role: Role, now: Instant) -> Result<(), Refusal> {
        if self.peers.contains_key(&peer) {
            return Err(Refusal::AlreadyJoined);
        }
        if !self.rooms.contains_key(&room) && self.rooms.len() >= self.config.rooms {
            return Err(Refusal::TooManyRooms);
        }
        let most = match role {
            Role::Participant => self.config.participants,
            Role::Listener => self.config.listeners,
        };
        let alike = self
            .members(room)
            .iter()
            .filter(|other| self.peers.get(other).is_some_and(|peer| peer.role == role));
        if alike.count() >= most {
            return Err(Refusal::RoomFull);
        }
        self.rooms.entry(room).or_default().members.push(peer);
        self.peers.insert(peer, Peer::new(room, role, self.config.publish_bitrate, now));
        self.schedule_tick(now);
        Ok(())
    }

    /// Removes a participant at once: after the good-bye that is among the next outputs, nothing is sent to them and
    /// nothing of theirs is forwarded. Does nothing when there is no such participant.
    pub fn leave(&mut self, peer: PeerId, now: Instant) {
        self.remove(peer, now);
    }

    /// Removes whoever is silent for the grace time.
    pub(super) fn expire(&mut self, now: Instant) {
        let grace = self.config.grace;
        let silent =
            self.peers.iter().filter(|(_, peer)| now.saturating_duration_since(peer.heard_at) >= grace);
        let mut silent: Vec<(PeerId, RoomId)> = silent.map(|(id, peer)| (*id, peer.room)).collect();
        silent.sort_unstable();
        for (peer, room) in silent {
            self.remove(peer, now);
            self.emit(Event::Removed { peer, room });
        }
    }

    fn remove(&mut self, id: PeerId, now: Instant) {
        if let Some(connection) = self.peers.get_mut(&id).and_then(|peer| peer.connection.as_mut()) {
            connection.close(now);
            self.take_good_bye(id);
        }
        self.disconnect(id, now);
        let Some(peer) = self.peers.remove(&id) else { return };
        if let Some(room) = self.rooms.get_mut(&peer.room) {
            room.members.retain(|other| *other != id);
            if room.members.is_empty() {
                self.rooms.remove(&peer.room);
            }
        }
        self.refresh_room(peer.room, now);
    }

    /// Takes a connection and all that hung on it away; the participant stays.
    pub(super) fn disconnect(&mut self, id: PeerId, now: Instant) {
        self.unsubscribe_all(id);
        self.routes.remove(id);
        let Some(peer) = self.peers.get_mut(&id) else { return };
        if let Some(deadline) = peer.deadline.take() {
            self.timers.remove(&(deadline, id));
        }
        peer.disconnect();
        let room = peer.room;
        self.stop_subscribers(id);
        self.refresh_room(room, now);
    }
}
