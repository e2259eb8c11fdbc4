use protocol::Timestamp;

/// The longest pause between two tries.
const LONGEST_SECONDS: i64 = 30;

/// Tries to reach the server after pauses that grow.
#[derive(Debug, Default)]
pub(super) struct BackOff {
    pub(super) tries: u32,
    until: Option<Timestamp>,
}

impl BackOff {
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| until <= now)
    }

    pub(super) fn fail(&mut self, now: Timestamp) {
        // Several entries that fail at once are one try.
        if self.is_over(now) {
            let seconds = 2_i64.saturating_pow(self.tries).min(LONGEST_SECONDS);
            self.tries += 1;
            self.until = Some(now.plus_seconds(seconds));
        }
    }
}
