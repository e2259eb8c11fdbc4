//! What the process has.

use std::{
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

use futures::future::BoxFuture;
use protocol::{Timestamp, community::Community};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use crate::{
    Error,
    bus::{Bus, Event},
    clock::Clock,
    db::Db,
    entropy::{Entropy, Ids, Secret},
    files::Files,
    hub::Hub,
    job::{self, Lane, LaneSignals, Task},
    limit::RateLimiter,
    mail::Mailer,
    media::{ImagePipeline, Uploads},
    password::Passwords,
    session::BackgroundWrites,
};

/// What the process has: storage, time, randomness, live delivery and mail. Cheap to clone.
#[derive(Clone)]
pub struct Cx(Arc<Parts>);

/// The parts of a [`Cx`].
pub struct Parts {
    /// Where everything is stored.
    pub db: Db,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where secrets and ids come from.
    pub entropy: Arc<dyn Entropy>,
    /// Makes ids.
    pub ids: Ids,
    /// The live sockets of this process.
    pub hub: Arc<Hub>,
    /// Carries what happened to the hubs of all processes.
    pub bus: Arc<dyn Bus>,
    /// Sends mail.
    pub mailer: Arc<dyn Mailer>,
    /// Keeps what is too large for the database.
    pub files: Files,
    /// Makes what is kept of pictures.
    pub image_pipeline: ImagePipeline,
    /// The uploads under way.
    pub uploads: Uploads,
    /// Bytes of free space on the disk below which no pictures are taken.
    pub free_space_floor: u64,
    /// Megabytes of pictures that a person may keep.
    pub picture_quota_mb: u32,
    /// Days during which whoever closed their account can come back; 0 deletes it at once.
    pub deletion_days: u32,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// How often what may be tried.
    pub limits: RateLimiter,
    /// Where people reach this Kith, without a slash at the end: the one source for links in mails.
    pub public_url: String,
    /// Small writes that no request waits for.
    pub background_writes: BackgroundWrites,
    /// What the community calls itself, as its mails say it.
    pub community: Community,
    /// Wakes whoever runs jobs.
    pub job_signals: LaneSignals,
}

impl Deref for Cx {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl From<Parts> for Cx {
    fn from(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Cx {
    /// The parts, while nobody else has them.
    #[cfg(feature = "testing")]
    pub fn parts_mut(&mut self) -> Option<&mut Parts> {
        Arc::get_mut(&mut self.0)
    }

    /// The time of day.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id, greater than all before.
    ///
    /// # Errors
    /// When the source of randomness fails.
    pub fn new_id(&self) -> Result<Uuid, Error> {
        self.ids.next(self.now(), &*self.entropy)
    }

    /// The revision of what is read from now on.
    pub fn next_revision(&self) -> i64 {
        self.hub.next_revision()
    }

    /// A new secret.
    ///
    /// # Errors
    /// When the source of randomness fails.
    pub fn new_secret(&self) -> Result<Secret, Error> {
        Secret::draw(&*self.entropy)
    }

    /// Runs `work` in a write transaction, commits it and then announces what it announced: nobody hears of what is
    /// not stored, and what is stored is heard of even when the request that asked for it has gone away meanwhile.
    ///
    /// The task of its own has a second reason: sqlx 0.9 gives a PostgreSQL connection whose `BEGIN` was cancelled
    /// back to the pool with the transaction open.
    ///
    /// # Errors
    /// What `work` returns, after a roll-back; or the database's own.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Result<T, Error>> + Send + 'static,
    {
        let cx = self.clone();
        let stored = tokio::spawn(async move {
            let tx = Tx {
                transaction: cx.db.begin().await?,
                cx,
                announcements: Mutex::default(),
                enqueued: Mutex::default(),
            };
            match work(&tx).await {
                Ok(answer) => tx.commit().await.map(|()| answer),
                Err(error) => {
                    tx.transaction.rollback().await?;
                    Err(error)
                }
            }
        });
        stored.await.map_err(Error::internal)?
    }
}

/// A write transaction, and what is to be announced after it.
pub struct Tx {
    transaction: DatabaseTransaction,
    cx: Cx,
    announcements: Mutex<Vec<Event>>,
    enqueued: Mutex<Vec<Lane>>,
}

impl Tx {
    /// The time of day.
    pub(crate) fn now(&self) -> Timestamp {
        self.cx.now()
    }

    /// A new id, greater than all before.
    pub(crate) fn new_id(&self) -> Result<Uuid, Error> {
        self.cx.new_id()
    }

    /// Says this to whom it concerns, once it is stored.
    pub fn announce(&self, event: impl Into<Event>) {
        self.announcements.lock().unwrap_or_else(PoisonError::into_inner).push(event.into());
    }

    /// Does this later: stored together with its cause, tried again until it works.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn enqueue(&self, task: &Task) -> Result<(), Error> {
        self.enqueue_at(task, self.cx.now()).await
    }

    /// Does this at that time or soon after it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn enqueue_at(&self, task: &Task, time: Timestamp) -> Result<(), Error> {
        job::insert(&self.transaction, self.cx.new_id()?, task, time).await?;
        self.enqueued.lock().unwrap_or_else(PoisonError::into_inner).push(task.lane());
        Ok(())
    }

    async fn commit(self) -> Result<(), Error> {
        self.transaction.commit().await?;
        for event in self.announcements.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.cx.bus.publish(event);
        }
        for lane in self.enqueued.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.cx.job_signals.wake(lane);
        }
        Ok(())
    }
}

impl Deref for Tx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

#[cfg(test)]
mod tests;
