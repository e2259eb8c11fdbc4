use std::io::Cursor;

use image::{ImageDecoder, ImageFormat, ImageReader, Limits};
use image_webp::WebPDecoder;
use protocol::{Reason, media::MEGAPIXELS};

use super::{jpeg, png, webp};

/// Pixels that a picture may have, all its frames together.
const PIXELS: u64 = MEGAPIXELS as u64 * 1_000_000;
/// Frames that an animation may have: more than half a minute of film. Each takes time, however few its pixels are.
pub(super) const FRAMES: u64 = 2_000;
/// Bytes that a decoder may take beside the pixels.
const DECODER_OVERHEAD: u64 = 16 * 1024 * 1024;
/// Bytes that a colour profile may have. It is compressed in a PNG, a thousandfold if somebody wants that.
pub(super) const PROFILE_BYTES: usize = 4 * 1024 * 1024;

/// What is known of a picture before it is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProbedImage {
    pub(super) format: ImageFormat,
    pub(super) moves: bool,
    /// Bytes that decoding it takes.
    memory: u64,
    /// Bytes beyond which the decoder refuses to go.
    allocation_limit: u64,
}

impl ProbedImage {
    /// Megabytes of memory that decoding it takes.
    pub(super) fn megabytes(&self) -> u32 {
        u32::try_from(self.memory.div_ceil(1024 * 1024)).unwrap_or(u32::MAX).max(1)
    }

    /// What the decoder is told not to go beyond.
    pub(super) fn limits(&self) -> Limits {
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(self.allocation_limit);
        limits
    }
}

/// Bytes beyond which a decoder refuses to go that keeps the pixels itself.
fn allocation_limit(memory: u64) -> u64 {
    memory.max(DECODER_OVERHEAD) + DECODER_OVERHEAD
}

/// The same for that of PNG. It counts a row, the colour profile and the texts, which stay as they are in the file.
fn png_allocation_limit(file: &[u8], width: u32) -> u64 {
    16 * u64::from(width) + PROFILE_BYTES as u64 + file.len() as u64
}

/// Looks at what the file says of itself, whatever its name or its sender said, and decodes nothing.
///
/// # Errors
/// Why it is no picture that can be taken.
pub(super) fn probe(file: &[u8]) -> Result<ProbedImage, Reason> {
    if file.is_empty() {
        return Err(Reason::Damaged);
    }
    let format = image::guess_format(file).map_err(|_| Reason::UnknownKind)?;
    match format {
        ImageFormat::Jpeg => {
            let header = jpeg::read_header(file)?;
            let pixels = check_pixels(header.width.into(), header.height.into(), 1)?;
            // Three bytes a pixel and half of that to resize them; or six more for the coefficients, which are there
            // before, when they come in several passes.
            let halves = if header.progressive { 18 } else { 9 };
            let memory = pixels * halves / 2;
            Ok(ProbedImage { format, moves: false, memory, allocation_limit: allocation_limit(memory) })
        }
        ImageFormat::Png => {
            // Before the decoder goes on to what is compressed.
            let (width, height) = png::dimensions(file).ok_or(Reason::Damaged)?;
            let pixels = check_pixels(width.into(), height.into(), 1)?;
            let probed = ProbedImage {
                format,
                moves: false,
                memory: 0,
                allocation_limit: png_allocation_limit(file, width),
            };
            let bytes = decoder(file, &probed)?.color_type().bytes_per_pixel();
            // Half as much again to resize them.
            Ok(ProbedImage { memory: pixels * u64::from(bytes) * 3 / 2, ..probed })
        }
        ImageFormat::Gif | ImageFormat::WebP => {
            if format == ImageFormat::WebP && !webp::is_whole(file) {
                return Err(Reason::Damaged);
            }
            let probed =
                ProbedImage { format, moves: false, memory: 0, allocation_limit: allocation_limit(0) };
            let decoder = decoder(file, &probed)?;
            let ((width, height), bytes) = (decoder.dimensions(), decoder.color_type().bytes_per_pixel());
            let pixels = check_pixels(width.into(), height.into(), 1)?;
            let frames = match format {
                ImageFormat::Gif => gif_frames(file, pixels)?,
                _ => webp_frames(file)?,
            };
            check_frames(frames)?;
            check_pixels(width.into(), height.into(), frames)?;
            // The decoders of animations hold two frames; that of WebP has three planes beside its pixels. To resize them
            // takes half as much again.
            let memory = pixels * u64::from(bytes) * 2;
            Ok(ProbedImage {
                moves: frames > 1,
                memory,
                allocation_limit: allocation_limit(memory),
                ..probed
            })
        }
        _ => Err(Reason::UnknownKind),
    }
}

fn decoder<'a>(file: &'a [u8], probed: &ProbedImage) -> Result<impl ImageDecoder + use<'a>, Reason> {
    let mut reader = ImageReader::with_format(Cursor::new(file), probed.format);
    reader.limits(probed.limits());
    reader.into_decoder().map_err(|_| Reason::Damaged)
}

fn check_frames(frames: u64) -> Result<(), Reason> {
    if frames > FRAMES { Err(Reason::TooManyFrames { max: FRAMES as u32 }) } else { Ok(()) }
}

fn check_pixels(width: u64, height: u64, frames: u64) -> Result<u64, Reason> {
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
        check_pixels(pixels, 1, 1)?;
        frames += 1;
        check_frames(frames)?;
    }
    Ok(frames)
}

fn webp_frames(file: &[u8]) -> Result<u64, Reason> {
    let decoder = WebPDecoder::new(Cursor::new(file)).map_err(|_| Reason::Damaged)?;
    Ok(u64::from(decoder.num_frames()).max(1))
}
