//! Chat between two people: who has written, and what they say to each other.
//!
//! What is stored comes from the server, in pages and over the socket, and is put together by [`timeline`]; what was
//! just written waits in the [`crate::outbox`] until the server has answered, however often the socket breaks in between.
//! [`rows`] lays out both. These are plain values; [`chats`] and [`talk`] hold them for the page.

pub mod api;
mod chats;
mod composer;
mod conversations;
mod day;
mod log;
mod message;
mod page;
mod pane;
mod reading;
mod rows;
mod scroll;
mod side;
mod talk;
#[cfg(test)]
mod tests;
mod timeline;

pub use chats::provide;
pub use page::{ChatPage, ChatsPage};
