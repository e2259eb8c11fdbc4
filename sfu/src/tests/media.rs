//! Synthetic media: packets that a forwarding unit takes for VP8 and Opus, and that say who sent them.

use crate::id::PeerId;

/// Bytes of the descriptor, the frame's tag, start code and size.
const HEADER: usize = 6 + 3 + 7;

/// What a packet of video says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Picture {
    pub sender: PeerId,
    pub height: u32,
    pub frame: u32,
    pub keyframe: bool,
    /// Whether it is the first packet of its frame.
    pub first: bool,
    pub picture_id: u16,
    pub tl0_pic_idx: u8,
}

impl Picture {
    pub(super) fn payload(&self, size: usize) -> Vec<u8> {
        let [high, low] = (self.picture_id | 0x8000).to_be_bytes();
        let mut payload = vec![if self.first { 0x90 } else { 0x80 }, 0xe0, high, low, self.tl0_pic_idx, 0x20];
        payload.extend([u8::from(!self.keyframe), 0, 0, 0x9d, 0x01, 0x2a]);
        payload.extend(((self.height * 16 / 9) as u16).to_le_bytes());
        payload.extend((self.height as u16).to_le_bytes());
        payload.extend(self.sender.0.to_be_bytes());
        payload.extend(self.height.to_be_bytes());
        payload.extend(self.frame.to_be_bytes());
        payload.resize(payload.len().max(size), 0);
        payload
    }

    pub(super) fn read(payload: &[u8]) -> Option<Self> {
        let number = |from: usize, length: usize| -> Option<u64> {
            let bytes = payload.get(from..from + length)?;
            Some(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
        };
        Some(Picture {
            sender: PeerId(number(HEADER, 8)?),
            height: number(HEADER + 8, 4)? as u32,
            frame: number(HEADER + 12, 4)? as u32,
            keyframe: payload.get(6)? & 1 == 0,
            first: payload.first()? & 0x10 != 0,
            picture_id: number(2, 2)? as u16 & 0x7fff,
            tl0_pic_idx: number(4, 1)? as u8,
        })
    }
}

/// A packet of sound says who sent it.
pub(super) fn sound(sender: PeerId) -> Vec<u8> {
    let mut payload = vec![0xfc];
    payload.extend(sender.0.to_be_bytes());
    payload.resize(80, 0);
    payload
}

pub(super) fn sound_sender(payload: &[u8]) -> Option<PeerId> {
    Some(PeerId(u64::from_be_bytes(payload.get(1..9)?.try_into().ok()?)))
}
