/// A rectangle of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// An animated WebP that is being put together of still ones (RFC 9649, section 2.7).
pub(super) struct Container {
    width: u32,
    height: u32,
    has_alpha: bool,
    frames: Vec<u8>,
    /// Where in `frames` the time of the last one stands.
    shown_at: usize,
    shown_ms: u32,
}

impl Container {
    pub(super) const fn new(width: u32, height: u32) -> Self {
        Self { width, height, has_alpha: false, frames: Vec::new(), shown_at: 0, shown_ms: 0 }
    }

    /// Puts the pixels of a still WebP at this place, instead of those that are there.
    pub(super) fn add(&mut self, place: Place, shown_ms: u32, still: &[u8]) -> Option<()> {
        /// Not to be blended with what is below, not to be taken away afterwards.
        const INSTEAD: u8 = 0b10;
        let mut pixels = Vec::new();
        for (name, chunk) in chunks(still) {
            self.has_alpha |= matches!(name, b"ALPH" | b"VP8L");
            if matches!(name, b"ALPH" | b"VP8 " | b"VP8L") {
                pixels.extend_from_slice(chunk);
            }
        }
        self.frames.extend_from_slice(b"ANMF");
        self.frames.extend_from_slice(&u32::try_from(pixels.len() + 16).ok()?.to_le_bytes());
        for number in [place.left / 2, place.top / 2, place.width - 1, place.height - 1] {
            self.frames.extend_from_slice(&three_bytes(number));
        }
        (self.shown_at, self.shown_ms) = (self.frames.len(), shown_ms);
        self.frames.extend_from_slice(&three_bytes(shown_ms));
        self.frames.push(INSTEAD);
        self.frames.extend_from_slice(&pixels);
        Some(())
    }

    /// The last frame stays so much longer.
    pub(super) fn show_longer(&mut self, more_ms: u32) {
        self.shown_ms = self.shown_ms.saturating_add(more_ms);
        if let Some(shown) = self.frames.get_mut(self.shown_at..self.shown_at + 3) {
            shown.copy_from_slice(&three_bytes(self.shown_ms));
        }
    }

    /// The file, if it is not too large for its format.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        const MOVES: u8 = 0b10;
        const ALPHA: u8 = 0b1_0000;
        let flags = MOVES | if self.has_alpha { ALPHA } else { 0 };
        let mut file = b"RIFF....WEBPVP8X".to_vec();
        file.extend_from_slice(&10_u32.to_le_bytes());
        file.extend_from_slice(&[flags, 0, 0, 0]);
        file.extend_from_slice(&three_bytes(self.width - 1));
        file.extend_from_slice(&three_bytes(self.height - 1));
        file.extend_from_slice(b"ANIM");
        file.extend_from_slice(&6_u32.to_le_bytes());
        // Nothing in the background; again and again.
        file.extend_from_slice(&[0; 6]);
        file.extend_from_slice(&self.frames);
        let length = u32::try_from(file.len() - 8).ok()?;
        file.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
        Some(file)
    }
}

/// The chunks of a WebP, each with its name and whole, as it stands in the file.
fn chunks(file: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = file.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (name, after) = rest.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*after.first_chunk()?) as usize;
        // Those of odd length have a byte more.
        let (chunk, following) = rest.split_at_checked(8 + length + length % 2)?;
        rest = following;
        Some((name, chunk))
    })
}

fn three_bytes(number: u32) -> [u8; 3] {
    let [a, b, c, _] = number.min(0xff_ffff).to_le_bytes();
    [a, b, c]
}
