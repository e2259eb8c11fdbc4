//! Passkeys: keys that a device or a password manager holds, and that log their owner in without a password (Web Authentication,
//! level 3).

use serde::{Deserialize, Serialize};

use crate::{PasskeyId, Timestamp};

/// Passkeys that an account has at most.
pub const MAX_PASSKEYS: u32 = 20;

/// The passkeys of one's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeysView {
    /// Whether passkeys can be made where this Kith is reached: browsers want a host with a name.
    pub is_available: bool,
    /// Those that there are, the newest first.
    pub passkeys: Vec<PasskeyView>,
}

/// One of one's own passkeys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyView {
    /// Its id.
    pub id: PasskeyId,
    /// Where it was made: "Firefox on Windows".
    pub device: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When somebody last logged in by it.
    pub used_at: Option<Timestamp>,
}

/// A log-in that waits for the answer of a passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyChallenge {
    /// Comes back with the answer.
    pub token: String,
    /// What the browser is asked for: the JSON that `PublicKeyCredential.parseRequestOptionsFromJSON` takes.
    pub options: String,
}
