use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use protocol::Timestamp;

use crate::clock::Clock;

/// A clock that moves only when it is told to.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// 2 January 2026, 03:04:05 UTC.
    const START: i64 = 1_767_323_045_000_000;

    /// Moves on.
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self(AtomicI64::new(Self::START))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.load(Ordering::SeqCst) - Self::START).unwrap_or(0))
    }
}
