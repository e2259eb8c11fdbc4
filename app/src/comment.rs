//! What is said below a post.

pub mod api;
mod form;
mod list;
mod view;

pub use list::{Comments, load_first};
