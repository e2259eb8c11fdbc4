use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use domain::clock::Clock;
use protocol::Timestamp;

use super::plan::SECONDS;

/// A clock that goes through the last weeks as it is told.
#[derive(Debug)]
pub(crate) struct DemoClock {
    start: Timestamp,
    now: AtomicI64,
}

impl DemoClock {
    /// Stands at the beginning of the time that ends at `end`.
    pub(crate) fn ending_at(end: Timestamp) -> Self {
        let start = end.plus_seconds(-SECONDS);
        Self { start, now: AtomicI64::new(start.micros()) }
    }

    /// Goes on to a moment, in seconds from the beginning; never back.
    pub(super) fn advance_to(&self, seconds: i64) {
        self.now.fetch_max(self.start.plus_seconds(seconds).micros(), Ordering::SeqCst);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.now.load(Ordering::SeqCst))
    }

    fn elapsed(&self) -> Duration {
        Duration::from_micros(u64::try_from(self.now().micros() - self.start.micros()).unwrap_or(0))
    }
}
