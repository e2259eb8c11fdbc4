//! Files of pictures, good and bad, made on the spot.

use std::io::{Cursor, Write};

use image::{
    Delay, DynamicImage, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage,
    codecs::gif::{GifEncoder, Repeat},
};
use protocol::{
    media::{AttachedPicture, PictureView},
    post::{NewPost, PostView},
};

use super::Seed;
use crate::{
    Error, Scope,
    media::{self, Admission, Upload},
    post,
};

impl Seed {
    /// `who` sends a small picture.
    pub async fn sent_picture(&self, who: &Scope) -> PictureView {
        self.send_picture(who, &png(60, 40)).await.expect("a picture")
    }

    /// `who` sends this file as a picture.
    ///
    /// # Errors
    /// Why it is not taken.
    pub async fn send_picture(&self, who: &Scope, file: &[u8]) -> Result<PictureView, Error> {
        let mut admission = media::admit(&self.cx, who, Some(file.len() as u64)).await?;
        admission.receive(file.len() as u64)?;
        media::accept(&self.cx, who, upload(file, admission)).await
    }

    /// `who` publishes pictures.
    pub async fn post_pictures(&self, who: &Scope, pictures: &[PictureView]) -> PostView {
        let pictures = pictures.iter().map(|picture| AttachedPicture { id: picture.id, alt: String::new() });
        let new = NewPost { body: "look".to_owned(), pictures: pictures.collect(), ..NewPost::default() };
        post::publish(&self.cx, who, new).await.expect("a post")
    }
}

/// A file as somebody sends it.
pub fn upload(bytes: &[u8], admission: Admission) -> Upload {
    let mut file = tempfile::tempfile().expect("a file");
    file.write_all(bytes).expect("room on the disk");
    Upload { file, admission }
}

/// Something to look at: colours that change softly, with edges.
pub fn scene(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let soft = |part: u32, whole: u32| u8::try_from(part * 255 / whole.max(1)).unwrap_or(u8::MAX);
        let edge = if (x / 16 + y / 16) % 2 == 0 { 40 } else { 200 };
        Rgb([soft(x, width), soft(y, height), edge])
    })
}

/// A picture in this format.
pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a picture that can be encoded");
    file.into_inner()
}

/// A PNG of this size.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&scene(width, height).into(), ImageFormat::Png)
}

/// A JPEG of this size.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&scene(width, height).into(), ImageFormat::Jpeg)
}

/// A still WebP of this size.
pub fn webp(width: u32, height: u32) -> Vec<u8> {
    encoded(&scene(width, height).into(), ImageFormat::WebP)
}

/// A GIF of this size, in which a square moves, with 50 milliseconds for each frame.
pub fn gif(width: u32, height: u32, frames: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut file, 30);
    encoder.set_repeat(Repeat::Infinite).expect("an endless GIF");
    for number in 0..frames {
        let mut picture = RgbaImage::from_pixel(width, height, Rgba([20, 120, 40, 255]));
        for (x, y) in (number * 4..number * 4 + 8).flat_map(|x| (0..8).map(move |y| (x, y))) {
            if x < width && y < height {
                picture.put_pixel(x, y, Rgba([220, 20, 20, 255]));
            }
        }
        let frame = Frame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(50, 1));
        encoder.encode_frame(frame).expect("a frame that can be encoded");
    }
    drop(encoder);
    file
}

/// A small PNG whose head speaks of this size.
pub fn png_that_says(width: u32, height: u32) -> Vec<u8> {
    // The signature, then the length, name and content of the first chunk, then its checksum.
    let mut file = png(4, 4);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let checksum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&checksum.to_be_bytes());
    file
}

/// A PNG of eight by eight pixels with a colour profile of so many bytes, which are few in the file.
pub fn png_with_large_profile(bytes: u32) -> Vec<u8> {
    let profile = [b"bomb\0\0", &zeros(bytes)[..]].concat();
    let mut chunk = [b"iCCP", &profile[..]].concat();
    let checksum = crc32(&chunk);
    chunk.splice(0..0, u32::try_from(profile.len()).expect("a short chunk").to_be_bytes());
    chunk.extend_from_slice(&checksum.to_be_bytes());
    let mut file = png(8, 8);
    // Behind the first chunk, which is the head.
    file.splice(33..33, chunk);
    file
}

/// So many zeros as zlib has them at its best: one of them, and copies of what is before (RFC 1951, fixed codes).
fn zeros(count: u32) -> Vec<u8> {
    let mut bits = Bits::default();
    // The last block, with fixed codes; a zero.
    bits.push(0b1, 1);
    bits.push(0b01, 2);
    bits.push_code(0b0011_0000, 8);
    let copies = (count - 1) / 258;
    for _ in 0..copies {
        // 258 bytes, from one byte before.
        bits.push_code(0b1100_0101, 8);
        bits.push_code(0, 5);
    }
    for _ in 0..(count - 1) % 258 {
        bits.push_code(0b0011_0000, 8);
    }
    bits.push_code(0, 7);
    // Adler's checksum of zeros.
    let checksum = ((count % 65_521) << 16 | 1).to_be_bytes();
    [&[0x78, 0x01], &bits.finish()[..], &checksum].concat()
}

/// Bits as they stand in a deflated stream: the first in the lowest place.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    last: u8,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        for place in 0..count {
            self.last |= u8::from(value >> place & 1 == 1) << self.count;
            self.count += 1;
            if self.count == 8 {
                self.bytes.push(std::mem::take(&mut self.last));
                self.count = 0;
            }
        }
    }

    /// A code stands with its highest bit first.
    fn push_code(&mut self, code: u32, count: u32) {
        self.push(code.reverse_bits() >> (32 - count), count);
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.push(self.last);
        self.bytes
    }
}

/// A GIF of one pixel that has so many frames.
pub fn gif_of_frames(frames: usize) -> Vec<u8> {
    let head = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";
    [&head[..], &frame.repeat(frames), b"\x3b"].concat()
}

/// What stands in the file of [`with_exif`] as the place where it was taken.
pub const SECRET_PLACE: &str = "52.5200 N 13.4050 E, at home";

/// The JPEG with what cameras write into it: how it was held (EXIF's orientation, 1 to 8), and where.
pub fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    // TIFF, little-endian: two entries (orientation, and the text of a description, which stands behind), and the end.
    let text = SECRET_PLACE.as_bytes();
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend_from_slice(b"\x0e\x01\x02\0");
    tiff.extend_from_slice(&u32::try_from(text.len()).expect("a short text").to_le_bytes());
    tiff.extend_from_slice(&38_u32.to_le_bytes());
    tiff.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    tiff.extend_from_slice(&[0; 4]);
    tiff.extend_from_slice(text);
    let length = u16::try_from(tiff.len() + 8).expect("a short segment");
    let segment = [&[0xff, 0xe1], &length.to_be_bytes()[..], b"Exif\0\0", &tiff].concat();
    [&jpeg[..2], &segment, &jpeg[2..]].concat()
}

/// The checksum of PNG (ISO 15948, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}
