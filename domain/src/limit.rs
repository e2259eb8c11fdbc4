//! How often something may be tried.
//!
//! The defaults let a classroom of forty behind one address sign up and log in within minutes, and stop a machine.

use std::{sync::Arc, time::Duration};

use protocol::AccountId;
use sha2::{Digest, Sha256};

use crate::{ClientAddress, clock::Clock, session::DeviceHash};

mod buckets;

pub use buckets::Limit;

/// At most `burst` at once, refilled evenly over `refill`.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// Time until all of them are there again.
    pub refill: Duration,
}

const fn rate(burst: u32, refill_seconds: u64) -> Rate {
    Rate { burst, refill: Duration::from_secs(refill_seconds) }
}

/// How often what may be tried.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Sign-ups from one address.
    pub sign_up: Rate,
    /// Log-ins from one address.
    pub log_in_address: Rate,
    /// Log-ins to one account from anywhere, and from each device that was signed in to it before.
    pub log_in_account: Rate,
    /// Mails asked for from one address: resend, forgotten password.
    pub mail_address: Rate,
    /// Mails asked for to one person.
    pub mail_recipient: Rate,
    /// Posts and comments of one person.
    pub write: Rate,
    /// Likes, follows and blocks of one person.
    pub touch: Rate,
    /// Messages of one person.
    pub message: Rate,
    /// Pictures of one person.
    pub upload: Rate,
    /// Read marks of one person.
    pub read: Rate,
    /// Log-outs of one person.
    pub log_out: Rate,
    /// Units of what one person's sockets say, all together: [`crate::live`] has the weight of each kind of frame.
    pub frames: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            sign_up: rate(60, 3_600),
            log_in_address: rate(100, 600),
            log_in_account: rate(10, 900),
            mail_address: rate(60, 3_600),
            mail_recipient: rate(5, 3_600),
            write: rate(30, 300),
            touch: rate(120, 60),
            message: rate(60, 60),
            upload: rate(120, 600),
            read: rate(120, 60),
            log_out: rate(60, 600),
            // Twenty tabs that come back after a restart say about 300 units at once.
            frames: rate(600, 30),
        }
    }
}

impl Rates {
    /// All bursts multiplied by `factor`, for communities that share few addresses, and for tests.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        self.each(|rate| Rate { burst: rate.burst.saturating_mul(factor.max(1)), ..rate })
    }

    /// Changes all of them in the same way.
    pub(crate) fn each(self, change: impl Fn(Rate) -> Rate) -> Self {
        Self {
            sign_up: change(self.sign_up),
            log_in_address: change(self.log_in_address),
            log_in_account: change(self.log_in_account),
            mail_address: change(self.mail_address),
            mail_recipient: change(self.mail_recipient),
            write: change(self.write),
            touch: change(self.touch),
            message: change(self.message),
            upload: change(self.upload),
            read: change(self.read),
            log_out: change(self.log_out),
            frames: change(self.frames),
        }
    }
}

/// Counts tries and refuses what is too many.
pub struct Limits {
    /// Sign-ups from one address.
    pub sign_up: Limit<ClientAddress>,
    /// Log-ins from one address.
    pub log_in_address: Limit<ClientAddress>,
    /// Log-ins to one account.
    pub log_in_account: Limit<LogInTarget>,
    /// Mails asked for from one address.
    pub mail_address: Limit<ClientAddress>,
    /// Mails asked for to one address, in whatever way it is written.
    pub mail_recipient: Limit<String>,
    /// Posts and comments.
    pub write: Limit<AccountId>,
    /// Likes, follows and blocks.
    pub touch: Limit<AccountId>,
    /// Messages.
    pub message: Limit<AccountId>,
    /// Pictures.
    pub upload: Limit<AccountId>,
    /// Read marks.
    pub read: Limit<AccountId>,
    /// Log-outs.
    pub log_out: Limit<AccountId>,
    /// What sockets say.
    pub frames: Limit<AccountId>,
}

/// Whose tries are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LogInTarget {
    /// An account, whatever name of it was typed.
    Account(AccountId),
    /// An account from a device that was signed in to it before: strangers do not use its tries up.
    Device(DeviceHash),
    /// A name that no account has, by its hash. It has tries as well, so that it cannot be told from one that has.
    Unknown([u8; 32]),
}

impl LogInTarget {
    /// What was typed, where it names no account.
    pub(crate) fn unknown(login: &str) -> Self {
        Self::Unknown(Sha256::digest(login.trim().trim_start_matches('@').to_lowercase()).into())
    }
}

impl Limits {
    /// Nothing has been tried yet.
    pub fn new(rates: Rates, clock: &Arc<dyn Clock>) -> Self {
        Self {
            sign_up: Limit::new(rates.sign_up, clock),
            log_in_address: Limit::new(rates.log_in_address, clock),
            log_in_account: Limit::new(rates.log_in_account, clock),
            mail_address: Limit::new(rates.mail_address, clock),
            mail_recipient: Limit::new(rates.mail_recipient, clock),
            write: Limit::new(rates.write, clock),
            touch: Limit::new(rates.touch, clock),
            message: Limit::new(rates.message, clock),
            upload: Limit::new(rates.upload, clock),
            read: Limit::new(rates.read, clock),
            log_out: Limit::new(rates.log_out, clock),
            frames: Limit::new(rates.frames, clock),
        }
    }

    /// Forgets whoever has all their tries again. Called now and then, it keeps memory bounded.
    pub fn forget_old(&self) {
        self.sign_up.forget_old();
        self.log_in_address.forget_old();
        self.log_in_account.forget_old();
        self.mail_address.forget_old();
        self.mail_recipient.forget_old();
        self.write.forget_old();
        self.touch.forget_old();
        self.message.forget_old();
        self.upload.forget_old();
        self.read.forget_old();
        self.log_out.forget_old();
        self.frames.forget_old();
    }
}

#[cfg(test)]
mod tests;
