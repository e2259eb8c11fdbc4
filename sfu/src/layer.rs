//! One simulcast layer of a video that somebody sends (RFC 8853). Layers are those that arrive: a browser announces more
//! than it sends.

use std::time::{Duration, Instant};

use str0m::media::Rid;
use str0m::rtp::Ssrc;

use crate::bitrate::BitrateMeter;
use crate::keyframe::KeyframeRequests;

/// A layer without packets for this long is not there.
const ALIVE: Duration = Duration::from_secs(2);
/// A layer that nobody watches is paused after this time.
const LINGER: Duration = Duration::from_secs(5);
/// A layer that was paused comes back within this time, or is not there.
const RESUME: Duration = Duration::from_secs(3);

#[derive(Debug)]
pub(crate) struct Layer {
    pub rid: Option<Rid>,
    /// Its synchronization source; another one means that its packets are numbered anew.
    pub ssrc: Ssrc,
    /// In pixels, as its latest keyframe says. Without one nobody can decode it anyway.
    pub height: Option<u32>,
    pub keyframes: KeyframeRequests,
    meter: BitrateMeter,
    packet_at: Instant,
    wanted_at: Instant,
    /// Since when the sender is asked to send it; nothing while it is asked to pause.
    asked_since: Option<Instant>,
}

impl Layer {
    pub(crate) fn new(rid: Option<Rid>, ssrc: Ssrc, now: Instant) -> Self {
        Layer {
            rid,
            ssrc,
            height: None,
            keyframes: KeyframeRequests::default(),
            meter: BitrateMeter::default(),
            packet_at: now,
            wanted_at: now,
            asked_since: Some(now),
        }
    }

    pub(crate) fn measure(&mut self, bytes: usize, now: Instant) {
        self.meter.add(bytes, now);
        self.packet_at = now;
    }

    /// Bits per second: measured, or what is usual for the height.
    pub(crate) fn bitrate(&self) -> u64 {
        self.meter.rate().unwrap_or(match self.height {
            Some(0..=239) => 150_000,
            Some(240..=479) => 500_000,
            Some(480..=720) | None => 1_500_000,
            Some(_) => 2_500_000,
        })
    }

    /// Whether somebody who wants it gets it: it arrives, or would on demand.
    pub(crate) fn is_available(&self, now: Instant) -> bool {
        let resuming = self.asked_since.is_none_or(|since| now.saturating_duration_since(since) < RESUME);
        self.height.is_some() && (resuming || now.saturating_duration_since(self.packet_at) < ALIVE)
    }

    /// Somebody watches it, or waits for it.
    pub(crate) fn want(&mut self, now: Instant) {
        self.wanted_at = now;
    }

    /// Whether the sender should send it, by who wanted it lately.
    pub(crate) fn is_wanted(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.wanted_at) < LINGER
    }

    /// Whether the sender is asked to send it.
    pub(crate) fn is_asked_for(&self) -> bool {
        self.asked_since.is_some()
    }

    pub(crate) fn ask_for(&mut self, wanted: bool, now: Instant) {
        self.asked_since = if wanted { self.asked_since.or(Some(now)) } else { None };
    }
}
