//! What people do.

use super::{ANNA, BEN, LAYERS, Link, Network, ROOM, SECOND};
use crate::id::{PeerId, RoomId};
use crate::output::Transport;
use crate::source::{Role, Source};
use crate::tests::client::{Camera, Client, Microphone};

impl Network {
    /// Two who hear and see each other.
    pub(in crate::tests) fn of_two() -> Self {
        let mut network = Self::new();
        for id in [ANNA, BEN] {
            network.join(id);
            network.speak(id, -30);
            network.film(id);
        }
        network.run(2 * SECOND);
        network
    }

    /// Joins and connects a participant with eight slots and a camera of three layers, everything off.
    pub(in crate::tests) fn join(&mut self, id: PeerId) {
        self.join_as(id, ROOM, Role::Participant, 8);
    }

    pub(in crate::tests) fn join_as(&mut self, id: PeerId, room: RoomId, role: Role, slots: usize) {
        self.sfu.join(room, id, role, self.now).unwrap();
        self.links.entry(id).or_insert(Link::GOOD);
        self.connect(id, slots, Transport::Udp);
    }

    /// A new connection, as of a page that was loaded again.
    pub(in crate::tests) fn connect(&mut self, id: PeerId, slots: usize, transport: Transport) {
        let mut client = Client::new(id, Self::address(id), transport, self.now);
        let offer = client.offer(slots, &["l", "m", "h"]);
        let answer = self.sfu.connect(id, &offer, self.now).unwrap();
        client.take_answer(&answer);
        if let Some(before) = self.clients.remove(&id) {
            (client.microphone, client.camera, client.screen) =
                (before.microphone, before.camera, before.screen);
        }
        self.clients.insert(id, client);
        self.settle();
    }

    pub(in crate::tests) fn client(&mut self, id: PeerId) -> &mut Client {
        self.clients.get_mut(&id).unwrap()
    }

    pub(in crate::tests) fn speak(&mut self, id: PeerId, level: i8) {
        let now = self.now;
        self.client(id).microphone = Some(Microphone::new(level, now));
        self.sfu.set_sending(id, Source::Microphone, true, now).unwrap();
        self.settle();
    }

    pub(in crate::tests) fn film(&mut self, id: PeerId) {
        let now = self.now;
        self.client(id).camera = Some(Camera::new(&LAYERS, now));
        self.sfu.set_sending(id, Source::Camera, true, now).unwrap();
        self.settle();
    }

    pub(in crate::tests) fn share_screen(&mut self, id: PeerId) {
        let now = self.now;
        self.client(id).screen = Some(Camera::new(&[(None, 1080, 3)], now));
        self.sfu.set_sending(id, Source::Screen, true, now).unwrap();
        self.settle();
    }
}
