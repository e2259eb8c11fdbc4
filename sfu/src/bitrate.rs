//! How much a stream carries, and how much a participant may send.

use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_millis(500);

/// Measures bits per second, smoothed over about a second.
#[derive(Debug, Default)]
pub(crate) struct BitrateMeter {
    since: Option<Instant>,
    bytes: u64,
    rate: Option<u64>,
}

impl BitrateMeter {
    pub(crate) fn add(&mut self, bytes: usize, now: Instant) {
        let since = *self.since.get_or_insert(now);
        let passed = now.saturating_duration_since(since);
        if passed >= WINDOW {
            let measured = self.bytes * 8_000 / (passed.as_millis() as u64).max(1);
            // After a pause the window says nothing.
            if passed < 4 * WINDOW {
                self.rate = Some(self.rate.map_or(measured, |rate| (rate + measured) / 2));
            }
            self.since = Some(now);
            self.bytes = 0;
        }
        self.bytes += bytes as u64;
    }

    /// Bits per second, as last measured. Nothing before the first half second.
    pub(crate) fn rate(&self) -> Option<u64> {
        self.rate
    }
}

/// Token bucket of one second of the rate.
#[derive(Debug)]
pub(crate) struct BitrateLimit {
    rate: u64,
    bits: u64,
    filled_at: Option<Instant>,
}

impl BitrateLimit {
    /// `rate` is in bits per second.
    pub(crate) fn new(rate: u64) -> Self {
        BitrateLimit { rate, bits: rate, filled_at: None }
    }

    /// Whether a packet of this size may pass.
    pub(crate) fn spend(&mut self, bytes: usize, now: Instant) -> bool {
        let since = *self.filled_at.get_or_insert(now);
        let earned = now.saturating_duration_since(since).as_micros() * u128::from(self.rate) / 1_000_000;
        if earned > 0 {
            self.bits = self.rate.min(self.bits + u64::try_from(earned).unwrap_or(self.rate));
            self.filled_at = Some(now);
        }
        let cost = bytes as u64 * 8;
        let passes = cost <= self.bits;
        if passes {
            self.bits -= cost;
        }
        passes
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BitrateLimit, BitrateMeter};
    use crate::testing::start;

    #[test]
    fn a_steady_stream_is_measured() {
        let (mut meter, now) = (BitrateMeter::default(), start());
        for packet in 0..200 {
            meter.add(1_000, now + packet * Duration::from_millis(10));
        }
        let rate = meter.rate().unwrap();
        assert!((780_000..=820_000).contains(&rate), "{rate}");
    }

    #[test]
    fn a_pause_does_not_count_as_a_slow_stream() {
        let (mut meter, now) = (BitrateMeter::default(), start());
        for packet in 0..100 {
            meter.add(1_000, now + packet * Duration::from_millis(10));
        }
        let before = meter.rate();
        meter.add(1_000, now + Duration::from_secs(60));
        assert_eq!(meter.rate(), before);
    }

    #[test]
    fn what_exceeds_the_limit_does_not_pass() {
        let (mut limit, now) = (BitrateLimit::new(80_000), start());
        let passed =
            (0..1_000).filter(|step| limit.spend(1_000, now + *step * Duration::from_millis(10))).count();
        // Ten packets a second for ten seconds, and the second that was saved before.
        assert!((105..=111).contains(&passed), "{passed}");
    }
}
