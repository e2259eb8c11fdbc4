//! A person's page, its settings, and a person in a list.

mod about;
pub mod api;
mod head;
mod moved;
mod page;
mod pictures;
mod row;
mod settings;
mod tab;

pub use moved::{MovedTo, has_moved};
pub use page::ProfilePage;
pub use row::PersonRow;
pub use settings::ProfileSettingsPage;
