//! What the server has to know of a VP8 payload (RFC 7741): its counters, whether a keyframe starts, and how large that is.

use str0m::rtp::{Vp8Descriptor, Vp8Patch};

/// PictureID has 15 bits when its long form is used (RFC 7741, section 4.2).
const PICTURE_ID_MASK: u16 = 0x7fff;
const SHORT_PICTURE_ID_MASK: u16 = 0x7f;
const TL0_PIC_IDX_MASK: u16 = 0xff;
const KEY_IDX_MASK: u16 = 0x1f;

/// A packet's descriptor, parsed once for all who receive it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vp8 {
    descriptor: Vp8Descriptor,
    /// Height in pixels, in the first packet of a keyframe.
    pub keyframe_height: Option<u32>,
}

impl Vp8 {
    /// Nothing for what is no VP8.
    pub(crate) fn parse(payload: &[u8]) -> Option<Self> {
        let descriptor = Vp8Descriptor::parse(payload).ok()?;
        let keyframe_height = descriptor.starts_keyframe(payload).then(|| height(payload)).flatten();
        Some(Vp8 { descriptor, keyframe_height })
    }
}

/// The uncompressed start of a keyframe (RFC 6386, section 9.1): a tag of 3 bytes, a start code, width and height in
/// 14 bits each. Looked for where the descriptor ends.
fn height(payload: &[u8]) -> Option<u32> {
    let start = payload.windows(3).take(16).position(|bytes| bytes == [0x9d, 0x01, 0x2a])?;
    let bytes = payload.get(start + 5..start + 7)?;
    Some(u32::from(u16::from_le_bytes([bytes[0], bytes[1]]) & 0x3fff))
}

/// Continues the counters of one outgoing stream whatever it is made of.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counters {
    picture_id: Counter,
    tl0_pic_idx: Counter,
    key_idx: Counter,
}

impl Counters {
    /// The next packet is of another stream than the last one.
    pub(crate) fn restart(&mut self) {
        self.picture_id.offset = None;
        self.tl0_pic_idx.offset = None;
        self.key_idx.offset = None;
    }

    /// How to rewrite this packet. Nothing when that cannot be done in the bytes that are there.
    pub(crate) fn patch(&mut self, packet: &Vp8) -> Option<Vp8Patch> {
        let descriptor = &packet.descriptor;
        let mut patch = descriptor.patch();
        if let Some(index) = descriptor.tl0_pic_idx() {
            patch = patch.tl0_pic_idx(self.tl0_pic_idx.continued(index.into(), TL0_PIC_IDX_MASK) as u8);
        }
        if let Some(index) = descriptor.key_idx() {
            patch = patch.key_idx(self.key_idx.continued(index.into(), KEY_IDX_MASK) as u8);
        }
        let Some(id) = descriptor.picture_id() else { return patch.build().ok() };
        let id = self.picture_id.continued(id, PICTURE_ID_MASK);
        // The short form has 7 bits; which form it is, only building tells.
        patch.picture_id(id).build().or_else(|_| patch.picture_id(id & SHORT_PICTURE_ID_MASK).build()).ok()
    }
}

/// A counter that wraps at a power of two.
#[derive(Debug, Clone, Copy, Default)]
struct Counter {
    offset: Option<u16>,
    last: u16,
}

impl Counter {
    fn continued(&mut self, value: u16, mask: u16) -> u16 {
        let offset = *self.offset.get_or_insert(self.last.wrapping_add(1).wrapping_sub(value));
        let continued = value.wrapping_add(offset) & mask;
        // A packet that arrives late does not set the counter back.
        if continued.wrapping_sub(self.last) & mask <= mask / 2 {
            self.last = continued;
        }
        continued
    }
}

#[cfg(test)]
mod tests;
