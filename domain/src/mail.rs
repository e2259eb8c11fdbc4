//! Letters: what they say (`compose`) and how they go out ([`Mailer`]).

use futures::future::BoxFuture;
use protocol::{AccountId, SessionId};
use serde::{Deserialize, Serialize};

use crate::Error;

mod compose;
mod outbox;
mod smtp;
#[cfg(test)]
mod tests;

pub use outbox::Outbox;
pub use smtp::Smtp;

/// Which letter to write. It names its cause and no secret: the link is made when the letter is written, so that no job
/// in the database can be used to get into an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// To the address of a sign-up: how to verify it; or, when the address has an owner already, that somebody tried.
    Welcome {
        /// The new account.
        account: AccountId,
    },
    /// A link for each account that waits for the verification of an address, asked for by whoever knows the address.
    VerifyAgain {
        /// The address in small letters.
        email_key: String,
    },
    /// To whoever closed their account: until when they can come back.
    Closed {
        /// The account.
        account: AccountId,
    },
    /// To whoever came back before their account was deleted.
    Reopened {
        /// The account.
        account: AccountId,
    },
    /// A link to choose a new password, asked for by address.
    Reset {
        /// The address in small letters.
        email_key: String,
    },
    /// That somebody logged in from a device that was not known.
    NewDevice {
        /// Whose account.
        account: AccountId,
        /// The log-in.
        log_in: SessionId,
    },
    /// A link to confirm the address that somebody wants.
    ConfirmEmail {
        /// Whose account.
        account: AccountId,
    },
    /// To the address of now: that another one is wanted.
    EmailRequested {
        /// Whose account.
        account: AccountId,
    },
    /// To the address before: that it is none any more.
    EmailChanged {
        /// Whose account.
        account: AccountId,
        /// The address before.
        old: String,
    },
    /// That something has changed that protects an account.
    SecurityChanged {
        /// Whose.
        account: AccountId,
        /// What.
        change: SecurityChange,
    },
}

/// What has changed of what protects an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityChange {
    /// Another password.
    Password,
    /// Codes are asked for.
    TwoFactorOn,
    /// Codes are not asked for any more.
    TwoFactorOff,
    /// Other recovery codes.
    RecoveryCodes,
    /// One more passkey.
    PasskeyAdded,
    /// One passkey less.
    PasskeyRemoved,
}

/// A written letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The name of whom it is for; empty for somebody who has not verified the address.
    pub name: String,
    /// The subject.
    pub subject: String,
    /// The text for those who read plain mail.
    pub text: String,
    /// The same, laid out.
    pub html: String,
}

/// Sends mail.
pub trait Mailer: Send + Sync {
    /// Sends one.
    fn send<'a>(&'a self, mail: &'a Mail) -> BoxFuture<'a, Result<(), Error>>;
}

pub use compose::moment;
pub(crate) use compose::{Action, compose, escape};
