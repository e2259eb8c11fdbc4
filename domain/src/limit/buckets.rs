use std::{
    collections::HashMap,
    hash::Hash,
    num::NonZeroU32,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use protocol::Problem;

use super::Rate;
use crate::{Error, clock::Clock};

/// Buckets that are kept at most. When there are more, those that are nearest to full are dropped.
const MOST: usize = 100_000;

/// Counts the tries of each `K` in a token bucket of its own. It goes by the clock that never goes back, so nobody is
/// locked out by a change of the time of day.
pub struct Limit<K> {
    /// When each bucket will be full again. One that is full has no entry.
    full_at: Mutex<HashMap<K, Duration>>,
    /// Time in which one token comes back.
    interval: Duration,
    /// Time in which an empty bucket becomes full.
    depth: Duration,
    clock: Arc<dyn Clock>,
}

impl<K: Clone + Hash + Eq> Limit<K> {
    pub(super) fn new(rate: Rate, clock: &Arc<dyn Clock>) -> Self {
        let burst = rate.burst.max(1);
        let interval = (rate.refill / burst).max(Duration::from_nanos(1));
        Self { full_at: Mutex::default(), interval, depth: interval * burst, clock: Arc::clone(clock) }
    }

    /// Counts one try.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when it is one too many.
    pub fn spend(&self, key: &K) -> Result<(), Error> {
        self.spend_many(key, NonZeroU32::MIN)
    }

    /// Counts as many tries at once; of more than fit at all, as many as fit.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when it is too many; then none is counted.
    pub fn spend_many(&self, key: &K, tries: NonZeroU32) -> Result<(), Error> {
        let now = self.clock.elapsed();
        let mut buckets = self.lock();
        let taken = self.interval.saturating_mul(tries.get()).min(self.depth);
        let full_at = buckets.get(key).copied().unwrap_or(now).max(now) + taken;
        let wait = full_at.saturating_sub(now + self.depth);
        if !wait.is_zero() {
            let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX);
            return Err(Problem::TooMany { retry_after: seconds.saturating_add(1) }.into());
        }
        if buckets.insert(key.clone(), full_at).is_none() && buckets.len() > MOST {
            make_room(&mut buckets, now);
        }
        Ok(())
    }

    /// Gives back what one try took. It is spent before it is known how the try ends, so that of many at once no more
    /// than fit are made.
    pub fn refund(&self, key: &K) {
        if let Some(full_at) = self.lock().get_mut(key) {
            *full_at = full_at.saturating_sub(self.interval);
        }
    }

    /// Drops full buckets.
    pub(super) fn forget_old(&self) {
        let now = self.clock.elapsed();
        self.lock().retain(|_, full_at| *full_at > now);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.lock().len()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Duration>> {
        self.full_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops full buckets; when that is not enough, the fuller half of the others.
fn make_room<K: Hash + Eq>(buckets: &mut HashMap<K, Duration>, now: Duration) {
    buckets.retain(|_, full_at| *full_at > now);
    if buckets.len() > MOST / 2 {
        let mut times: Vec<Duration> = buckets.values().copied().collect();
        let middle = times.len() / 2;
        let (_, median, _) = times.select_nth_unstable(middle);
        let median = *median;
        buckets.retain(|_, full_at| *full_at > median);
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use super::{Limit, MOST};
    use crate::{clock::Clock, limit::Rate, testing::ManualClock};

    fn limit(burst: u32) -> (Limit<u32>, Arc<ManualClock>) {
        let clock = Arc::new(ManualClock::default());
        let ticking: Arc<dyn Clock> = Arc::clone(&clock) as _;
        (Limit::new(Rate { burst, refill: Duration::from_secs(60) }, &ticking), clock)
    }

    #[test]
    fn what_is_given_back_can_be_spent_again_and_no_more() {
        let (limit, _) = limit(3);
        for _ in 0..50 {
            limit.spend(&1).expect("a token");
            limit.refund(&1);
        }
        limit.refund(&1);
        limit.refund(&2);
        for key in [1, 2] {
            for _ in 0..3 {
                limit.spend(&key).expect("a token");
            }
            assert!(limit.spend(&key).is_err(), "a bucket holds no more than its burst");
        }
    }

    #[test]
    fn tokens_come_back_evenly() {
        let (limit, clock) = limit(3);
        for _ in 0..3 {
            limit.spend(&1).expect("a token");
        }
        clock.advance_seconds(19);
        assert!(limit.spend(&1).is_err());
        clock.advance_seconds(1);
        limit.spend(&1).expect("a token");
        assert!(limit.spend(&1).is_err());
    }

    #[test]
    fn however_many_names_are_tried_memory_is_bounded_and_an_empty_bucket_stays_empty() {
        let (limit, _) = limit(3);
        for _ in 0..3 {
            limit.spend(&0).expect("a token");
        }
        for key in 1..(2 * MOST as u32) {
            limit.spend(&key).expect("a token");
            assert!(limit.len() <= MOST);
        }
        assert!(limit.spend(&0).is_err());
    }
}
