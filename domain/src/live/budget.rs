//! What a person's sockets may say, all together: a token bucket for each account, from which each kind of frame takes as
//! many units as it costs to answer. Whoever is over it is read no further until the units are there again.

use std::num::NonZeroU32;

use protocol::{
    chat::{ChatRequest, RESUMED_CONVERSATIONS},
    live::{ClientMessage, WATCHED_TOPICS},
};

use crate::{Cx, Error, Scope, limit::Limit};

/// Units of a frame that asks for nothing: a heartbeat, or one that only keeps the connection open.
const NOTHING: u32 = 1;
/// Units of a frame that writes one row.
const WRITE: u32 = 3;
/// Units of a frame that reads, before what it names is counted.
const READ: u32 = 2;
/// Topics that are looked up for one unit.
const TOPICS_PER_UNIT: usize = 10;
/// Units of a new socket: its session, blocks and follows are read.
const SOCKET: u32 = 10;

/// Takes the units of a frame from its person's budget; without a message it only keeps the connection open.
///
/// # Errors
/// [`Problem::TooMany`](protocol::Problem::TooMany) when they are not there; then none is taken.
pub fn admit(cx: &Cx, scope: &Scope, message: Option<&ClientMessage>) -> Result<(), Error> {
    spend(cx, scope, message.map_or(NOTHING, weight))
}

/// The same for a new socket.
pub(super) fn admit_socket(cx: &Cx, scope: &Scope) -> Result<(), Error> {
    spend(cx, scope, SOCKET)
}

fn weight(message: &ClientMessage) -> u32 {
    let named = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    match message {
        ClientMessage::Heartbeat | ClientMessage::Presence(_) => NOTHING,
        ClientMessage::Watch { add, .. } => {
            READ + named(add.len().min(WATCHED_TOPICS).div_ceil(TOPICS_PER_UNIT))
        }
        ClientMessage::Chat(ChatRequest::Resume { positions }) => {
            READ + named(positions.len().min(RESUMED_CONVERSATIONS))
        }
        ClientMessage::Chat(ChatRequest::Typing { .. }) => READ,
        ClientMessage::Chat(ChatRequest::Send { .. } | ChatRequest::Read { .. }) => WRITE,
    }
}

fn spend(cx: &Cx, scope: &Scope, units: u32) -> Result<(), Error> {
    let units = NonZeroU32::new(units).unwrap_or(NonZeroU32::MIN);
    cx.limits.spend_many(Limit::Frames, scope.account()?, units)
}
