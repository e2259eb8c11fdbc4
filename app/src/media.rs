//! Pictures: a grid of them on a post, and one at a time over the whole screen.

mod grid;
mod hand;
mod source;
mod viewer;

pub use grid::PictureGrid;
pub use viewer::{PictureViewer, provide_viewer};

#[cfg(test)]
mod tests;
