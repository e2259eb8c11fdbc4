use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use protocol::AccountId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Error;

/// Lets one picture of each person at a time into the queue for the pipeline, so that nobody waits for all the pictures of
/// somebody else.
#[derive(Debug, Clone, Default)]
pub(super) struct PersonQueues(Arc<Mutex<HashMap<AccountId, Weak<Semaphore>>>>);

impl PersonQueues {
    /// Waits until no other picture of this person is in the pipeline.
    pub(super) async fn acquire(&self, owner: AccountId) -> Result<OwnedSemaphorePermit, Error> {
        self.of(owner).acquire_owned().await.map_err(Error::internal)
    }

    fn of(&self, owner: AccountId) -> Arc<Semaphore> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A turn is kept by whoever has it or waits for it.
        turns.retain(|_, turn| turn.strong_count() > 0);
        let turn = turns.get(&owner).and_then(Weak::upgrade).unwrap_or_else(|| Arc::new(Semaphore::new(1)));
        turns.insert(owner, Arc::downgrade(&turn));
        turn
    }
}
