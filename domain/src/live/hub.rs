//! The open sockets of this process.
//!
//! One lock, held for microseconds and never across an await. A socket's queue is bounded: one that falls behind is
//! closed, and resumes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use protocol::{AccountId, PostId, SessionId, live::CLOSE_RESTART};
use tokio::sync::{mpsc, oneshot};

use super::Event;

mod registry;

use registry::{Registry, Socket};

/// Entries that wait for one socket at most.
const QUEUE: usize = 256;

/// The open sockets.
#[derive(Default)]
pub struct Hub {
    registry: Mutex<Registry>,
}

/// What waits to be sent to one socket.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// A message that is the same for all who get it, made once.
    Frame(Bytes),
    /// The counts of a post, which are this person's own because of their blocks.
    Recount(PostId),
    /// The number of conversations with something unread.
    Unread,
}

/// A registered socket; dropping it takes it out.
pub struct Connection {
    id: u64,
    hub: Arc<Hub>,
    /// What waits to be sent.
    pub outgoing: mpsc::Receiver<Outgoing>,
    /// The code to close with, once the server wants to.
    pub closing: oneshot::Receiver<u16>,
}

impl Hub {
    /// Takes in a socket that hears nothing yet. Of those of one person, the oldest makes room for it when there are too
    /// many.
    pub fn register(self: &Arc<Self>, account: AccountId, session: SessionId) -> Connection {
        let (queue, outgoing) = mpsc::channel(QUEUE);
        let (close, closing) = oneshot::channel();
        let id = self.lock().register(Socket::new(account, session, queue, close));
        Connection { id, hub: Arc::clone(self), outgoing, closing }
    }

    /// Brings an event to every socket that it concerns.
    pub fn deliver(&self, event: &Event) {
        self.lock().deliver(event);
    }

    /// Tells all sockets to come back after a restart.
    pub fn close_all(&self) {
        let mut registry = self.lock();
        let all: Vec<u64> = registry.sockets.keys().copied().collect();
        for id in all {
            registry.close(id, CLOSE_RESTART);
        }
    }

    /// Open sockets.
    pub fn len(&self) -> usize {
        self.lock().sockets.len()
    }

    /// Whether no socket is open.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[cfg(test)]
    pub(super) fn watched_posts(&self) -> usize {
        self.lock().watchers.len()
    }

    #[cfg(test)]
    pub(super) fn remembers_nothing(&self) -> bool {
        let registry = self.lock();
        registry.sockets.is_empty() && registry.of_account.is_empty() && registry.watchers.is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    /// Lets events through, except those of people in `hidden`.
    pub fn open(&self, hidden: Vec<AccountId>, followed: Vec<AccountId>) {
        if let Some(socket) = self.hub.lock().sockets.get_mut(&self.id) {
            socket.hidden.extend(hidden);
            socket.followed.extend(followed);
            socket.open = true;
        }
    }

    /// Watches the posts in `add` from now on, as long as there is room, and those in `remove` no more. Says which were not
    /// watched before.
    pub fn watch(&self, add: &[PostId], remove: &[PostId]) -> Vec<PostId> {
        self.hub.lock().watch(self.id, add, remove)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.hub.lock().remove(self.id);
    }
}
