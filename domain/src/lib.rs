//! What Kith can do: use cases, rules and storage, without HTTP and without views.
//!
//! Every use case is `verb(cx, scope, input) -> Result<View, Error>`. [`Cx`] holds what the process has (database,
//! clock, hub, mail), [`Scope`] says who asks. The use case authorises, decides, stores and announces; nothing is
//! announced before it is stored ([`Cx::write`]).
//!
//! Three rules hold everywhere:
//! - A thing of another person is looked up through the scope. What one may not see is "not found".
//! - People with a block between them, in either direction, do not exist for each other: every query about people or
//!   their things passes through `block::visible`.
//! - Time, randomness and the network are inputs.
#![warn(missing_docs)]

pub mod account;
pub mod badge;
pub mod block;
pub mod bus;
pub mod call;
pub mod chat;
pub mod clock;
pub mod comment;
pub(crate) mod counter;
pub mod cx;
pub mod db;
pub mod deletion;
pub mod doctor;
pub mod entropy;
pub mod error;
pub mod export;
pub mod feed;
pub mod files;
pub mod follow;
pub mod history;
pub mod hub;
pub mod job;
pub mod job_runner;
pub mod like;
pub mod limit;
pub mod live;
pub mod mail;
pub mod media;
pub(crate) mod mention;
pub mod notification;
pub mod passkey;
pub mod password;
pub mod post;
pub mod presence;
pub mod profile;
pub mod scope;
pub mod search;
pub mod session;
pub mod suggestion;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod two_factor;
mod user_agent;
pub mod zego;

pub use cx::{Cx, Tx};
pub use error::Error;
pub use scope::{ClientAddress, Network, Scope, Session};
