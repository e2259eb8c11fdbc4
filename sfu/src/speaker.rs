//! Who is the active speaker of a room.

use std::time::{Duration, Instant};

use crate::id::PeerId;

/// A challenger has to be louder by this many decibels.
const MARGIN: f32 = 6.0;
/// For this long.
const HOLD: Duration = Duration::from_millis(500);
/// What is below this many dBov is background.
const THRESHOLD: f32 = -50.0;

/// Keeps the speaker until somebody is clearly louder for some time, so that a cough changes nothing.
#[derive(Debug, Default)]
pub(crate) struct ActiveSpeaker {
    current: Option<PeerId>,
    challenger: Option<(PeerId, Instant)>,
}

impl ActiveSpeaker {
    pub(crate) fn current(&self) -> Option<PeerId> {
        self.current
    }

    /// Takes the levels in dBov of all microphones that are on, and says whether the speaker is another one now.
    pub(crate) fn update(&mut self, levels: &[(PeerId, f32)], now: Instant) -> bool {
        let before = self.current;
        let own = self
            .current
            .and_then(|peer| levels.iter().find(|(other, _)| *other == peer))
            .map(|(_, level)| *level);
        if own.is_none() {
            self.current = None;
        }
        let bar = own.map_or(THRESHOLD, |level| THRESHOLD.max(level + MARGIN));
        let loudest = levels
            .iter()
            .filter(|(peer, level)| Some(*peer) != self.current && *level > bar)
            .max_by(|(_, one), (_, other)| one.total_cmp(other));
        self.challenger = loudest.map(|(peer, _)| match self.challenger {
            Some((same, since)) if same == *peer => (same, since),
            _ => (*peer, now),
        });
        if let Some((peer, since)) = self.challenger
            && now.saturating_duration_since(since) >= HOLD
        {
            self.current = Some(peer);
            self.challenger = None;
        }
        self.current != before
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::ActiveSpeaker;
    use crate::id::PeerId;
    use crate::testing::start;

    const ANNA: PeerId = PeerId(1);
    const BEN: PeerId = PeerId(2);

    /// Who speaks after these levels of Anna and Ben for so many tenths of a second.
    fn after(
        speaker: &mut ActiveSpeaker,
        now: &mut Instant,
        anna: f32,
        ben: f32,
        tenths: u32,
    ) -> Option<PeerId> {
        for _ in 0..tenths {
            *now += Duration::from_millis(100);
            speaker.update(&[(ANNA, anna), (BEN, ben)], *now);
        }
        speaker.current()
    }

    #[test]
    fn nobody_speaks_in_a_silent_room() {
        let (mut speaker, mut now) = (ActiveSpeaker::default(), start());
        assert_eq!(after(&mut speaker, &mut now, -60.0, -127.0, 20), None);
    }

    #[test]
    fn a_cough_changes_nothing() {
        let (mut speaker, mut now) = (ActiveSpeaker::default(), start());
        assert_eq!(after(&mut speaker, &mut now, -30.0, -80.0, 8), Some(ANNA));
        assert_eq!(after(&mut speaker, &mut now, -30.0, -10.0, 2), Some(ANNA));
        assert_eq!(after(&mut speaker, &mut now, -30.0, -80.0, 8), Some(ANNA));
    }

    #[test]
    fn who_is_clearly_louder_for_some_time_takes_over() {
        let (mut speaker, mut now) = (ActiveSpeaker::default(), start());
        after(&mut speaker, &mut now, -30.0, -80.0, 8);
        assert_eq!(after(&mut speaker, &mut now, -30.0, -20.0, 8), Some(BEN));
    }

    #[test]
    fn who_is_a_little_louder_does_not() {
        let (mut speaker, mut now) = (ActiveSpeaker::default(), start());
        after(&mut speaker, &mut now, -30.0, -80.0, 8);
        assert_eq!(after(&mut speaker, &mut now, -30.0, -26.0, 50), Some(ANNA));
    }

    #[test]
    fn the_last_speaker_stays_in_silence_and_goes_with_the_microphone() {
        let (mut speaker, mut now) = (ActiveSpeaker::default(), start());
        after(&mut speaker, &mut now, -30.0, -80.0, 8);
        assert_eq!(after(&mut speaker, &mut now, -127.0, -127.0, 50), Some(ANNA));
        assert!(speaker.update(&[(BEN, -127.0)], now));
        assert_eq!(speaker.current(), None);
    }
}
