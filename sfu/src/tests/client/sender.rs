//! Microphones and cameras that send at a steady pace.

use std::time::{Duration, Instant};

use str0m::media::{Pt, Rid};
use str0m::rtp::{ExtensionValues, RtpWrite};

use crate::id::PeerId;
use crate::tests::media::{Picture, sound};

const SOUND_EVERY: Duration = Duration::from_millis(20);
const FRAME_EVERY: Duration = Duration::from_millis(40);

/// A packet that is to be sent.
pub(super) struct Packet {
    pub rid: Option<Rid>,
    seq: u64,
    time: u32,
    marker: bool,
    level: Option<i8>,
    payload: Vec<u8>,
}

impl Packet {
    pub(super) fn write(self, payload_type: Pt, now: Instant) -> RtpWrite {
        let extensions = ExtensionValues {
            audio_level: self.level,
            voice_activity: self.level.map(|_| true),
            ..Default::default()
        };
        RtpWrite::new(payload_type, self.seq.into(), self.time, now, self.payload)
            .marker(self.marker)
            .ext_vals(extensions)
            .nackable(self.level.is_none())
    }
}

pub(in crate::tests) struct Microphone {
    pub next: Instant,
    /// In dBov.
    pub level: i8,
    seq: u64,
}

impl Microphone {
    pub(in crate::tests) fn new(level: i8, now: Instant) -> Self {
        Microphone { next: now, level, seq: 30_000 }
    }

    pub(super) fn due(&mut self, sender: PeerId, now: Instant) -> Option<Packet> {
        if self.next > now {
            return None;
        }
        self.next = now + SOUND_EVERY;
        self.seq += 1;
        let time = (self.seq as u32).wrapping_mul(960);
        let level = Some(self.level);
        Some(Packet { rid: None, seq: self.seq, time, marker: false, level, payload: sound(sender) })
    }
}

/// One camera or screen with its layers.
pub(in crate::tests) struct Camera {
    pub next: Instant,
    pub layers: Vec<CameraLayer>,
    pub packet_bytes: usize,
}

pub(in crate::tests) struct CameraLayer {
    pub rid: Option<Rid>,
    pub height: u32,
    pub active: bool,
    packets: usize,
    seq: u64,
    frame: u32,
    keyframe: bool,
}

impl Camera {
    /// Layers by name, height in pixels and packets of 1 kB in each frame.
    pub(in crate::tests) fn new(layers: &[(Option<&str>, u32, usize)], now: Instant) -> Self {
        let layers = layers.iter().enumerate().map(|(index, (rid, height, packets))| CameraLayer {
            rid: rid.map(Rid::from),
            height: *height,
            active: true,
            packets: *packets,
            // Layers are numbered each for itself.
            seq: 10_000 + 17_000 * index as u64,
            frame: 0,
            keyframe: true,
        });
        Camera { next: now, layers: layers.collect(), packet_bytes: 1_000 }
    }

    pub(super) fn request_keyframe(&mut self, rid: Option<Rid>) {
        self.layers.iter_mut().filter(|layer| layer.rid == rid).for_each(|layer| layer.keyframe = true);
    }

    pub(super) fn due(&mut self, sender: PeerId, now: Instant) -> Vec<Packet> {
        if self.next > now {
            return Vec::new();
        }
        self.next = now + FRAME_EVERY;
        self.layers
            .iter_mut()
            .filter(|layer| layer.active)
            .flat_map(|layer| layer.frame(sender, self.packet_bytes))
            .collect()
    }
}

impl CameraLayer {
    fn frame(&mut self, sender: PeerId, packet_bytes: usize) -> Vec<Packet> {
        self.frame += 1;
        let keyframe = std::mem::take(&mut self.keyframe);
        let packets = (0..self.packets).map(|index| {
            self.seq += 1;
            let picture = Picture {
                sender,
                height: self.height,
                frame: self.frame,
                keyframe,
                first: index == 0,
                picture_id: self.frame as u16 & 0x7fff,
                tl0_pic_idx: self.frame as u8,
            };
            Packet {
                rid: self.rid,
                seq: self.seq,
                time: self.height.wrapping_mul(1_000_003).wrapping_add(self.frame * 3_600),
                marker: index + 1 == self.packets,
                level: None,
                payload: picture.payload(packet_bytes),
            }
        });
        packets.collect()
    }
}
