//! Who may begin to send a picture: rate, quota, free space and the sum of what is under way are asked before the first byte
//! is read.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use protocol::{
    AccountId, Problem, Reason,
    media::{POST_PICTURES, UPLOAD_MEGABYTES},
};

use super::{BYTES, refused, store};
use crate::{Cx, Error, Scope, limit::Limit};

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

pub(super) async fn admit(cx: &Cx, scope: &Scope, announced: Option<u64>) -> Result<Admission, Error> {
    let owner = scope.account()?;
    cx.limits.spend(Limit::Upload, owner)?;
    let mut admission = Admission { owner, uploads: cx.uploads.clone(), reserved: 0, received: 0 };
    admission.reserve(announced.unwrap_or(0))?;
    if cx.files.free_space().await? < cx.free_space_floor {
        return Err(refused(Reason::StorageFull));
    }
    store::check_quota(cx.db.read(), owner, 1, cx.picture_quota_mb).await?;
    Ok(admission)
}

impl Admission {
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
            return Err(refused(Reason::TooLarge { max: UPLOAD_MEGABYTES }));
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
