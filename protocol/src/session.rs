//! Signed-in browsers, and the log-ins that they began with.

use serde::{Deserialize, Serialize};

use crate::{SessionId, Timestamp};

/// How somebody showed at a log-in that they are who they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogInMethod {
    /// By the password alone.
    Password,
    /// By the password and a code of their authenticator app.
    Code,
    /// By the password and a recovery code.
    RecoveryCode,
    /// By a passkey.
    Passkey,
}

impl LogInMethod {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Password, Self::Code, Self::RecoveryCode, Self::Passkey];

    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::RecoveryCode => "recovery_code",
            Self::Passkey => "passkey",
        }
    }

    /// The one of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionEnd {
    /// Somebody logged out in that browser, or logged in anew.
    LogOut,
    /// It was signed out from another one.
    SignedOut,
    /// The password was changed.
    Password,
    /// The account was closed.
    Closed,
    /// Nobody came for too long, or it was too old.
    Expired,
}

impl SessionEnd {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::LogOut, Self::SignedOut, Self::Password, Self::Closed, Self::Expired];

    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogOut => "log_out",
            Self::SignedOut => "signed_out",
            Self::Password => "password",
            Self::Closed => "closed",
            Self::Expired => "expired",
        }
    }

    /// The one of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.name() == name)
    }
}

/// A browser that is signed in, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    /// The session.
    pub id: SessionId,
    /// What it is: "Firefox on Windows".
    pub device: String,
    /// When somebody logged in.
    pub signed_in_at: Timestamp,
    /// When it was used last, to within ten minutes.
    pub used_at: Timestamp,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// A log-in, as the account's owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogInView {
    /// The session that began with it.
    pub id: SessionId,
    /// When.
    pub at: Timestamp,
    /// When it ended; for one that expired, when it was used last.
    pub until: Option<Timestamp>,
    /// Why it ended.
    pub end: Option<SessionEnd>,
    /// When one that has not ended was used last.
    pub used_at: Option<Timestamp>,
    /// What it was: "Firefox on Windows".
    pub device: String,
    /// How.
    pub method: LogInMethod,
    /// Whether it is the browser that asks.
    pub is_this: bool,
}

/// Tries to log in that failed within one hour, from one kind of device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedTriesView {
    /// When the last of them was made.
    pub last_at: Timestamp,
    /// How many.
    pub tries: u32,
    /// What it was: "Firefox on Windows".
    pub device: String,
    /// What was wrong: the password, or the code after it.
    pub method: LogInMethod,
}
