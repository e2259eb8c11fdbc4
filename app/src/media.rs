//! Pictures: a grid of them on a post, and one at a time over the whole screen.

mod attachment_list;
mod attachments;
mod gesture;
mod grid;
mod single_upload;
mod srcset;
mod upload;
mod viewer;

pub use attachment_list::AttachmentList;
pub use attachments::{Attachments, attached_pictures};
pub use grid::PictureGrid;
pub use single_upload::SingleUpload;
pub use viewer::{PictureViewer, provide_viewer};

#[cfg(test)]
mod tests;
