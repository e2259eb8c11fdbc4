//! One receive slot: an outgoing sound and an outgoing picture, whoever sits there.

use std::time::{Duration, Instant};

use str0m::media::{Mid, Pt};
use str0m::rtp::{Ssrc, Vp8Patch};

use crate::source::Occupant;
use crate::timeline::{Position, Timeline};
use crate::vp8::{Counters, Vp8};

/// Opus, RFC 7587.
const AUDIO_CLOCK: u32 = 48_000;
/// VP8, RFC 7741.
const VIDEO_CLOCK: u32 = 90_000;
/// A larger layer has to be possible for this long before it is taken.
const RAISE_AFTER: Duration = Duration::from_millis(1_500);

/// The line of the client's session that a stream goes out on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub mid: Mid,
    pub ssrc: Ssrc,
    pub payload_type: Pt,
}

#[derive(Debug)]
pub(crate) struct Slot {
    pub occupant: Option<Occupant>,
    pub audio_line: Line,
    pub video_line: Line,
    audio: Timeline,
    video: Timeline,
    counters: Counters,
    /// The layer that is forwarded.
    current: Option<usize>,
    /// The layer to forward from its next keyframe on.
    target: Option<usize>,
    raise_since: Option<Instant>,
}

impl Slot {
    pub(crate) fn new(audio_line: Line, video_line: Line) -> Self {
        Slot {
            occupant: None,
            audio_line,
            video_line,
            audio: Timeline::new(AUDIO_CLOCK),
            video: Timeline::new(VIDEO_CLOCK),
            counters: Counters::default(),
            current: None,
            target: None,
            raise_since: None,
        }
    }

    /// Somebody else sits here, or nobody. The streams go on.
    pub(crate) fn reseat(&mut self, occupant: Option<Occupant>) {
        self.occupant = occupant;
        self.stop_audio();
        self.stop_video();
    }

    /// The next packet of the sound begins a piece.
    pub(crate) fn stop_audio(&mut self) {
        self.audio.stop();
    }

    /// The next keyframe begins a piece.
    pub(crate) fn stop_video(&mut self) {
        self.video.stop();
        self.current = None;
        self.target = None;
        self.raise_since = None;
    }

    /// The layer that is forwarded, or will be.
    pub(crate) fn layers(&self) -> impl Iterator<Item = usize> {
        self.current.into_iter().chain(self.target)
    }

    pub(crate) fn target(&self) -> Option<usize> {
        self.target
    }

    /// The layer whose next keyframe is waited for.
    pub(crate) fn awaits_keyframe(&self) -> Option<usize> {
        self.target.filter(|_| self.current != self.target)
    }

    /// The packets of this layer are numbered anew.
    pub(crate) fn renumbered(&mut self, layer: usize) {
        if self.current == Some(layer) {
            self.video.stop();
            self.current = None;
        }
    }

    /// Forwards this layer from its next keyframe on: at once when it is smaller, or the first one, or when the tile has
    /// grown (`eager`); else when it has been possible for some time.
    pub(crate) fn aim(&mut self, layer: usize, is_raise: bool, eager: bool, now: Instant) {
        if !is_raise || eager || self.target.is_none() {
            self.target = Some(layer);
            self.raise_since = None;
            return;
        }
        let since = *self.raise_since.get_or_insert(now);
        if now.saturating_duration_since(since) >= RAISE_AFTER {
            self.target = Some(layer);
            self.raise_since = None;
        }
    }

    /// What is forwarded is what should be.
    pub(crate) fn hold(&mut self) {
        self.raise_since = None;
    }

    /// Where a packet of the sound goes in the outgoing stream.
    pub(crate) fn forward_audio(&mut self, incoming: Position, now: Instant) -> Option<Position> {
        if !self.audio.is_running() {
            self.audio.start(incoming, now);
        }
        self.audio.map(incoming, now)
    }

    /// Where a packet of this layer goes in the outgoing stream, and how its counters change on the way. `vp8` is nothing for a
    /// packet of padding only.
    pub(crate) fn forward_video(
        &mut self,
        layer: usize,
        incoming: Position,
        vp8: Option<&Vp8>,
        now: Instant,
    ) -> Option<(Position, Option<Vp8Patch>)> {
        let is_keyframe = vp8.is_some_and(|vp8| vp8.keyframe_height.is_some());
        if self.awaits_keyframe() == Some(layer) && is_keyframe {
            self.current = Some(layer);
            self.video.start(incoming, now);
            self.counters.restart();
        }
        if self.current != Some(layer) {
            return None;
        }
        let position = self.video.map(incoming, now)?;
        Some((position, vp8.and_then(|vp8| self.counters.patch(vp8))))
    }
}

#[cfg(test)]
mod tests;
