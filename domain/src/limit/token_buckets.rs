use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use protocol::Problem;

use super::{Key, Rate};
use crate::{Error, clock::Clock};

/// Buckets that are kept at most. When there are more, those that are nearest to full are dropped.
const MAX_BUCKETS: usize = 100_000;

/// A token bucket for each key, all of one rate. They go by the clock that never goes back, so nobody is locked out by a change
/// of the time of day.
pub(super) struct TokenBuckets {
    /// When each bucket will be full again. One that is full has no entry.
    full_at: Mutex<HashMap<Key, Duration>>,
    /// Time in which one token comes back.
    interval: Duration,
    /// Time in which an empty bucket becomes full.
    depth: Duration,
    clock: Arc<dyn Clock>,
}

impl TokenBuckets {
    pub(super) fn new(rate: Rate, clock: &Arc<dyn Clock>) -> Self {
        let burst = rate.burst.max(1);
        let interval = (rate.refill / burst).max(Duration::from_nanos(1));
        Self { full_at: Mutex::default(), interval, depth: interval * burst, clock: Arc::clone(clock) }
    }

    /// Takes as many tokens; of more than fit at all, as many as fit. Takes none when there are too few.
    pub(super) fn spend(&self, key: Key, tokens: NonZeroU32) -> Result<(), Error> {
        let now = self.clock.elapsed();
        let mut buckets = self.lock();
        let taken = self.interval.saturating_mul(tokens.get()).min(self.depth);
        let full_at = buckets.get(&key).copied().unwrap_or(now).max(now) + taken;
        let wait = full_at.saturating_sub(now + self.depth);
        if !wait.is_zero() {
            let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX);
            return Err(Problem::TooMany { retry_after: seconds.saturating_add(1) }.into());
        }
        if buckets.insert(key, full_at).is_none() && buckets.len() > MAX_BUCKETS {
            make_room(&mut buckets, now);
        }
        Ok(())
    }

    /// Puts one token back.
    pub(super) fn refund(&self, key: &Key) {
        if let Some(full_at) = self.lock().get_mut(key) {
            *full_at = full_at.saturating_sub(self.interval);
        }
    }

    /// Drops full buckets.
    pub(super) fn drop_full(&self) {
        let now = self.clock.elapsed();
        self.lock().retain(|_, full_at| *full_at > now);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Duration>> {
        self.full_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops full buckets; when that is not enough, the fuller half of the others.
fn make_room(buckets: &mut HashMap<Key, Duration>, now: Duration) {
    buckets.retain(|_, full_at| *full_at > now);
    if buckets.len() > MAX_BUCKETS / 2 {
        let mut times: Vec<Duration> = buckets.values().copied().collect();
        let middle = times.len() / 2;
        let (_, median, _) = times.select_nth_unstable(middle);
        let median = *median;
        buckets.retain(|_, full_at| *full_at > median);
    }
}

#[cfg(test)]
mod tests {
    use std::{num::NonZeroU32, sync::Arc, time::Duration};

    use super::{Key, MAX_BUCKETS, TokenBuckets};
    use crate::{Error, clock::Clock, limit::Rate, testing::ManualClock};

    fn buckets(burst: u32) -> (TokenBuckets, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::default());
        let ticking: Arc<dyn Clock> = Arc::clone(&clock) as _;
        (TokenBuckets::new(Rate { burst, refill: Duration::from_secs(60) }, &ticking), clock)
    }

    fn key(number: u32) -> Key {
        Key::Recipient(number.to_string())
    }

    fn spend(buckets: &TokenBuckets, number: u32) -> Result<(), Error> {
        buckets.spend(key(number), NonZeroU32::MIN)
    }

    #[test]
    fn what_is_given_back_can_be_spent_again_and_no_more() {
        let (buckets, _) = buckets(3);
        for _ in 0..50 {
            spend(&buckets, 1).expect("a token");
            buckets.refund(&key(1));
        }
        buckets.refund(&key(1));
        buckets.refund(&key(2));
        for number in [1, 2] {
            for _ in 0..3 {
                spend(&buckets, number).expect("a token");
            }
            assert!(spend(&buckets, number).is_err(), "a bucket holds no more than its burst");
        }
    }

    #[test]
    fn tokens_come_back_evenly() {
        let (buckets, clock) = buckets(3);
        for _ in 0..3 {
            spend(&buckets, 1).expect("a token");
        }
        clock.advance_seconds(19);
        assert!(spend(&buckets, 1).is_err());
        clock.advance_seconds(1);
        spend(&buckets, 1).expect("a token");
        assert!(spend(&buckets, 1).is_err());
    }

    #[test]
    fn however_many_names_are_tried_memory_is_bounded_and_an_empty_bucket_stays_empty() {
        let (buckets, _) = buckets(3);
        for _ in 0..3 {
            spend(&buckets, 0).expect("a token");
        }
        for number in 1..(2 * MAX_BUCKETS as u32) {
            spend(&buckets, number).expect("a token");
            assert!(buckets.len() <= MAX_BUCKETS);
        }
        assert!(spend(&buckets, 0).is_err());
    }
}
