//! A registered socket, as its own task holds it.

use std::{collections::HashMap, sync::Arc};

use bytes::Bytes;
use protocol::{
    AccountId,
    live::{Topic, Watched},
};
use tokio::sync::{mpsc, oneshot};

use super::{Delivery, Hub};

/// What waits to be sent to one socket.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// A message, made once for all who get it.
    Frame(Bytes),
    /// An order to read again whom this person may hear of.
    Relations,
    /// Something that may be heard or not: that depends on relations that are read before its turn comes.
    Held(Arc<Delivery>),
}

/// What a page does not know when its socket opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missed {
    /// How these topics stand, each with the revision of its latest change. All else is delivered.
    Topics(HashMap<Topic, i64>),
    /// So much, or so long ago, that it has to load again.
    Everything,
}

/// Relations have to be read first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsettled;

/// A registered socket; dropping it takes it out.
pub struct Connection {
    id: u64,
    hub: Arc<Hub>,
    /// What waits to be sent.
    pub outgoing: mpsc::Receiver<Outgoing>,
    /// The code to close with, once the server wants to.
    pub closing: oneshot::Receiver<u16>,
}

impl Connection {
    pub(super) const fn new(
        id: u64,
        hub: Arc<Hub>,
        outgoing: mpsc::Receiver<Outgoing>,
        closing: oneshot::Receiver<u16>,
    ) -> Self {
        Self { id, hub, outgoing, closing }
    }

    /// The number to [`Connection::settle`] with what is read from now on; none when nothing has to be read, or the socket is
    /// closed.
    pub fn unsettled_revision(&self) -> Option<u64> {
        let registry = self.hub.lock();
        let relations = registry.relations_of(self.id)?;
        (!relations.are_settled()).then(|| relations.revision())
    }

    /// Takes whom the person may hear of. Whether that still counts: if not, something has changed since `revision`, and it
    /// has to be read again.
    pub fn settle(&self, revision: u64, hidden: Vec<AccountId>, followed: Vec<AccountId>) -> bool {
        let mut registry = self.hub.lock();
        registry
            .relations_of_mut(self.id)
            .is_none_or(|relations| relations.settle(revision, hidden, followed))
    }

    /// Whether other people are hidden than when this was asked last.
    pub fn take_hidden_change(&self) -> bool {
        let mut registry = self.hub.lock();
        let Some(now) = registry.relations_of(self.id).map(|relations| relations.hidden_revision()) else {
            return false;
        };
        let socket = registry.sockets.get_mut(&self.id);
        socket.is_some_and(|socket| std::mem::replace(&mut socket.hidden_revision, now) != now)
    }

    /// What a delivery that waited is for the person, if they may hear of it.
    ///
    /// # Errors
    /// [`Unsettled`].
    pub fn release(&self, delivery: &Delivery) -> Result<Option<Bytes>, Unsettled> {
        self.hub.lock().release(self.id, delivery)
    }

    /// Watches the topics in `add` from now on, as long as there is room, and those in `remove` no more. Says which were not
    /// watched before: how those stand is to be read. What was said of them since the page read them is delivered.
    pub fn watch(&self, add: &[Watched], remove: &[Topic]) -> Vec<Topic> {
        self.hub.lock().watch(self.id, add, remove)
    }

    /// Notes whether somebody looks at its page.
    pub fn set_away(&self, is_away: bool) {
        self.hub.lock().set_away(self.id, is_away);
    }

    /// The topics that are watched.
    pub fn watched(&self) -> Vec<Topic> {
        let registry = self.hub.lock();
        registry
            .sockets
            .get(&self.id)
            .map(|socket| socket.watched.iter().copied().collect())
            .unwrap_or_default()
    }

    /// Notes what is said of a topic now, by a digest of it. Whether something else was said before, or nothing.
    pub fn record_sent(&self, topic: Topic, digest: u64) -> bool {
        let mut registry = self.hub.lock();
        registry.sockets.get_mut(&self.id).is_some_and(|socket| socket.record_sent(topic, digest))
    }

    /// Notes what the page showed of a topic before its socket opened. What has been sent since counts more.
    pub fn record_shown(&self, topic: Topic, digest: u64) {
        let mut registry = self.hub.lock();
        if let Some(socket) = registry.sockets.get_mut(&self.id) {
            socket.sent.entry(topic).or_insert(digest);
        }
    }

    /// The same for what was said before whatever `digest` is of, or nothing was: then it is only noted.
    pub fn record_change(&self, topic: Topic, digest: u64) -> bool {
        let mut registry = self.hub.lock();
        let socket = registry.sockets.get_mut(&self.id);
        socket.is_some_and(|socket| socket.sent.contains_key(&topic) & socket.record_sent(topic, digest))
    }

    /// A revision up to which everything has been sent; none as long as something waits.
    pub fn sent_revision(&self) -> Option<i64> {
        let registry = self.hub.lock();
        let account = registry.sockets.get(&self.id)?.account;
        let waits = !self.outgoing.is_empty() || registry.schedule.waits_for(account);
        (!waits).then(|| self.hub.next_revision())
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.hub.lock().remove(self.id);
    }
}
