//! How often something may be tried: one table of rates, one limiter that keeps a token bucket for each limit and key.
//!
//! The defaults let a classroom of forty behind one address sign up and log in within minutes, and stop a machine.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use crate::{Error, clock::Clock};

mod key;
mod token_buckets;

pub use key::{Key, LogInTarget};

use token_buckets::TokenBuckets;

/// Makes the limits of the table of rates.
macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident: $rate:expr,)+) => {
        /// What is limited, and whose tries are counted together.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Limit {
            $($(#[$doc])* $name,)+
        }

        impl Limit {
            /// All of them.
            pub const ALL: [Self; [$(Self::$name),+].len()] = [$(Self::$name),+];

            const fn default_rate(self) -> Rate {
                match self {
                    $(Self::$name => $rate,)+
                }
            }
        }
    };
}
limits! {
    /// Sign-ups from one address.
    SignUp: rate(60, 3_600),
    /// Log-ins from one address.
    LogInAddress: rate(100, 600),
    /// Log-ins to one account from anywhere, and from each device that was signed in to it before.
    LogInAccount: rate(10, 900),
    /// Passwords and codes that one person, signed in, gives once more.
    Password: rate(10, 900),
    /// Copies of everything that one person asks for.
    Export: rate(5, 86_400),
    /// Codes for a log-in to one account whose password was right, and from each device that was signed in to it before.
    LogInCode: rate(10, 900),
    /// Changes by one person of what protects their account.
    Security: rate(30, 600),
    /// Mails asked for from one address: resend, forgotten password.
    MailAddress: rate(60, 3_600),
    /// Mails asked for to one person, in whatever way their address is written.
    MailRecipient: rate(5, 3_600),
    /// Posts and comments of one person.
    Write: rate(30, 300),
    /// Likes, follows and blocks of one person.
    Interaction: rate(120, 60),
    /// What one person does with their notifications.
    Notification: rate(120, 60),
    /// Searches of one person: one for each pause while typing.
    Search: rate(120, 60),
    /// Messages of one person.
    Message: rate(60, 60),
    /// Pictures of one person.
    Upload: rate(120, 600),
    /// Changes of one person's profile.
    Profile: rate(30, 600),
    /// Read markers of one person.
    ReadMarker: rate(120, 60),
    /// Log-outs of one person.
    LogOut: rate(60, 600),
    /// Units of what one person's sockets say, all together: [`crate::live`] has the weight of each kind of frame. Twenty tabs
    /// that come back after a restart say about 300 at once.
    Frames: rate(600, 30),
}

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

/// The rate of each limit.
#[derive(Debug, Clone, Copy)]
pub struct Rates([Rate; Limit::ALL.len()]);

impl Default for Rates {
    fn default() -> Self {
        Self(Limit::ALL.map(Limit::default_rate))
    }
}

impl Rates {
    /// The rate of a limit.
    pub fn of(&self, limit: Limit) -> Rate {
        // Each limit has its place in the list.
        self.0.get(limit as usize).copied().unwrap_or_else(|| limit.default_rate())
    }

    /// All bursts multiplied by `factor`, for communities that share few addresses, and for tests.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        self.each(|_, rate| Rate { burst: rate.burst.saturating_mul(factor.max(1)), ..rate })
    }

    /// Changes each of them.
    #[must_use]
    pub fn each(self, change: impl Fn(Limit, Rate) -> Rate) -> Self {
        Self(Limit::ALL.map(|limit| change(limit, self.of(limit))))
    }
}

/// Counts tries and refuses what is too many: a token bucket for each key under each limit.
pub struct RateLimiter([TokenBuckets; Limit::ALL.len()]);

impl RateLimiter {
    /// Nothing has been tried yet.
    pub fn new(rates: Rates, clock: &Arc<dyn Clock>) -> Self {
        Self(Limit::ALL.map(|limit| TokenBuckets::new(rates.of(limit), clock)))
    }

    /// Counts one try.
    ///
    /// # Errors
    /// [`Problem::TooMany`](protocol::Problem::TooMany) when it is one too many.
    pub fn spend(&self, limit: Limit, key: impl Into<Key>) -> Result<(), Error> {
        self.spend_many(limit, key, NonZeroU32::MIN)
    }

    /// Counts as many tries at once; of more than fit at all, as many as fit.
    ///
    /// # Errors
    /// [`Problem::TooMany`](protocol::Problem::TooMany) when it is too many; then none is counted.
    pub fn spend_many(&self, limit: Limit, key: impl Into<Key>, tries: NonZeroU32) -> Result<(), Error> {
        self.buckets(limit)?.spend(key.into(), tries)
    }

    /// Gives back what one try took. It is spent before it is known how the try ends, so that of many at once no more
    /// than fit are made.
    pub fn refund(&self, limit: Limit, key: impl Into<Key>) {
        if let Ok(buckets) = self.buckets(limit) {
            buckets.refund(&key.into());
        }
    }

    /// Drops the buckets of whoever has all their tries again. Called now and then, it keeps memory bounded.
    pub fn drop_full(&self) {
        for buckets in &self.0 {
            buckets.drop_full();
        }
    }

    #[cfg(test)]
    fn len(&self, limit: Limit) -> usize {
        self.buckets(limit).map_or(0, TokenBuckets::len)
    }

    fn buckets(&self, limit: Limit) -> Result<&TokenBuckets, Error> {
        self.0.get(limit as usize).ok_or_else(|| Error::internal("a limit without buckets"))
    }
}

#[cfg(test)]
mod tests;
