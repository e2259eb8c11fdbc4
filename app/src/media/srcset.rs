//! Where browsers find the sizes of a picture, and which of them fits.

use protocol::media::{PictureSize, PictureView};

/// The sizes that a grid may show, as `srcset` has them. What moves moves in the viewer only, so that a page is calm.
pub(super) fn srcset(picture: &PictureView) -> String {
    let mut sources: Vec<(u32, String)> = Vec::new();
    for size in PictureSize::ALL.into_iter().rev() {
        let width = width_in(picture, size);
        let moves = picture.moves && size == PictureSize::Large;
        // A small picture is the same in several sizes.
        if !moves && sources.last().is_none_or(|(last, _)| *last < width) {
            sources.push((width, picture.path(size)));
        }
    }
    let sources: Vec<String> = sources.into_iter().map(|(width, path)| format!("{path} {width}w")).collect();
    sources.join(", ")
}

/// Pixels from left to right of one of its sizes.
fn width_in(picture: &PictureView, size: PictureSize) -> u32 {
    let longer = picture.width.max(picture.height);
    if longer <= size.edge() {
        return picture.width;
    }
    let width = u64::from(picture.width) * u64::from(size.edge()) / u64::from(longer);
    u32::try_from(width).unwrap_or(u32::MAX).max(1)
}

/// How it is called where nobody said what it shows.
pub(super) fn default_name(at: usize, count: usize) -> String {
    format!("Picture {} of {count}", at + 1)
}
