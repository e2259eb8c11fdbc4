//! Token bucket; stays below the server's limit, so that nothing is refused that could have waited.

use protocol::Timestamp;

/// How often something may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RateLimit {
    burst: i64,
    refill_seconds: i64,
    tokens: i64,
    counted_at: Option<Timestamp>,
    /// The server refused, and said until when.
    blocked_until: Option<Timestamp>,
}

impl RateLimit {
    /// Posts and comments: the server takes 30, and one more each 10 seconds, whatever other tabs send.
    pub(super) const WRITES: Self = Self::new(20, 10);
    /// Messages: the server takes 60, and one more each second.
    pub(super) const MESSAGES: Self = Self::new(40, 1);

    const fn new(burst: i64, refill_seconds: i64) -> Self {
        Self { burst, refill_seconds, tokens: burst, counted_at: None, blocked_until: None }
    }

    /// Takes a token, if there is one now.
    pub(super) fn take(&mut self, now: Timestamp) -> bool {
        let counted_at = *self.counted_at.get_or_insert(now);
        match now.seconds_since(counted_at).div_euclid(self.refill_seconds) {
            0 => {}
            // A clock that was set back begins to count anew.
            refilled => {
                self.tokens = self.tokens.saturating_add(refilled.max(0)).min(self.burst);
                self.counted_at = Some(now);
            }
        }
        let may = self.tokens > 0 && self.blocked_until.is_none_or(|until| until <= now);
        if may {
            self.tokens -= 1;
            self.blocked_until = None;
        }
        may
    }

    /// Gives no token for so long: the server counts more than this tab knows of.
    pub(super) fn block(&mut self, now: Timestamp, seconds: u32) {
        self.blocked_until = Some(now.plus_seconds(seconds.into()));
    }

    /// Whether the server has refused the last one.
    pub(super) fn is_blocked(&self) -> bool {
        self.blocked_until.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn taken(limit: &mut RateLimit, now: Timestamp) -> i64 {
        (0..100).filter(|_| limit.take(now)).count().try_into().expect("a small number")
    }

    #[test]
    fn after_a_burst_messages_go_out_once_a_second() {
        let mut limit = RateLimit::MESSAGES;
        let sent = [0, 0, 1, 2, 5].map(|second| taken(&mut limit, at(second)));
        assert_eq!(sent, [40, 0, 1, 1, 3]);
    }

    #[test]
    fn whoever_rests_has_the_burst_again_and_no_more() {
        let mut limit = RateLimit::WRITES;
        taken(&mut limit, at(0));
        assert_eq!(taken(&mut limit, at(100_000)), 20);
    }

    #[test]
    fn never_more_goes_out_than_the_server_takes() {
        for (mut limit, burst, refill) in [(RateLimit::MESSAGES, 60, 1), (RateLimit::WRITES, 30, 10)] {
            let mut allowed = burst;
            for second in 0..1_200 {
                allowed = burst.min(allowed + i64::from(second > 0 && second % refill == 0));
                allowed -= taken(&mut limit, at(second));
                assert!(allowed >= 0, "second {second}");
            }
        }
    }

    #[test]
    fn a_refusal_of_the_server_counts() {
        let mut limit = RateLimit::WRITES;
        limit.block(at(0), 30);
        assert_eq!([0, 29].map(|second| taken(&mut limit, at(second))), [0, 0]);
        assert!(limit.is_blocked());
        assert!(limit.take(at(30)));
        assert!(!limit.is_blocked());
    }

    #[test]
    fn a_clock_that_is_set_back_neither_stops_nor_hurries_it() {
        let mut limit = RateLimit::MESSAGES;
        taken(&mut limit, at(5_000));
        assert_eq!([0, 1, 2].map(|second| taken(&mut limit, at(second))), [0, 1, 1]);
    }
}
