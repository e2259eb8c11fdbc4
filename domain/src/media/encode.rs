use base64::{Engine, prelude::BASE64_STANDARD};
use fast_image_resize::{MulDiv, ResizeOptions, Resizer};
use image::DynamicImage;
use protocol::Reason;
use webp::{Encoder, PixelLayout, WebPConfig};

const QUALITY: f32 = 80.0;
/// Of what is shown blurred.
const PREVIEW_QUALITY: f32 = 20.0;
const PREVIEW_EDGE: u32 = 24;

/// The picture with `edge` pixels in its longer direction; none when it has no more than that already.
pub(super) fn downscale(picture: &DynamicImage, edge: u32) -> Result<Option<DynamicImage>, Reason> {
    let Some(mut made) = empty_target(picture, edge) else { return Ok(None) };
    let resized = Resizer::new().resize(picture, &mut made, &ResizeOptions::new());
    resized.map_err(|_| Reason::Damaged)?;
    Ok(Some(made))
}

/// The same for a picture that may be very large. What shines through is weighed in its own pixels, not in a copy.
pub(super) fn downscale_in_place(mut picture: DynamicImage, edge: u32) -> Result<DynamicImage, Reason> {
    let Some(mut made) = empty_target(&picture, edge) else { return Ok(picture) };
    let (weigh, has_alpha) = (MulDiv::new(), picture.color().has_alpha());
    if has_alpha {
        weigh.multiply_alpha_inplace(&mut picture).map_err(|_| Reason::Damaged)?;
    }
    let resized = Resizer::new().resize(&picture, &mut made, &ResizeOptions::new().use_alpha(false));
    resized.map_err(|_| Reason::Damaged)?;
    if has_alpha {
        weigh.divide_alpha_inplace(&mut made).map_err(|_| Reason::Damaged)?;
    }
    Ok(made)
}

/// An empty picture of the same kind with `edge` pixels in its longer direction; none when that has no more already.
fn empty_target(picture: &DynamicImage, edge: u32) -> Option<DynamicImage> {
    let (width, height) = (picture.width(), picture.height());
    let longer = width.max(height);
    let scaled = |length: u32| {
        let scaled = (u64::from(length) * u64::from(edge) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(scaled).unwrap_or(edge).max(1)
    };
    (longer > edge).then(|| DynamicImage::new(scaled(width), scaled(height), picture.color()))
}

/// The picture in eight bits for each of red, green and blue, and for alpha where something shines through.
pub(super) fn to_rgb8(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let pixels = picture.into_rgba8();
    if pixels.chunks_exact(4).all(|pixel| pixel.last() == Some(&u8::MAX)) {
        return DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(pixels).into_rgb8());
    }
    DynamicImage::ImageRgba8(pixels)
}

/// The picture as a WebP.
pub(super) fn webp(picture: &DynamicImage) -> Result<Vec<u8>, Reason> {
    encode(picture, QUALITY)
}

/// The picture in a few pixels, as the address of an image.
pub(super) fn preview(picture: &DynamicImage) -> Result<String, Reason> {
    let few = downscale(picture, PREVIEW_EDGE)?;
    let file = encode(few.as_ref().unwrap_or(picture), PREVIEW_QUALITY)?;
    Ok(format!("data:image/webp;base64,{}", BASE64_STANDARD.encode(file)))
}

fn encode(picture: &DynamicImage, quality: f32) -> Result<Vec<u8>, Reason> {
    let mut config = WebPConfig::new().map_err(|()| Reason::Damaged)?;
    config.quality = quality;
    let layout = if picture.color().has_alpha() { PixelLayout::Rgba } else { PixelLayout::Rgb };
    // The encoder panics when there are fewer pixels than it was told, which cannot be: they are in the picture.
    let encoder = Encoder::new(picture.as_bytes(), layout, picture.width(), picture.height());
    let file = encoder.encode_advanced(&config).map_err(|_| Reason::Damaged)?;
    Ok(file.to_vec())
}
