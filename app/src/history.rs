//! What one's own account has seen.

pub mod api;
mod log_ins;
mod overview;
mod page;
mod posts;

pub use page::HistoryPage;
