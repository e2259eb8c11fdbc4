//! A post, in lists and on its own page.

pub mod api;
mod card;
mod page;

pub use card::{PostCard, count_of};
pub use page::PostPage;
