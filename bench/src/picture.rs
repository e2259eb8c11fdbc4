//! Pictures to upload: one that looks like a photograph to whoever has to decode and encode it, and one that would fill the
//! memory of whoever believes it.

use anyhow::Result;
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};

/// A photograph of `width` times `height` pixels, as a JPEG of good quality: large forms, small ones, and the grain of a
/// sensor.
pub(crate) fn photograph(width: u32, height: u32) -> Result<Vec<u8>> {
    let picture = RgbImage::from_fn(width, height, |x, y| {
        // As in nature, forms of half the size differ half as much.
        let light =
            (0..8).map(|octave| form(x, y, 1_024 >> octave) / f64::from(1 << octave)).sum::<f64>() / 2.0;
        let grain = (scattered(x, y, 99) - 0.5) * 6.0;
        let sky = 1.0 - f64::from(y) / f64::from(height.max(1));
        let channel = |warmth: f64| (40.0 + 150.0 * light + 60.0 * sky * warmth + grain) as u8;
        Rgb([channel(0.2), channel(0.6), channel(1.0)])
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90).encode_image(&picture)?;
    Ok(jpeg)
}

/// Soft forms of so many pixels: random lights on a grid, and between them what lies between.
fn form(x: u32, y: u32, size: u32) -> f64 {
    let (left, top) = (x / size, y / size);
    let soft = |at: u32| {
        let part = f64::from(at % size) / f64::from(size);
        part * part * (3.0 - 2.0 * part)
    };
    let (across, down) = (soft(x), soft(y));
    let row = |y: u32| {
        let (from, to) = (scattered(left, y, size), scattered(left + 1, y, size));
        from + (to - from) * across
    };
    let (from, to) = (row(top), row(top + 1));
    from + (to - from) * down
}

/// A number from 0 to 1 that is always the same at this place.
fn scattered(x: u32, y: u32, salt: u32) -> f64 {
    let mut mixed =
        x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ salt.wrapping_mul(0xc2b2_ae3d);
    mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2c1b_3c6d);
    mixed = (mixed ^ (mixed >> 12)).wrapping_mul(0x297a_2d39);
    f64::from(mixed ^ (mixed >> 15)) / f64::from(u32::MAX)
}

/// A valid black PNG of so many pixels on each side, each of one bit: 50,000 of them are 2 MB here and 2.5 gigapixels
/// there.
pub(crate) fn bomb(side: u32) -> Vec<u8> {
    let row = u64::from(side.div_ceil(8)) + 1;
    let mut header = [side.to_be_bytes(), side.to_be_bytes()].concat();
    // One bit of grey, without interlacing.
    header.extend([1, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &zeros(row * u64::from(side)));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    png.extend(u32::try_from(content.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(content);
    let sum = crc(png.get(start..).unwrap_or_default());
    png.extend(sum.to_be_bytes());
}

fn crc(bytes: &[u8]) -> u32 {
    let shift = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 };
    !bytes.iter().fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| shift(sum)))
}

/// So many zeros, compressed (RFC 1950 and 1951): one block with the fixed codes, that says "0" and then over and over
/// "the last one 258 times".
fn zeros(count: u64) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.push(0b1, 1);
    bits.push(0b01, 2);
    for _ in 0..(count - 1) % 258 + 1 {
        bits.push_code(0x30, 8);
    }
    for _ in 0..(count - 1) / 258 {
        bits.push_code(0b1100_0101, 8);
        bits.push_code(0, 5);
    }
    bits.push_code(0, 7);
    // The sum of Adler-32 over zeros: its lower half stays 1, its upper half counts.
    let adler = ((count % 65_521) as u32) << 16 | 1;
    [&[0x78, 0x01], bits.done().as_slice(), &adler.to_be_bytes()].concat()
}

/// Bits, the lowest of each byte first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    waiting: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        self.waiting |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.waiting.to_le_bytes()[0]);
            self.waiting >>= 8;
            self.count -= 8;
        }
    }

    /// A code of Huffman's goes the other way round.
    fn push_code(&mut self, code: u32, count: u32) {
        self.push(code.reverse_bits() >> (32 - count), count);
    }

    fn done(mut self) -> Vec<u8> {
        self.push(0, 7);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{bomb, photograph};

    #[test]
    fn a_bomb_is_a_valid_picture() {
        for side in [1, 9, 300, 1_000] {
            let picture = image::load_from_memory(&bomb(side)).expect("a picture");
            assert_eq!((picture.width(), picture.height()), (side, side));
            assert!(picture.to_luma8().pixels().all(|pixel| pixel.0 == [0]));
        }
    }

    #[test]
    fn a_photograph_is_as_hard_to_compress_as_one() {
        let jpeg = photograph(800, 600).expect("a picture");
        let picture = image::load_from_memory(&jpeg).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (800, 600));
        // Phones write one to three bits a pixel; a drawing would take a tenth.
        let bits = jpeg.len() as f64 * 8.0 / f64::from(800 * 600);
        assert!((0.4..5.0).contains(&bits), "{bits} bits a pixel");
    }
}
