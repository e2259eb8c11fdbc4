//! How fast one talks, so that the server takes all of it.

use protocol::Timestamp;

/// Messages that go out in one breath. The server takes 60, whatever other windows say.
const BREATH: i64 = 40;

/// After a breath, one message a second, which the server takes for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pace {
    left: i64,
    counted_at: Option<Timestamp>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { left: BREATH, counted_at: None }
    }
}

impl Pace {
    /// Whether one more message may go out now.
    pub(super) fn step(&mut self, now: Timestamp) -> bool {
        let counted_at = *self.counted_at.get_or_insert(now);
        match now.seconds_since(counted_at) {
            0 => {}
            // A clock that was set back begins to count anew.
            passed => {
                self.left = self.left.saturating_add(passed.max(0)).min(BREATH);
                self.counted_at = Some(now);
            }
        }
        let may = self.left > 0;
        self.left -= i64::from(may);
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn taken(pace: &mut Pace, now: Timestamp) -> usize {
        (0..100).filter(|_| pace.step(now)).count()
    }

    #[test]
    fn after_a_breath_one_a_second_goes_out() {
        let mut pace = Pace::default();
        let steps = [0, 0, 1, 2, 5].map(|second| taken(&mut pace, at(second)));
        assert_eq!(steps, [40, 0, 1, 1, 3]);
    }

    #[test]
    fn whoever_rests_has_breath_again_and_no_more() {
        let mut pace = Pace::default();
        taken(&mut pace, at(0));
        assert_eq!(taken(&mut pace, at(10_000)), 40);
    }

    #[test]
    fn never_more_goes_out_in_a_minute_than_the_server_takes() {
        // 60 at once, one more each second.
        let (mut pace, mut allowed) = (Pace::default(), 60);
        for second in 0..600 {
            allowed = 60.min(allowed + i64::from(second > 0));
            allowed -= i64::try_from(taken(&mut pace, at(second))).expect("a small number");
            assert!(allowed >= 0, "second {second}");
        }
    }

    #[test]
    fn a_clock_that_is_set_back_neither_stops_nor_hurries_it() {
        let mut pace = Pace::default();
        taken(&mut pace, at(5_000));
        assert_eq!([0, 1, 2].map(|second| taken(&mut pace, at(second))), [0, 1, 1]);
    }
}
