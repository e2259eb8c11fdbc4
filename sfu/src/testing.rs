//! A point in time for tests, which all begin at the same one and never wait.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The same in every test of this process.
#[expect(
    clippy::disallowed_methods,
    reason = "an Instant cannot be made otherwise, and no test depends on which one it is"
)]
pub(crate) fn start() -> Instant {
    static START: OnceLock<Instant> = OnceLock::new();
    // Some way from the origin of the clock, so that nothing before it underflows.
    *START.get_or_init(|| Instant::now() + Duration::from_secs(3_600))
}
