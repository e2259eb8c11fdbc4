//! A server, its clients, and what is on the way between them.

mod people;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::client::Client;
use super::rng::Rng;
use crate::config::Config;
use crate::id::{PeerId, RoomId};
use crate::output::{Datagram, Event, Output, Transmit, Transport};
use crate::sfu::Sfu;
use crate::testing::start;

pub(super) const SECOND: Duration = Duration::from_secs(1);

pub(super) const ROOM: RoomId = RoomId(1);
pub(super) const ANNA: PeerId = PeerId(1);
pub(super) const BEN: PeerId = PeerId(2);
pub(super) const CAROL: PeerId = PeerId(3);
/// Three layers; the largest is about 1.2 Mbit/s.
pub(super) const LAYERS: [(Option<&str>, u32, usize); 3] =
    [(Some("l"), 180, 1), (Some("m"), 360, 2), (Some("h"), 720, 6)];

/// How a client's link behaves, in both directions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub delay: Duration,
    /// At most this is added to the delay, so packets overtake each other.
    pub jitter: Duration,
    /// Share of packets that are lost.
    pub loss: f64,
    /// Bits per second towards the client.
    pub bandwidth: Option<u64>,
}

impl Link {
    pub(super) const GOOD: Link =
        Link { delay: Duration::from_millis(20), jitter: Duration::ZERO, loss: 0.0, bandwidth: None };
    pub(super) const CUT: Link = Link { loss: 1.0, ..Link::GOOD };
}

/// What waits longer than this in front of a narrow link is dropped.
const LONGEST_QUEUE: Duration = Duration::from_millis(300);

pub(super) struct Network {
    pub sfu: Sfu,
    pub now: Instant,
    pub clients: BTreeMap<PeerId, Client>,
    pub links: BTreeMap<PeerId, Link>,
    pub events: Vec<(Instant, Event)>,
    /// Every datagram of the server, as it leaves.
    pub sent: Vec<(Instant, Transmit)>,
    in_flight: BTreeMap<(Instant, u64), (Option<PeerId>, Transmit)>,
    narrow_until: BTreeMap<PeerId, Instant>,
    count: u64,
    rng: Rng,
}

impl Network {
    pub(super) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(super) fn with(configure: impl FnOnce(&mut Config)) -> Self {
        let addresses = vec![(Transport::Udp, Self::server()), (Transport::Tcp, Self::server())];
        let mut config = Config { addresses, ..Config::default() };
        configure(&mut config);
        Network {
            sfu: Sfu::new(config),
            now: start(),
            clients: BTreeMap::new(),
            links: BTreeMap::new(),
            events: Vec::new(),
            sent: Vec::new(),
            in_flight: BTreeMap::new(),
            narrow_until: BTreeMap::new(),
            count: 0,
            rng: Rng(12),
        }
    }

    pub(super) fn server() -> SocketAddr {
        ([198, 51, 100, 1], 3478).into()
    }

    pub(super) fn address(id: PeerId) -> SocketAddr {
        ([203, 0, 113, id.0 as u8], 50_000).into()
    }

    pub(super) fn run(&mut self, duration: Duration) {
        let end = self.now + duration;
        loop {
            let server = self.settle();
            let clients = self.clients.values().map(Client::next);
            let arrival = self.in_flight.first_key_value().map(|((at, _), _)| *at);
            let next = clients.chain(arrival).fold(server, Instant::min);
            if next > end {
                break;
            }
            self.now = self.now.max(next);
            self.step();
        }
        self.now = end;
        self.settle();
    }

    /// What this client sends within a second, none of which arrives.
    pub(super) fn hold_back(&mut self, id: PeerId) -> Vec<Vec<u8>> {
        let mut held = Vec::new();
        for _ in 0..100 {
            self.now += Duration::from_millis(10);
            let now = self.now;
            let client = self.client(id);
            client.advance(now);
            held.extend(client.take_outbox().into_iter().map(|transmit| transmit.payload));
        }
        held
    }

    /// A datagram from this address, whoever sent it, arrives at the server now.
    pub(super) fn inject(&mut self, source: SocketAddr, payload: &[u8]) {
        self.deliver(Transport::Udp, source, payload);
        self.settle();
    }

    fn step(&mut self) {
        while let Some(entry) = self.in_flight.first_entry().filter(|entry| entry.key().0 <= self.now) {
            let (to, transmit) = entry.remove();
            match to {
                None => self.deliver(transmit.transport, transmit.source, &transmit.payload),
                Some(id) => {
                    if let Some(client) = self.clients.get_mut(&id) {
                        client.receive(&transmit, self.now);
                    }
                }
            }
        }
        let due: Vec<PeerId> =
            self.clients.iter().filter(|(_, client)| client.next() <= self.now).map(|(id, _)| *id).collect();
        for id in due {
            let now = self.now;
            self.client(id).advance(now);
        }
    }

    fn deliver(&mut self, transport: Transport, source: SocketAddr, payload: &[u8]) {
        let datagram = Datagram { transport, source, destination: Self::server(), payload };
        self.sfu.handle(&datagram, self.now);
    }

    /// Does what the server says, and answers when it wants to be called again.
    pub(super) fn settle(&mut self) -> Instant {
        let waiting: Vec<(PeerId, Vec<Transmit>)> =
            self.clients.iter_mut().map(|(id, client)| (*id, client.take_outbox())).collect();
        for (id, transmits) in waiting {
            for transmit in transmits {
                self.send(id, None, transmit);
            }
        }
        loop {
            match self.sfu.poll(self.now) {
                Output::Timeout(at) => return at,
                Output::Event(event) => {
                    if let Event::Slots { peer, slots } = &event
                        && let Some(client) = self.clients.get_mut(peer)
                    {
                        client.slots.clone_from(slots);
                    }
                    self.events.push((self.now, event));
                }
                Output::Transmit(transmit) => {
                    self.sent.push((self.now, transmit.clone()));
                    let to = self.clients.values().find(|client| client.address == transmit.destination);
                    if let Some(id) = to.map(|client| client.id) {
                        self.send(id, Some(id), transmit);
                    }
                }
            }
        }
    }

    fn send(&mut self, over: PeerId, to: Option<PeerId>, transmit: Transmit) {
        let link = self.links[&over];
        if self.rng.fraction() < link.loss {
            return;
        }
        let mut at = self.now + link.delay + link.jitter.mul_f64(self.rng.fraction());
        if let Some(bandwidth) = link.bandwidth.filter(|_| to.is_some()) {
            let free = self.narrow_until.get(&over).copied().unwrap_or(self.now).max(self.now);
            if free > self.now + LONGEST_QUEUE {
                return;
            }
            let free = free + Duration::from_secs_f64(transmit.payload.len() as f64 * 8.0 / bandwidth as f64);
            self.narrow_until.insert(over, free);
            at = free + link.delay;
        }
        self.count += 1;
        self.in_flight.insert((at, self.count), (to, transmit));
    }

    pub(super) fn events_of(&self, mut concerns: impl FnMut(&Event) -> bool) -> Vec<Event> {
        self.events.iter().filter(|(_, event)| concerns(event)).map(|(_, event)| event.clone()).collect()
    }
}
