use std::{sync::Arc, time::Duration};

use protocol::Reason;

use crate::clock::Clock;

/// How long one picture may be processed. Decoding pixels ends by itself, as they are counted before; what comes in many
/// small pieces is asked between them.
const PROCESSING: Duration = Duration::from_secs(20);

/// The moment until which a picture is processed.
pub(super) struct Deadline {
    clock: Arc<dyn Clock>,
    at: Duration,
}

impl Deadline {
    /// The deadline of a picture that begins to be processed now.
    pub(super) fn new(clock: &Arc<dyn Clock>) -> Self {
        Self { clock: Arc::clone(clock), at: clock.elapsed() + PROCESSING }
    }

    /// # Errors
    /// [`Reason::TimedOut`] when it is over.
    pub(super) fn check(&self) -> Result<(), Reason> {
        if self.clock.elapsed() > self.at { Err(Reason::TimedOut) } else { Ok(()) }
    }
}
