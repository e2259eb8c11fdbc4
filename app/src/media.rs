//! Pictures: a grid of them on a post, and one at a time over the whole screen.

mod grid;
mod hand;
mod picked;
mod source;
mod tray;
mod upload;
mod viewer;

pub use grid::PictureGrid;
pub use picked::{PickedPictures, placed};
pub use tray::PictureTray;
pub use viewer::{PictureViewer, provide_viewer};

#[cfg(test)]
mod tests;
