//! Kith's media server: a selective forwarding unit (RFC 7667, section 3.7) for conferences of a community, on
//! [str0m](https://docs.rs/str0m).
//!
//! It does no input and output: no sockets, threads, clocks or accounts. Datagrams and the time are arguments, and what to send is
//! an answer. So a room of ten people on a bad network is a unit test that takes a second.
//!
//! # Words
//!
//! - A **participant** ([`PeerId`]) is in one room and may have a **connection**, which may break and be made anew.
//! - A **source** ([`Source`]) is a line of the client's session on which it sends; camera and screen may have several simulcast
//!   **layers**.
//! - A **slot** is a pair of lines, audio and video, on which the client receives. Who sits in which slot is an event, so that nobody
//!   who joins, leaves or shares the screen needs another offer.
//!
//! # How to drive it
//!
//! From one thread: [`Sfu::handle`] for each datagram, the other calls for what clients and hosts want, and after each of them
//! [`Sfu::poll`] until it answers with a timeout.
//!
//! ```
//! use std::time::Instant;
//!
//! use sfu::{Config, Output, PeerId, Role, RoomId, Sfu, Transport};
//!
//! let config = Config { addresses: vec![(Transport::Udp, ([192, 0, 2, 1], 3478).into())], ..Config::default() };
//! let mut sfu = Sfu::new(config);
//! let now = Instant::now();
//! sfu.join(RoomId(1), PeerId(1), Role::Participant, now).unwrap();
//! loop {
//!     match sfu.poll(now) {
//!         Output::Transmit(datagram) => println!("send {} bytes", datagram.payload.len()),
//!         Output::Event(event) => println!("tell {event:?}"),
//!         Output::Timeout(at) => break println!("call again at {at:?}, or when a datagram arrives"),
//!     }
//! }
//! ```
//!
//! # What holds
//!
//! - A participant is removed after [`Config::grace`] of silence, and not before.
//! - What a stranger sends reaches nobody: checks of ICE need the password of our answer, everything else DTLS and SRTP.
//! - A panic in one connection closes that connection and no other.
//! - Outgoing streams never jump: see `timeline` for sequence numbers, and `slot` for when a layer is switched.

mod allocation;
mod answer;
mod audible;
mod bandwidth;
mod bitrate;
mod config;
mod connection;
mod id;
mod keyframe;
mod layer;
mod loudness;
mod offer;
mod output;
mod peer;
mod refusal;
mod room;
mod routes;
mod seating;
mod sfu;
mod slot;
mod source;
mod speaker;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod timeline;
mod track;
mod vp8;
mod window;

pub use self::config::{
    Config, MAX_ADDRESSES, MAX_DATAGRAM_BYTES, MAX_LAYERS, MAX_MEDIA_BYTES, MAX_OFFER_BYTES, MAX_SLOTS,
};
pub use self::id::{PeerId, RoomId};
pub use self::output::{Datagram, Event, Loss, Output, SlotState, Transmit, Transport};
pub use self::refusal::Refusal;
pub use self::sfu::{Sfu, Stats};
pub use self::source::{Content, Occupant, Role, Source, View};
