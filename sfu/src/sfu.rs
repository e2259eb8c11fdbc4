//! The media server: its state, and the calls that change it.

mod forward;
mod membership;
mod poll;
mod room_state;
mod seats;
mod signalling;
mod target;
mod tick;

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use crate::config::Config;
use crate::connection::Session;
use crate::id::{PeerId, RoomId};
use crate::output::{Event, Output};
use crate::peer::Peer;
use crate::room::Room;
use crate::routes::Routes;

/// Counts since the server was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Datagrams that were nobody's.
    pub unrouted: u64,
    /// Packets of media that arrived and were genuine.
    pub received: u64,
    /// Packets of media that were written to somebody.
    pub forwarded: u64,
    /// Packets that were dropped because they, or all of their sender together, are too large:
    /// [`MAX_MEDIA_BYTES`](crate::MAX_MEDIA_BYTES), [`Config::publish_bitrate`].
    pub over_limit: u64,
    /// Keyframes that senders were asked for.
    pub keyframe_requests: u64,
}

/// A selective forwarding unit (RFC 7667, section 3.7): it receives what everybody sends, and forwards to each what they watch.
///
/// See the [crate](crate) for how to drive it.
pub struct Sfu {
    config: Config,
    session: Session,
    routes: Routes,
    peers: HashMap<PeerId, Peer>,
    rooms: HashMap<RoomId, Room>,
    /// When to drive whose connection.
    timers: BTreeSet<(Instant, PeerId)>,
    /// Whose connections have packets to send.
    dirty: Vec<PeerId>,
    outputs: VecDeque<Output>,
    /// When to look after rooms again; nothing while nobody is there.
    tick_at: Option<Instant>,
    stats: Stats,
}

impl Sfu {
    /// A server without rooms. Makes a certificate, which takes about a millisecond.
    pub fn new(config: Config) -> Self {
        let crypto = Arc::new(str0m::crypto::from_feature_flags());
        Sfu {
            session: Session::new(&config, crypto.clone()),
            routes: Routes::new(crypto),
            config,
            peers: HashMap::new(),
            rooms: HashMap::new(),
            timers: BTreeSet::new(),
            dirty: Vec::new(),
            outputs: VecDeque::new(),
            tick_at: None,
            stats: Stats::default(),
        }
    }

    /// What was done so far.
    pub fn stats(&self) -> Stats {
        self.stats
    }

    /// Who is in this room, in the order in which they joined.
    pub fn members(&self, room: RoomId) -> &[PeerId] {
        self.rooms.get(&room).map_or(&[], |room| &room.members)
    }

    /// Who speaks in this room.
    pub fn speaker(&self, room: RoomId) -> Option<PeerId> {
        self.rooms.get(&room)?.speaker.current()
    }

    fn emit(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }
}

impl std::fmt::Debug for Sfu {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sfu")
            .field("rooms", &self.rooms.len())
            .field("peers", &self.peers.len())
            .field("stats", &self.stats)
            .finish()
    }
}

#[cfg(test)]
impl Sfu {
    /// The participant's connection panics when it is used next.
    pub(crate) fn make_panic(&mut self, id: PeerId) {
        if let Some(connection) = self.peers.get_mut(&id).and_then(|peer| peer.connection.as_mut()) {
            connection.panics = true;
        }
    }
}
