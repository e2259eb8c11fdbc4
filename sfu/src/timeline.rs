//! Sequence numbers and timestamps of one outgoing stream that is made of pieces of several incoming ones.
//!
//! A receiver sees one stream (RFC 3550) that never jumps: at each switch the next packet has the next number, and a
//! timestamp that is later by as much as time has passed. The first number stays below 65,536, because a receiver starts
//! with a rollover counter of 0 (RFC 3711, section 3.3.1).

use std::time::Instant;

use crate::window::Window;

/// Where a packet stands in the outgoing stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// Extended sequence number.
    pub seq: u64,
    /// Timestamp in units of the clock rate.
    pub time: u32,
}

/// Maps positions of incoming streams to the outgoing one.
#[derive(Debug)]
pub(crate) struct Timeline {
    clock_rate: u32,
    piece: Option<Piece>,
    last: Position,
    last_at: Option<Instant>,
}

/// The incoming stream that is being forwarded.
#[derive(Debug)]
struct Piece {
    incoming: Position,
    outgoing: Position,
    seen: Window,
}

impl Timeline {
    /// `clock_rate` is in Hz.
    pub(crate) fn new(clock_rate: u32) -> Self {
        Timeline { clock_rate, piece: None, last: Position { seq: 0, time: 0 }, last_at: None }
    }

    /// Whether packets are being forwarded: without a piece the next packet has to start one.
    pub(crate) fn is_running(&self) -> bool {
        self.piece.is_some()
    }

    /// Ends the piece; packets of it that arrive later are not forwarded.
    pub(crate) fn stop(&mut self) {
        self.piece = None;
    }

    /// Starts a piece with the incoming packet at this position.
    pub(crate) fn start(&mut self, incoming: Position, now: Instant) {
        let passed = self.last_at.map_or(0, |at| {
            let ticks =
                now.saturating_duration_since(at).as_micros() * u128::from(self.clock_rate) / 1_000_000;
            (ticks as u32).max(1)
        });
        let outgoing = Position { seq: self.last.seq + 1, time: self.last.time.wrapping_add(passed) };
        self.piece = Some(Piece { incoming, outgoing, seen: Window::new(incoming.seq) });
    }

    /// The outgoing position of a packet of the running piece. Nothing for one from before the piece, and for one that
    /// was forwarded already: with the same number, other content would be encrypted under the same key stream.
    pub(crate) fn map(&mut self, incoming: Position, now: Instant) -> Option<Position> {
        let piece = self.piece.as_mut()?;
        if !piece.seen.insert(incoming.seq) {
            return None;
        }
        let seq = piece.outgoing.seq + (incoming.seq - piece.incoming.seq);
        let time = piece.outgoing.time.wrapping_add(incoming.time.wrapping_sub(piece.incoming.time));
        if seq > self.last.seq {
            self.last = Position { seq, time };
            self.last_at = Some(now);
        }
        Some(Position { seq, time })
    }
}

#[cfg(test)]
mod tests;
