//! Who is being called, in memory, once per process. It reads no storage and no clock, and sends nothing.

use protocol::{
    AccountId, Timestamp,
    call::{RING_SECONDS, RoomId},
};

#[cfg(test)]
mod tests;

/// A call that rings at somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ring {
    pub room: RoomId,
    pub caller: AccountId,
    pub callee: AccountId,
    pub began_at: Timestamp,
}

/// Why it does not ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoRing {
    /// Somebody else calls this person just now.
    Busy,
    /// As many calls ring as there may be.
    TooMany,
}

/// All calls that ring. At one person one rings at a time.
#[derive(Debug)]
pub(crate) struct Rings {
    open: Vec<Ring>,
    max_rings: usize,
}

impl Rings {
    pub(crate) const fn new(max_rings: usize) -> Self {
        Self { open: Vec::new(), max_rings }
    }

    /// Lets it ring at somebody. Calling again while it rings changes nothing, so that a retry does not make it ring longer.
    pub(crate) fn begin(&mut self, ring: Ring) -> Result<(), NoRing> {
        if let Some(present) = self.open.iter().find(|other| other.callee == ring.callee) {
            let is_same = present.room == ring.room && present.caller == ring.caller;
            return if is_same { Ok(()) } else { Err(NoRing::Busy) };
        }
        if self.open.len() >= self.max_rings {
            return Err(NoRing::TooMany);
        }
        self.open.push(ring);
        Ok(())
    }

    /// What rings at somebody: a device that connects later rings, too.
    pub(crate) fn at(&self, callee: AccountId) -> Option<Ring> {
        self.open.iter().find(|ring| ring.callee == callee).copied()
    }

    /// Ends it on the side of the person who is called: they answered or declined on one of their devices.
    pub(crate) fn end(&mut self, room: RoomId, callee: AccountId) -> Option<Ring> {
        self.remove(|ring| ring.room == room && ring.callee == callee).pop()
    }

    /// Ends all that somebody rings from a room: they took it back, or left.
    pub(crate) fn cancel(&mut self, room: RoomId, caller: AccountId) -> Vec<Ring> {
        self.remove(|ring| ring.room == room && ring.caller == caller)
    }

    /// Ends what rings between two people after a block.
    pub(crate) fn separate(&mut self, one: AccountId, other: AccountId) -> Vec<Ring> {
        self.remove(|ring| [(one, other), (other, one)].contains(&(ring.caller, ring.callee)))
    }

    /// Ends what has rung for [`RING_SECONDS`].
    pub(crate) fn tick(&mut self, now: Timestamp) -> Vec<Ring> {
        self.remove(|ring| now >= ring.began_at.plus_seconds(i64::from(RING_SECONDS)))
    }

    fn remove(&mut self, is_over: impl Fn(&Ring) -> bool) -> Vec<Ring> {
        self.open.extract_if(.., |ring| is_over(ring)).collect()
    }
}
