//! Squares that are cut out of pictures.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Rgb, RgbImage};
use protocol::{Reason, media::ProfilePictureSize, profile::SquareCrop};

use super::encode;

/// The files of a profile picture.
pub(super) type SquareFiles = [(ProfilePictureSize, Vec<u8>); 2];

/// Makes both sizes of a square of the picture in `file`. The square is in pixels of the large size, whose longer edge has
/// `longer` of them; the file may be a smaller size.
pub(super) fn cut(file: &[u8], crop: SquareCrop, longer: u32) -> Result<SquareFiles, Reason> {
    let reader = ImageReader::with_format(Cursor::new(file), ImageFormat::WebP);
    let picture = opaque(reader.decode().map_err(|_| Reason::Damaged)?);
    let (width, height) = (picture.width(), picture.height());
    let shrink = |length: u32| {
        let scaled = u64::from(length) * u64::from(width.max(height)) / u64::from(longer.max(1));
        u32::try_from(scaled).unwrap_or(u32::MAX)
    };
    let side = shrink(crop.side).clamp(1, width.min(height));
    let (left, top) = (shrink(crop.left).min(width - side), shrink(crop.top).min(height - side));
    let square = DynamicImage::ImageRgb8(picture).crop_imm(left, top, side, side);
    let large = downscale(square, ProfilePictureSize::Large)?;
    let file = encode::webp(&large)?;
    let small = downscale(large, ProfilePictureSize::Small)?;
    Ok([(ProfilePictureSize::Large, file), (ProfilePictureSize::Small, encode::webp(&small)?)])
}

fn downscale(square: DynamicImage, size: ProfilePictureSize) -> Result<DynamicImage, Reason> {
    Ok(encode::downscale(&square, size.edge())?.unwrap_or(square))
}

/// The picture on white, where something shines through: initials stand behind it.
fn opaque(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let pixels = picture.into_rgba8();
    let on_white = |part: u8, alpha: u8| {
        let mixed = (u16::from(part) * u16::from(alpha) + 255 * u16::from(255 - alpha)) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0;
        Rgb([red, green, blue].map(|part| on_white(part, alpha)))
    })
}
