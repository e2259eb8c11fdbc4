//! Chat between two people: who has written, and what they say to each other.
//!
//! What is stored comes from the server, in pages and over the socket, and is put together by [`timeline`]; what was
//! just written waits in the [`crate::outbox`] until the server has answered, however often the socket breaks in between.
//! [`layout`] lays out both. These are plain values; [`store`] and [`conversation`] hold them for the page.

pub mod api;
mod composer;
mod conversation;
mod conversation_list;
mod conversations;
mod day;
mod delete_message;
mod edit_message;
mod layout;
mod message;
mod message_action;
mod message_list;
mod message_options;
mod page;
mod pane;
mod partner_list;
mod quote;
mod read_marker;
mod scroll;
mod store;
#[cfg(test)]
mod tests;
mod timeline;
mod typing;

pub use page::{ChatPage, ChatsPage};
pub use store::provide;
