//! One participant: who they are, what they send, and what they receive.

use std::time::Instant;

use str0m::media::Mid;

use crate::bandwidth::Bandwidth;
use crate::bitrate::BitrateLimit;
use crate::connection::Connection;
use crate::id::{PeerId, RoomId};
use crate::offer::Layout;
use crate::output::SlotState;
use crate::slot::{Line, Slot};
use crate::source::{Occupant, Role, Source, View};
use crate::track::Track;

/// Height in pixels of a tile whose client has not said yet how it shows whom.
const UNTOLD_HEIGHT: u32 = 180;

pub(crate) struct Peer {
    pub room: RoomId,
    pub role: Role,
    pub connection: Option<Connection>,
    pub layout: Layout,
    /// By the index of their source.
    pub tracks: [Track; 4],
    pub slots: Vec<Slot>,
    /// Nothing until the client has said it once.
    pub views: Option<Vec<View>>,
    /// Whose microphones the client gets.
    pub audible: Vec<PeerId>,
    pub bandwidth: Bandwidth,
    /// When a datagram arrived last that only the participant can have sent.
    pub heard_at: Instant,
    pub limit: BitrateLimit,
    /// When the connection is driven next; none when there is none.
    pub deadline: Option<Instant>,
    /// Whether packets wait in the connection for being driven.
    pub is_dirty: bool,
}

impl Peer {
    pub(crate) fn new(room: RoomId, role: Role, publish_bitrate: u64, now: Instant) -> Self {
        Peer {
            room,
            role,
            connection: None,
            layout: Layout::default(),
            tracks: <[Track; 4]>::default(),
            slots: Vec::new(),
            views: None,
            audible: Vec::new(),
            bandwidth: Bandwidth::default(),
            heard_at: now,
            limit: BitrateLimit::new(publish_bitrate),
            deadline: None,
            is_dirty: false,
        }
    }

    pub(crate) fn track(&self, source: Source) -> &Track {
        &self.tracks[source.index()]
    }

    pub(crate) fn track_mut(&mut self, source: Source) -> &mut Track {
        &mut self.tracks[source.index()]
    }

    /// Which source this line of the session is for.
    pub(crate) fn source(&self, mid: Mid) -> Option<Source> {
        Source::ALL.into_iter().find(|source| self.track(*source).mid == Some(mid))
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.connection.as_ref().is_some_and(Connection::is_connected)
    }

    /// Whether the client gets the sound of this occupant.
    pub(crate) fn hears(&self, peer: PeerId, source: Source) -> bool {
        source == Source::ScreenSound || self.audible.contains(&peer)
    }

    /// How high the client's tile of this occupant is, in pixels, and whether it is pinned.
    pub(crate) fn view(&self, occupant: Occupant) -> (u32, bool) {
        let Some(views) = &self.views else { return (UNTOLD_HEIGHT, false) };
        views
            .iter()
            .find(|view| view.occupant == occupant)
            .map_or((0, false), |view| (view.height, view.pinned && view.height > 0))
    }

    pub(crate) fn occupants(&self) -> Vec<Option<Occupant>> {
        self.slots.iter().map(|slot| slot.occupant).collect()
    }

    pub(crate) fn slot_states(&self) -> Vec<SlotState> {
        let states = self.slots.iter().map(|slot| SlotState {
            audio_mid: slot.audio_line.mid.to_string(),
            video_mid: slot.video_line.mid.to_string(),
            occupant: slot.occupant,
        });
        states.collect()
    }

    /// Takes the lines of a session for what they are for. `lines` are those of the slots that are new.
    pub(crate) fn apply(&mut self, layout: Layout, lines: Vec<(Line, Line)>) {
        self.slots.extend(lines.into_iter().map(|(audio, video)| Slot::new(audio, video)));
        for (track, mid) in self.tracks.iter_mut().zip(&layout.sends) {
            track.mid = mid.as_deref().map(Mid::from);
        }
        self.layout = layout;
    }

    /// Forgets the connection, whose loss is for good. Who sits where is for the next one to find out anew.
    pub(crate) fn disconnect(&mut self) {
        self.connection = None;
        self.layout = Layout::default();
        self.slots.clear();
        self.bandwidth = Bandwidth::default();
        for track in &mut self.tracks {
            track.disconnect();
        }
    }
}
