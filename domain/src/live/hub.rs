//! The open sockets of this process.
//!
//! One lock, held for microseconds and never across an await. A socket's queue is bounded: one that falls behind is
//! closed, and resumes.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use protocol::{AccountId, PostId, SessionId, live::CLOSE_RESTART, post::Counts};
use tokio::sync::{OnceCell, mpsc, oneshot};

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
    /// The counts of a post, which are the same for everybody from whom nobody is hidden.
    Counts(Arc<SharedCounts>),
    /// The counts of a post, which are this person's own because of their blocks. Nothing is sent when they are the same as
    /// before: somebody hidden has changed them.
    Recount(PostId),
    /// The number of conversations with something unread.
    Unread,
    /// An order to read again whom this person may hear of.
    Relations,
    /// Something that may be heard or not: that depends on relations that are read before its turn comes.
    Held(Arc<Event>),
}

/// Relations have changed since they were read: they have to be read again first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unsettled;

/// Counts that are read once, by the first socket whose turn comes.
#[derive(Debug)]
pub struct SharedCounts {
    pub(super) post: PostId,
    pub(super) read: OnceCell<Option<(Counts, Bytes)>>,
}

/// A registered socket; dropping it takes it out.
pub struct Connection {
    id: u64,
    hub: Arc<Hub>,
    /// What waits to be sent.
    pub outgoing: mpsc::Receiver<Outgoing>,
    /// The code to close with, once the server wants to.
    pub closing: oneshot::Receiver<u16>,
    /// What was said last, so that the same is not said again: that it is would tell of somebody who is hidden.
    said: Mutex<Said>,
}

#[derive(Default)]
struct Said {
    unread: Option<u32>,
    counts: HashMap<PostId, (u32, u32)>,
}

impl SharedCounts {
    fn new(post: PostId) -> Self {
        Self { post, read: OnceCell::new() }
    }
}

impl Hub {
    /// Takes in a socket that hears nothing yet. Of those of one person, the oldest makes room for it when there are too
    /// many.
    pub fn register(self: &Arc<Self>, account: AccountId, session: SessionId) -> Connection {
        let (queue, outgoing) = mpsc::channel(QUEUE);
        let (close, closing) = oneshot::channel();
        let id = self.lock().register(Socket::new(account, session, queue, close));
        Connection { id, hub: Arc::clone(self), outgoing, closing, said: Mutex::default() }
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
    /// The number to [`Connection::settle`] with what is read from now on; none when the socket is closed.
    pub(super) fn revision(&self) -> Option<u64> {
        self.hub.lock().sockets.get(&self.id).map(|socket| socket.relations.revision())
    }

    /// Takes whom the person may hear of, and says whether other people are hidden now; none when something has changed since
    /// `revision`, and it has to be read again.
    pub(super) fn settle(
        &self,
        revision: u64,
        hidden: Vec<AccountId>,
        followed: Vec<AccountId>,
    ) -> Option<bool> {
        match self.hub.lock().sockets.get_mut(&self.id) {
            Some(socket) => socket.relations.settle(revision, hidden, followed),
            None => Some(false),
        }
    }

    /// Whether nobody is hidden from the person, for certain.
    pub(super) fn hides_nobody(&self) -> bool {
        self.hub.lock().sockets.get(&self.id).is_some_and(|socket| socket.relations.hide_nobody())
    }

    /// What an event that waited is for the person, if they may hear of it.
    ///
    /// # Errors
    /// [`Unsettled`].
    pub(super) fn release(&self, event: &Event) -> Result<Vec<Outgoing>, Unsettled> {
        self.hub.lock().release(self.id, event)
    }

    /// Watches the posts in `add` from now on, as long as there is room, and those in `remove` no more. Says which were not
    /// watched before.
    pub fn watch(&self, add: &[PostId], remove: &[PostId]) -> Vec<PostId> {
        let mut said = self.said();
        for post in remove {
            said.counts.remove(post);
        }
        drop(said);
        self.hub.lock().watch(self.id, add, remove)
    }

    /// The posts that are watched.
    pub(super) fn watched(&self) -> Vec<PostId> {
        self.hub
            .lock()
            .sockets
            .get(&self.id)
            .map(|socket| socket.watched.iter().copied().collect())
            .unwrap_or_default()
    }

    /// Notes that these counts are said now. Whether others were said before, or none.
    pub(super) fn note_counts(&self, post: PostId, counts: Counts) -> bool {
        let said = (counts.likes, counts.comments);
        self.said().counts.insert(post, said) != Some(said)
    }

    /// Notes that this number of unread conversations is said now. Whether another one was said before.
    pub(super) fn note_unread(&self, conversations: u32) -> bool {
        self.said().unread.replace(conversations) != Some(conversations)
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.hub.lock().remove(self.id);
    }
}
