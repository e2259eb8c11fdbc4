//! What is said below a post.

pub mod api;
mod asked;
mod discussion;
mod edit;
mod form;
mod further;
mod item;
mod list;
mod options;
mod pending;
mod place;
mod run;
mod thread;
mod threads;

pub use asked::load_first;
pub use list::Comments;
