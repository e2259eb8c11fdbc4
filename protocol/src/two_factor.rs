//! The second step of a log-in.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Recovery codes that are made at once.
pub const RECOVERY_CODES: u32 = 10;

/// How the second step of one's own log-in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoFactorView {
    /// Since when codes are asked for; none where they are not.
    pub since: Option<Timestamp>,
    /// Recovery codes that were not used yet.
    pub recovery_codes: u32,
}

/// What an authenticator app has to know, while it is being set up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpView {
    /// The secret in base 32, in groups of four.
    pub secret: String,
    /// The same as an address that apps open.
    pub address: String,
    /// The address as a code to be scanned.
    pub code: QrCode,
}

/// A code to be scanned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Modules of a side.
    pub size: u32,
    /// The dark modules, as the path of an SVG: one unit each.
    pub path: String,
}
