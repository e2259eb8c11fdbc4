use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageReader};
use protocol::{Reason, media::PictureSize};

use super::{
    animation, colour,
    deadline::Deadline,
    encode,
    probe::{PROFILE_BYTES, ProbedImage},
};

/// What is stored of a picture.
#[derive(Debug)]
pub(super) struct ProcessedImage {
    /// Of the large size.
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) preview: String,
    pub(super) moves: bool,
    pub(super) files: [(PictureSize, Vec<u8>); 3],
}

/// Decodes a picture and makes all its sizes, each from the next larger one. What is not pixels is left behind.
///
/// # Errors
/// [`Reason::Damaged`] when it cannot be decoded as a whole, [`Reason::TimedOut`].
pub(super) fn process(
    probed: &ProbedImage,
    file: &[u8],
    deadline: &Deadline,
) -> Result<ProcessedImage, Reason> {
    let (large, moving) = if probed.moves {
        let moving = animation::process(probed, file, deadline)?;
        (moving.first, Some(moving.file))
    } else {
        (still(probed, file)?, None)
    };
    let medium = encode::downscale(&large, PictureSize::Medium.edge())?;
    let medium = medium.as_ref().unwrap_or(&large);
    let small = encode::downscale(medium, PictureSize::Small.edge())?;
    let small = small.as_ref().unwrap_or(medium);
    Ok(ProcessedImage {
        width: large.width(),
        height: large.height(),
        preview: encode::preview(small)?,
        moves: moving.is_some(),
        files: [
            (PictureSize::Large, moving.map_or_else(|| encode::webp(&large), Ok)?),
            (PictureSize::Medium, encode::webp(medium)?),
            (PictureSize::Small, encode::webp(small)?),
        ],
    })
}

/// The large size. Made smaller first, in the pixels that the file has, so that all the rest is done with few of them.
fn still(probed: &ProbedImage, file: &[u8]) -> Result<DynamicImage, Reason> {
    let mut reader = ImageReader::with_format(Cursor::new(file), probed.format);
    reader.limits(probed.limits());
    let mut decoder = reader.into_decoder().map_err(|_| Reason::Damaged)?;
    let orientation = decoder.orientation().map_err(|_| Reason::Damaged)?;
    // Without a profile that can be read, colours are what most pictures mean by them.
    let profile = decoder.icc_profile().unwrap_or_default().filter(|profile| profile.len() <= PROFILE_BYTES);
    let decoded = DynamicImage::from_decoder(decoder).map_err(|_| Reason::Damaged)?;
    let mut large = encode::to_rgb8(encode::downscale_in_place(decoded, PictureSize::Large.edge())?);
    colour::into_srgb(&mut large, profile.as_deref());
    large.apply_orientation(orientation);
    Ok(large)
}
