//! What the connection of one client carries, and what the estimate of that should be able to grow to.

use std::time::{Duration, Instant};

use crate::allocation::Allocation;

/// Bits per second that the estimate may always grow to, so that it is known already what a tile that grows may take.
const SOUGHT: u64 = 2_500_000;
/// Demand is rounded up to this, because each raise of it is answered by a burst that probes the connection.
const STEP: u64 = 500_000;
/// An estimate that is too low for what the tiles need is probed this often. By itself it would stay there: it grows only with
/// what is sent, and that is kept below it.
const PROBE_EVERY: Duration = Duration::from_secs(5);
/// An estimate that is too low and does not move for this time is begun anew from where it is. After heavy loss, str0m's
/// loss controller may stay where it is and forbid to probe, however good the connection becomes; one that measures moves
/// every other second.
const RESTART_AFTER: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
pub(crate) struct Bandwidth {
    estimate: Option<u64>,
    moved_at: Option<Instant>,
    asked: Option<Demand>,
    probed_at: Option<Instant>,
}

/// What str0m is asked for, in bits per second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Demand {
    /// Sent at least, with padding, as far as the estimate allows.
    pub minimum: u64,
    /// What the estimate should be able to grow to.
    pub desired: u64,
}

impl Bandwidth {
    /// Bits per second that reach the client, as far as they are known.
    pub(crate) fn estimate(&self) -> Option<u64> {
        self.estimate
    }

    /// Takes a new estimate, and says whether it is lower than before, or the first.
    pub(crate) fn set_estimate(&mut self, estimate: u64, now: Instant) -> bool {
        let falls = self.estimate.is_none_or(|before| estimate < before);
        self.estimate = Some(estimate);
        self.moved_at = Some(now);
        falls
    }

    /// From where to begin anew, in bits per second, when the estimate is too low and does not move.
    pub(crate) fn restart(&mut self, now: Instant) -> Option<u64> {
        let is_too_low = self.asked.is_some_and(|demand| demand.minimum > 0);
        let moved_at = self.moved_at.filter(|_| is_too_low)?;
        if now.saturating_duration_since(moved_at) < RESTART_AFTER {
            return None;
        }
        self.moved_at = Some(now);
        self.estimate
    }

    /// What to ask for, when it is something else than before. `voices` is what sound takes, in bits per second.
    pub(crate) fn ask(&mut self, allocation: &Allocation, voices: u64, now: Instant) -> Option<Demand> {
        let desired = (allocation.ideal + voices).next_multiple_of(STEP).max(SOUGHT);
        let mut demand = Demand { minimum: 0, desired };
        if allocation.next_step > 0 {
            demand.minimum = allocation.next_step + voices;
            let probed_at = *self.probed_at.get_or_insert(now);
            if now.saturating_duration_since(probed_at) >= PROBE_EVERY {
                // Only a raise makes it probe, so there is a dip before.
                demand.desired -= STEP;
                self.probed_at = Some(now);
            }
        } else {
            self.probed_at = None;
        }
        let changed = self.asked != Some(demand);
        self.asked = Some(demand);
        changed.then_some(demand)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Bandwidth, Demand, PROBE_EVERY, RESTART_AFTER, SOUGHT, STEP};
    use crate::allocation::Allocation;
    use crate::testing::start;

    fn allocation(next_step: u64, ideal: u64) -> Allocation {
        Allocation { levels: Vec::new(), next_step, ideal }
    }

    #[test]
    fn nothing_to_raise_needs_no_padding() {
        let mut bandwidth = Bandwidth::default();
        let demand = bandwidth.ask(&allocation(0, 150_000), 40_000, start());
        assert_eq!(demand, Some(Demand { minimum: 0, desired: SOUGHT }));
    }

    #[test]
    fn the_same_is_asked_once() {
        let mut bandwidth = Bandwidth::default();
        assert!(bandwidth.ask(&allocation(0, 3_200_000), 0, start()).is_some());
        assert_eq!(bandwidth.ask(&allocation(0, 3_300_000), 0, start()), None);
    }

    #[test]
    fn an_estimate_that_is_too_low_is_probed_by_a_dip() {
        let (mut bandwidth, now) = (Bandwidth::default(), start());
        let waiting = allocation(1_200_000, 1_500_000);
        let full = Demand { minimum: 1_240_000, desired: SOUGHT };
        assert_eq!(bandwidth.ask(&waiting, 40_000, now), Some(full));
        assert_eq!(bandwidth.ask(&waiting, 40_000, now + PROBE_EVERY - Duration::from_millis(1)), None);
        let dip = Demand { desired: SOUGHT - STEP, ..full };
        assert_eq!(bandwidth.ask(&waiting, 40_000, now + PROBE_EVERY), Some(dip));
        assert_eq!(bandwidth.ask(&waiting, 40_000, now + PROBE_EVERY), Some(full));
    }

    #[test]
    fn an_estimate_that_is_too_low_and_does_not_move_begins_anew() {
        let (mut bandwidth, now) = (Bandwidth::default(), start());
        assert!(bandwidth.set_estimate(600_000, now));
        bandwidth.ask(&allocation(0, 150_000), 0, now);
        assert_eq!(bandwidth.restart(now + RESTART_AFTER), None);
        bandwidth.ask(&allocation(1_200_000, 1_500_000), 0, now);
        assert_eq!(bandwidth.restart(now + RESTART_AFTER - Duration::from_millis(1)), None);
        assert_eq!(bandwidth.restart(now + RESTART_AFTER), Some(600_000));
        assert_eq!(bandwidth.restart(now + RESTART_AFTER), None);
        assert!(!bandwidth.set_estimate(700_000, now + RESTART_AFTER));
    }
}
