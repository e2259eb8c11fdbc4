//! A person's page, and a person in a list.

pub mod api;
mod page;
mod row;

pub use page::ProfilePage;
pub use row::PersonRow;
