//! When to ask a sender for a keyframe (PLI, RFC 4585, section 6.3.1).
//!
//! Keyframes are large, so requests of many receivers become one. A request is easily lost, so it is repeated until a
//! keyframe arrives: soon at first, then less and less often.

use std::time::{Duration, Instant};

/// Requests that follow one within this time are answered by the same keyframe, or wait.
const DEBOUNCE: Duration = Duration::from_millis(500);
const FIRST_RETRY: Duration = Duration::from_millis(200);
const LAST_RETRY: Duration = Duration::from_secs(3);

/// Requests for keyframes of one layer.
#[derive(Debug, Default)]
pub(crate) struct KeyframeRequests {
    asked_at: Option<Instant>,
    pending: Option<Pending>,
}

#[derive(Debug)]
struct Pending {
    due: Instant,
    retry: Duration,
}

impl KeyframeRequests {
    /// Somebody needs a keyframe.
    pub(crate) fn request(&mut self, now: Instant) {
        let due = self.asked_at.map_or(now, |at| now.max(at + DEBOUNCE));
        self.pending.get_or_insert(Pending { due, retry: FIRST_RETRY });
    }

    /// A keyframe has arrived, or nobody needs one any more.
    pub(crate) fn cancel(&mut self) {
        self.pending = None;
    }

    /// Whether to ask the sender now.
    pub(crate) fn is_due(&mut self, now: Instant) -> bool {
        let Some(pending) = self.pending.as_mut().filter(|pending| pending.due <= now) else { return false };
        pending.due = now + pending.retry;
        pending.retry = (pending.retry * 2).min(LAST_RETRY);
        self.asked_at = Some(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::KeyframeRequests;
    use crate::testing::start;

    fn ms(now: Instant, passed: u64) -> Instant {
        now + Duration::from_millis(passed)
    }

    #[test]
    fn the_first_request_is_sent_at_once_and_the_next_ones_are_the_same() {
        let (mut requests, now) = (KeyframeRequests::default(), start());
        requests.request(now);
        assert!(requests.is_due(now));
        requests.request(ms(now, 10));
        assert!(!requests.is_due(ms(now, 10)));
    }

    #[test]
    fn a_lost_request_is_repeated_less_and_less_often() {
        let (mut requests, now) = (KeyframeRequests::default(), start());
        requests.request(now);
        let asked: Vec<u64> = (0..2_000).filter(|passed| requests.is_due(ms(now, *passed))).collect();
        assert_eq!(asked, [0, 200, 600, 1_400]);
    }

    #[test]
    fn a_keyframe_ends_the_repetition() {
        let (mut requests, now) = (KeyframeRequests::default(), start());
        requests.request(now);
        requests.is_due(now);
        requests.cancel();
        assert!(!requests.is_due(ms(now, 5_000)));
    }

    #[test]
    fn a_request_soon_after_a_keyframe_waits_until_the_debounce_is_over() {
        let (mut requests, now) = (KeyframeRequests::default(), start());
        requests.request(now);
        requests.is_due(now);
        requests.cancel();
        requests.request(ms(now, 100));
        assert!(!requests.is_due(ms(now, 499)));
        assert!(requests.is_due(ms(now, 500)));
    }
}
