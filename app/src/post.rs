//! A post, in lists and on its own page, and what its author does with it.

pub mod api;
mod card;
mod card_cache;
mod draft;
mod edit;
mod fields;
mod form;
mod history;
mod menu;
mod page;
mod remove;
mod transfer;

pub use card::PostCard;
pub use card_cache::{CardCache, CardKey, SharedCards};
pub use draft::{Draft, provide_new_post};
pub use edit::EditPage;
pub use form::PostForm;
pub use history::HistoryPage;
pub use page::PostPage;
pub use remove::{RemovePage, RemovedNotice};
