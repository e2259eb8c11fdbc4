//! How loud a microphone is, from the level that its packets carry (RFC 6464).

use std::time::{Duration, Instant};

/// After this time of silence, half of the power is left.
const HALF_LIFE: Duration = Duration::from_millis(300);
/// The level of digital silence, in dBov.
pub(crate) const SILENCE: f32 = -127.0;

/// Smoothed power of one microphone.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Loudness {
    power: f32,
    measured_at: Option<Instant>,
}

impl Loudness {
    /// A packet has this level in dBov: 0 is the loudest, -127 silence.
    pub(crate) fn measure(&mut self, level: i8, now: Instant) {
        let kept = self.kept(now);
        let power =
            if f32::from(level) <= SILENCE { 0.0 } else { 10f32.powf(f32::from(level.min(0)) / 10.0) };
        self.power = kept * self.power + (1.0 - kept) * power;
        self.measured_at = Some(now);
    }

    /// In dBov. Falls while no packets arrive, as nothing is sent in silence (DTX).
    pub(crate) fn level(&self, now: Instant) -> f32 {
        (10.0 * (self.kept(now) * self.power).log10()).max(SILENCE)
    }

    /// What is left of the power.
    fn kept(&self, now: Instant) -> f32 {
        let Some(at) = self.measured_at else { return 0.0 };
        0.5f32.powf(now.saturating_duration_since(at).as_secs_f32() / HALF_LIFE.as_secs_f32())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Loudness, SILENCE};
    use crate::testing::start;

    #[test]
    fn nothing_measured_is_silence() {
        assert_eq!(Loudness::default().level(start()), SILENCE);
    }

    #[test]
    fn a_steady_level_is_what_it_is() {
        let (mut loudness, mut now) = (Loudness::default(), start());
        for _ in 0..100 {
            now += Duration::from_millis(20);
            loudness.measure(-30, now);
        }
        assert!((loudness.level(now) + 30.0).abs() < 0.5, "{}", loudness.level(now));
    }

    #[test]
    fn it_fades_by_three_decibels_in_a_half_life() {
        let (mut loudness, now) = (Loudness::default(), start());
        loudness.measure(-20, now);
        let fallen = loudness.level(now) - loudness.level(now + Duration::from_millis(300));
        assert!((fallen - 3.0).abs() < 0.1, "{fallen}");
    }
}
