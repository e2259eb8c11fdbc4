//! Notifications: the list of them, what is shown of a new one at once, and which of them one wants to see like that.

pub mod api;
mod cause;
mod item;
mod list;
mod page;
mod settings_page;
#[cfg(test)]
mod tests;
mod toast;
mod toast_loader;

pub use page::NotificationsPage;
pub use settings_page::NotificationSettingsPage;
pub(crate) use toast_loader::show_new;
