//! One open socket, as the registry knows it.

use std::collections::{HashMap, HashSet};

use protocol::{
    AccountId, SessionId,
    live::{Topic, WATCHED_TOPICS},
};
use tokio::sync::{mpsc, oneshot};

use super::connection::Outgoing;

pub(super) struct Socket {
    pub(super) account: AccountId,
    pub(super) session: SessionId,
    /// Whether nobody looks at its page.
    pub(super) is_away: bool,
    /// At most [`WATCHED_TOPICS`].
    pub(super) watched: HashSet<Topic>,
    /// A digest of what was said last of a topic, so that the same is not said again: that it is would tell of somebody who
    /// is hidden.
    pub(super) sent: HashMap<Topic, u64>,
    /// When the numbers on its screen were said, by [`Relations::hidden_revision`](super::relations::Relations).
    pub(super) hidden_revision: u64,
    pub(super) queue: mpsc::Sender<Outgoing>,
    pub(super) close: Option<oneshot::Sender<u16>>,
}

impl Socket {
    pub(super) fn new(
        account: AccountId,
        session: SessionId,
        is_away: bool,
        queue: mpsc::Sender<Outgoing>,
        close: oneshot::Sender<u16>,
    ) -> Self {
        Self {
            account,
            session,
            is_away,
            watched: HashSet::new(),
            sent: HashMap::new(),
            hidden_revision: 0,
            queue,
            close: Some(close),
        }
    }

    /// Watches a topic, as long as there is room. Whether it was not watched before.
    pub(super) fn watch(&mut self, topic: Topic) -> bool {
        self.watched.len() < WATCHED_TOPICS && self.watched.insert(topic)
    }

    /// Watches a topic no more. Whether it was watched before.
    pub(super) fn unwatch(&mut self, topic: Topic) -> bool {
        self.sent.remove(&topic);
        self.watched.remove(&topic)
    }

    /// Notes what is said of a topic now. Whether something else was said before, or nothing.
    pub(super) fn record_sent(&mut self, topic: Topic, digest: u64) -> bool {
        self.sent.insert(topic, digest) != Some(digest)
    }
}
