//! The comments on a post.

pub mod api;
mod deep_link;
mod discussion;
mod edit;
mod form;
mod item;
mod list;
mod load_more;
mod options;
mod partial_list;
mod pending;
mod query;
mod refresh;
mod reply_target;
mod thread;
mod threads;

pub use list::Comments;
pub use query::load_first;
