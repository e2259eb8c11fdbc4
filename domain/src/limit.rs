//! How often something may be tried.
//!
//! The defaults let a classroom of forty behind one address sign up and log in within minutes, and stop a machine.

use std::{hash::Hash, num::NonZeroU32, sync::Arc, time::Duration};

use governor::{
    Quota, RateLimiter, clock::Clock as GovernorClock, middleware::NoOpMiddleware,
    state::keyed::HashMapStateStore,
};
use protocol::{AccountId, Problem};

use crate::{ClientAddress, Error, clock::Clock};

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
    /// Log-ins to one account, from anywhere.
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
    /// Log-ins to what was typed as username or address.
    pub log_in_account: Limit<String>,
    /// Mails asked for from one address.
    pub mail_address: Limit<ClientAddress>,
    /// Mails asked for to one address.
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
        self.sign_up.limiter.retain_recent();
        self.log_in_address.limiter.retain_recent();
        self.log_in_account.limiter.retain_recent();
        self.mail_address.limiter.retain_recent();
        self.mail_recipient.limiter.retain_recent();
        self.write.limiter.retain_recent();
        self.touch.limiter.retain_recent();
        self.message.limiter.retain_recent();
        self.upload.limiter.retain_recent();
        self.read.limiter.retain_recent();
        self.log_out.limiter.retain_recent();
        self.frames.limiter.retain_recent();
    }
}

/// Counts the tries of each `K`.
pub struct Limit<K: Clone + Hash + Eq> {
    limiter: RateLimiter<K, HashMapStateStore<K>, Ticks, NoOpMiddleware<Duration>>,
    burst: NonZeroU32,
    ticks: Ticks,
}

impl<K: Clone + Hash + Eq> Limit<K> {
    fn new(rate: Rate, clock: &Arc<dyn Clock>) -> Self {
        let burst = NonZeroU32::new(rate.burst).unwrap_or(NonZeroU32::MIN);
        let one = rate.refill.max(Duration::from_millis(1)) / burst.get();
        let quota = Quota::with_period(one.max(Duration::from_nanos(1)))
            .unwrap_or(Quota::per_second(burst))
            .allow_burst(burst);
        let ticks = Ticks(Arc::clone(clock));
        Self { limiter: RateLimiter::hashmap_with_clock(quota, ticks.clone()), burst, ticks }
    }

    /// Counts one try.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when it is one too many.
    pub fn spend(&self, key: &K) -> Result<(), Error> {
        self.spend_many(key, NonZeroU32::MIN)
    }

    /// Counts as many tries at once; of more than fit at all, as many as fit.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when it is too many; then none is counted.
    pub fn spend_many(&self, key: &K, tries: NonZeroU32) -> Result<(), Error> {
        let checked = self.limiter.check_key_n(key, tries.min(self.burst));
        // More than the burst is never asked for.
        let Ok(Err(refused)) = checked else { return Ok(()) };
        let wait = refused.wait_time_from(self.ticks.now()).as_secs();
        Err(Problem::TooMany { retry_after: u32::try_from(wait).unwrap_or(u32::MAX).saturating_add(1) }
            .into())
    }
}

/// Our clock as governor reads it. It never goes back, so nobody is locked out by a change of the time of day.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl GovernorClock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests;
