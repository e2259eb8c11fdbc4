//! The uploads under way: how many bytes of whom.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use protocol::{
    AccountId, Problem, Reason,
    media::{POST_PICTURES, UPLOAD_MEGABYTES},
};

use super::rejection::rejected;
use crate::Error;

/// Bytes of a picture's file at most.
pub(super) const BYTES: u64 = UPLOAD_MEGABYTES as u64 * 1024 * 1024;
/// Bytes of all uploads under way, from the first one until the picture is stored or refused. They lie on the disk.
const ALL_BYTES: u64 = 512 * 1024 * 1024;
/// Bytes of the uploads of one person under way: those of a post with as many pictures as it may have.
const PERSON_BYTES: u64 = POST_PICTURES as u64 * BYTES;
/// Seconds after which a person's uploads under way may be through.
const RETRY_SECONDS: u32 = 10;

/// The uploads under way in this process. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Uploads(Arc<Mutex<InFlight>>);

#[derive(Debug, Default)]
struct InFlight {
    all: u64,
    people: HashMap<AccountId, u64>,
}

/// The right to send one picture. Its bytes count as under way until it is dropped.
#[derive(Debug)]
pub struct Admission {
    pub(super) owner: AccountId,
    uploads: Uploads,
    /// Bytes that count.
    reserved: u64,
    /// Bytes that have come.
    received: u64,
}

impl Admission {
    /// The right of `owner` to send a picture of so many bytes.
    pub(super) fn new(owner: AccountId, uploads: &Uploads, bytes: u64) -> Result<Self, Error> {
        let mut admission = Self { owner, uploads: uploads.clone(), reserved: 0, received: 0 };
        admission.reserve(bytes)?;
        Ok(admission)
    }

    /// Counts bytes that have come.
    ///
    /// # Errors
    /// As for [`admit`](super::admit), when they are more than were announced.
    pub fn receive(&mut self, bytes: u64) -> Result<(), Error> {
        self.received = self.received.saturating_add(bytes);
        self.reserve(self.received)
    }

    /// Makes sure that so many bytes count as under way.
    fn reserve(&mut self, bytes: u64) -> Result<(), Error> {
        if bytes > BYTES {
            return Err(rejected(Reason::TooLarge { max: UPLOAD_MEGABYTES }));
        }
        let more = bytes.saturating_sub(self.reserved);
        let mut under_way = self.uploads.lock();
        let own = under_way.people.get(&self.owner).copied().unwrap_or(0);
        if own + more > PERSON_BYTES {
            return Err(Problem::TooMany { retry_after: RETRY_SECONDS }.into());
        }
        if under_way.all + more > ALL_BYTES {
            return Err(Problem::Unavailable.into());
        }
        if more > 0 {
            under_way.all += more;
            under_way.people.insert(self.owner, own + more);
            self.reserved = bytes;
        }
        Ok(())
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        if self.reserved == 0 {
            return;
        }
        let mut under_way = self.uploads.lock();
        under_way.all = under_way.all.saturating_sub(self.reserved);
        if let Some(own) = under_way.people.get_mut(&self.owner) {
            *own = own.saturating_sub(self.reserved);
            if *own == 0 {
                under_way.people.remove(&self.owner);
            }
        }
    }
}

impl Uploads {
    /// Bytes under way.
    pub fn bytes(&self) -> u64 {
        self.lock().all
    }

    fn lock(&self) -> MutexGuard<'_, InFlight> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
