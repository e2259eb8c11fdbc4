use std::io::Cursor;

use image::{ImageDecoder, ImageFormat, ImageReader, Limits};
use image_webp::WebPDecoder;
use protocol::{Reason, media::MEGAPIXELS};

use super::jpeg;

/// Pixels that a picture may have, all its frames together.
const PIXELS: u64 = MEGAPIXELS as u64 * 1_000_000;
/// Bytes that a decoder may take beside the pixels.
const BESIDE: u64 = 16 * 1024 * 1024;

/// What is known of a picture before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measured {
    pub(super) format: ImageFormat,
    pub(super) moves: bool,
    /// Bytes that decoding it takes.
    memory: u64,
}

impl Measured {
    /// Megabytes of memory that decoding it takes.
    pub(super) fn megabytes(&self) -> u32 {
        u32::try_from(self.memory.div_ceil(1024 * 1024)).unwrap_or(u32::MAX).max(1)
    }

    /// What the decoder is told not to go beyond.
    pub(super) fn limits(&self) -> Limits {
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(self.memory.max(BESIDE) + BESIDE);
        limits
    }
}

/// Looks at what the file says of itself, whatever its name or its sender said, and decodes nothing.
///
/// # Errors
/// Why it is no picture that can be taken.
pub(super) fn measure(file: &[u8]) -> Result<Measured, Reason> {
    if file.is_empty() {
        return Err(Reason::Damaged);
    }
    let format = image::guess_format(file).map_err(|_| Reason::UnknownKind)?;
    match format {
        ImageFormat::Jpeg => {
            let survey = jpeg::survey(file)?;
            let pixels = within(survey.width.into(), survey.height.into(), 1)?;
            // Three bytes a pixel and half of that to resize them; or six more for the coefficients, which are there
            // before, when they come in several passes.
            let halves = if survey.progressive { 18 } else { 9 };
            Ok(Measured { format, moves: false, memory: pixels * halves / 2 })
        }
        ImageFormat::Png | ImageFormat::Gif | ImageFormat::WebP => {
            let decoder = ImageReader::with_format(Cursor::new(file), format).into_decoder();
            let decoder = decoder.map_err(|_| Reason::Damaged)?;
            let ((width, height), bytes) = (decoder.dimensions(), decoder.color_type().bytes_per_pixel());
            let pixels = within(width.into(), height.into(), 1)?;
            let frames = match format {
                ImageFormat::Gif => gif_frames(file, pixels)?,
                ImageFormat::WebP => webp_frames(file)?,
                _ => 1,
            };
            within(width.into(), height.into(), frames)?;
            // Half as much again to resize them. The decoders of animations hold two frames; that of WebP has three
            // planes beside its pixels.
            let halves = if format == ImageFormat::Png { 3 } else { 4 };
            Ok(Measured { format, moves: frames > 1, memory: pixels * u64::from(bytes) * halves / 2 })
        }
        _ => Err(Reason::UnknownKind),
    }
}

fn within(width: u64, height: u64, frames: u64) -> Result<u64, Reason> {
    let pixels = width.saturating_mul(height).saturating_mul(frames);
    match pixels {
        0 => Err(Reason::Damaged),
        1..=PIXELS => Ok(pixels),
        _ => Err(Reason::TooManyPixels { max: MEGAPIXELS }),
    }
}

/// Counts until there are more than fit.
fn gif_frames(file: &[u8], canvas: u64) -> Result<u64, Reason> {
    let mut options = gif::DecodeOptions::new();
    options.skip_frame_decoding(true);
    let (mut frames, mut pixels) = (0, 0);
    let mut decoder = options.read_info(file).map_err(|_| Reason::Damaged)?;
    while let Some(frame) = decoder.next_frame_info().map_err(|_| Reason::Damaged)? {
        // A frame may be larger than the canvas.
        pixels += canvas.max(u64::from(frame.width) * u64::from(frame.height));
        within(pixels, 1, 1)?;
        frames += 1;
    }
    Ok(frames)
}

fn webp_frames(file: &[u8]) -> Result<u64, Reason> {
    let decoder = WebPDecoder::new(Cursor::new(file)).map_err(|_| Reason::Damaged)?;
    Ok(u64::from(decoder.num_frames()).max(1))
}
