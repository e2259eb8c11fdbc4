use std::io::Cursor;

use image::{
    AnimationDecoder, DynamicImage, Frame, Frames, ImageDecoder, ImageFormat, RgbaImage,
    codecs::{gif::GifDecoder, webp::WebPDecoder},
    imageops::crop_imm,
};
use protocol::{Reason, media::PictureSize};

use super::{deadline::Deadline, encode, probe::ProbedImage};

mod container;

use container::{Container, Place};

/// What browsers take for no delay at all, in milliseconds, and what they make of it.
const SHORTEST_MS: u32 = 20;
const USUAL_MS: u32 = 100;

/// A picture that moves, in its large size.
pub(super) struct Animation {
    pub(super) first: DynamicImage,
    pub(super) file: Vec<u8>,
}

/// Goes through an animation frame by frame and makes an animated WebP of it. libwebp's own way holds all frames at the
/// same time; here there are two: of each frame, the part that is not as it was goes into the file.
///
/// # Errors
/// [`Reason::Damaged`] when it cannot be decoded as a whole, [`Reason::TimedOut`] when its frames take too long.
pub(super) fn process(probed: &ProbedImage, file: &[u8], deadline: &Deadline) -> Result<Animation, Reason> {
    let mut made: Option<(DynamicImage, Container)> = None;
    let mut before = RgbaImage::default();
    for frame in frames(probed, file)? {
        deadline.check()?;
        let frame = frame.map_err(|_| Reason::Damaged)?;
        let shown_ms = delay_ms(&frame);
        let picture = DynamicImage::ImageRgba8(frame.into_buffer());
        let picture = encode::downscale_in_place(picture, PictureSize::Large.edge())?.into_rgba8();
        let (_, container) = made.get_or_insert_with(|| {
            let (width, height) = picture.dimensions();
            (DynamicImage::ImageRgba8(picture.clone()), Container::new(width, height))
        });
        match change(&before, &picture) {
            None => container.show_longer(shown_ms),
            Some(place) => {
                let part = crop_imm(&picture, place.left, place.top, place.width, place.height).to_image();
                let part = encode::webp(&DynamicImage::ImageRgba8(part))?;
                container.add(place, shown_ms, &part).ok_or(Reason::Damaged)?;
            }
        }
        before = picture;
    }
    let (first, container) = made.ok_or(Reason::Damaged)?;
    let first = encode::to_rgb8(first);
    Ok(Animation { first, file: container.finish().ok_or(Reason::Damaged)? })
}

fn frames<'a>(probed: &ProbedImage, file: &'a [u8]) -> Result<Frames<'a>, Reason> {
    let file = Cursor::new(file);
    match probed.format {
        ImageFormat::Gif => {
            let mut decoder = GifDecoder::new(file).map_err(|_| Reason::Damaged)?;
            decoder.set_limits(probed.limits()).map_err(|_| Reason::Damaged)?;
            Ok(decoder.into_frames())
        }
        _ => {
            let mut decoder = WebPDecoder::new(file).map_err(|_| Reason::Damaged)?;
            decoder.set_limits(probed.limits()).map_err(|_| Reason::Damaged)?;
            Ok(decoder.into_frames())
        }
    }
}

fn delay_ms(frame: &Frame) -> u32 {
    let (numerator, denominator) = frame.delay().numer_denom_ms();
    match numerator / denominator.max(1) {
        0..SHORTEST_MS => USUAL_MS,
        delay => delay,
    }
}

/// The smallest rectangle outside of which two frames are the same; none when they are the same. It begins at even places,
/// as the format wants.
fn change(before: &RgbaImage, now: &RgbaImage) -> Option<Place> {
    let (width, height) = now.dimensions();
    if before.dimensions() != (width, height) {
        return Some(Place { left: 0, top: 0, width, height });
    }
    let stride = 4 * width as usize;
    let rows = before.as_raw().chunks_exact(stride).zip(now.as_raw().chunks_exact(stride));
    let (mut left, mut right, mut top, mut bottom) = (width, 0, height, 0);
    for (y, (before, now)) in (0..).zip(rows).filter(|(_, (before, now))| before != now) {
        let columns = || (0..).zip(before.chunks_exact(4).zip(now.chunks_exact(4)));
        let mut changed = columns().filter(|(_, (before, now))| before != now).map(|(x, _)| x);
        let first = changed.next().unwrap_or_default();
        (left, right) = (left.min(first), right.max(changed.last().unwrap_or(first) + 1));
        (top, bottom) = (top.min(y), y + 1);
    }
    let (left, top) = (left & !1, top & !1);
    (bottom > 0).then(|| Place { left, top, width: right - left, height: bottom - top })
}
