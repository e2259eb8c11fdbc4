//! The open sockets of this process: who has which, watches what, and may hear of whom.
//!
//! One lock, held for microseconds and never across an await. A socket's queue is bounded: one that falls behind is
//! closed, and resumes.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use protocol::{AccountId, SessionId, live::CLOSE_RESTART, presence::Presence};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::{
    bus::{Bus, Event},
    clock::Clock,
};

mod connection;
mod delivery;
mod log;
mod presence;
mod readers;
mod registry;
mod relations;
mod schedule;
mod socket;

pub use connection::{Connection, Missed, Outgoing, Unsettled};
pub use delivery::{Delivery, frame};
pub use presence::{PresenceChange, SETTLING};
pub use readers::{Answer, Readers};
pub use schedule::{INTERVAL, Question};

use log::Entry;
use registry::Registry;
use socket::Socket;

/// Entries that wait for one socket at most.
const QUEUE: usize = 256;

/// The open sockets.
pub struct Hub {
    registry: Mutex<Registry>,
    clock: Arc<dyn Clock>,
    last_revision: AtomicI64,
    asked: Notify,
    presence_changed: Arc<Notify>,
}

impl Hub {
    /// A hub without sockets.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let registry = Registry::new(Arc::clone(&clock));
        let hub = Self {
            presence_changed: Arc::clone(&registry.presence.changed),
            registry: Mutex::new(registry),
            clock,
            last_revision: AtomicI64::default(),
            asked: Notify::new(),
        };
        let horizon = hub.next_revision();
        hub.lock().log = log::Log::new(horizon);
        hub
    }

    /// A number that is greater than all before and says nothing but when it was drawn. What is read after that is newer
    /// than what was read before a smaller one was drawn, and holds all that was announced under a smaller one.
    pub fn next_revision(&self) -> i64 {
        let now = self.clock.now().micros();
        let last = self
            .last_revision
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| Some(now.max(last + 1)));
        now.max(last.unwrap_or_else(|last| last) + 1)
    }

    /// Takes in a socket, and delivers to it what was announced since the revision up to which its page knows everything. Of
    /// the sockets of one person, the oldest makes room for it when there are too many.
    pub fn attach(
        self: &Arc<Self>,
        account: AccountId,
        session: SessionId,
        since: Option<i64>,
        is_away: bool,
    ) -> (Connection, Missed) {
        let (queue, outgoing) = mpsc::channel(QUEUE);
        let (close, closing) = oneshot::channel();
        let mut registry = self.lock();
        let id = registry.register(Socket::new(account, session, is_away, queue, close));
        let missed = since.and_then(|since| registry.resume(id, since)).unwrap_or(Missed::Everything);
        drop(registry);
        (Connection::new(id, Arc::clone(self), outgoing, closing), missed)
    }

    /// Whether this session has ended since that revision; none when that is not known any more.
    pub fn has_ended(&self, account: AccountId, session: SessionId, since: i64) -> Option<bool> {
        let registry = self.lock();
        let mut ended = registry.log.since(since)?.filter_map(|(_, entry)| match entry {
            Entry::SignedOut { account, session } => Some((account, session)),
            _ => None,
        });
        Some(ended.any(|(whose, which)| *whose == account && which.is_none_or(|which| which == session)))
    }

    /// Brings an event to every socket that it concerns.
    pub fn deliver(&self, event: Event) {
        let entry = match event {
            Event::Announced(announcement) => match Delivery::new(announcement) {
                Ok(delivery) => Entry::Delivery(Arc::new(delivery)),
                Err(error) => return error.log(),
            },
            Event::RelationsChanged { between } => Entry::RelationsChanged(between),
            Event::SignedOut { account, session } => Entry::SignedOut { account, session },
        };
        let mut registry = self.lock();
        // Drawn under the lock: the log is in the order of its revisions.
        registry.deliver(self.next_revision(), entry, self.clock.elapsed());
        self.wake(registry);
    }

    /// Wakes whoever reads, when there is something to be read.
    fn wake(&self, registry: MutexGuard<'_, Registry>) {
        let asks = registry.schedule.next().is_some();
        drop(registry);
        if asks {
            self.asked.notify_one();
        }
    }

    /// Tells all sockets to come back after a restart.
    pub fn close_all(&self) {
        let mut registry = self.lock();
        let all: Vec<u64> = registry.sockets.keys().copied().collect();
        for id in all {
            registry.close(id, CLOSE_RESTART);
        }
    }

    /// Waits until something is to be read for its readers, and takes it out.
    pub async fn questions(&self) -> Vec<Question> {
        loop {
            let asked = self.asked.notified();
            let due = self.questions_within(Duration::ZERO);
            if !due.is_empty() {
                return due;
            }
            let next = self.lock().schedule.next();
            match next.map(|time| time.saturating_sub(self.clock.elapsed())) {
                Some(pause) => _ = tokio::time::timeout(pause, asked).await,
                None => asked.await,
            }
        }
    }

    /// What is to be read for its readers within this time.
    pub fn questions_within(&self, time: Duration) -> Vec<Question> {
        self.lock().schedule.take(self.clock.elapsed(), time)
    }

    /// Has this read as soon as its interval is over.
    pub fn ask(&self, question: Question) {
        let mut registry = self.lock();
        registry.schedule.add(question, self.clock.elapsed());
        self.wake(registry);
    }

    /// Who is to be told the answer to a question.
    pub fn readers(&self, question: &Question) -> Readers {
        self.lock().readers(question)
    }

    /// Tells each reader their answer, if it is another one than they were told last.
    pub fn answer(&self, question: &Question, readers: &Readers, answers: &[Answer]) {
        self.lock().answer(question, readers, answers);
    }

    /// Whether somebody is there, as others know it.
    pub fn presence(&self, person: AccountId) -> Presence {
        self.lock().presence.of(person)
    }

    /// Those who are online, in no order.
    pub fn online(&self) -> Vec<AccountId> {
        self.lock().presence.online().collect()
    }

    /// Waits until it is another with somebody, and takes out with whom.
    pub async fn presence_changes(&self) -> Vec<PresenceChange> {
        loop {
            let changed = self.presence_changed.notified();
            let changes = self.presence_changes_within(Duration::ZERO);
            if !changes.is_empty() {
                return changes;
            }
            let next = self.lock().presence.next();
            match next.map(|time| time.saturating_sub(self.clock.elapsed())) {
                Some(pause) => _ = tokio::time::timeout(pause, changed).await,
                None => changed.await,
            }
        }
    }

    /// With whom it is another within this time.
    pub fn presence_changes_within(&self, time: Duration) -> Vec<PresenceChange> {
        let until = self.clock.elapsed() + time;
        self.lock().presence.take(until)
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
    pub(crate) fn watched_topics(&self) -> usize {
        self.lock().watchers.len()
    }

    #[cfg(test)]
    pub(crate) fn remembers_nothing(&self) -> bool {
        let registry = self.lock();
        registry.sockets.is_empty() && registry.accounts.is_empty() && registry.watchers.is_empty()
    }

    #[cfg(test)]
    pub(crate) fn knows_nobody(&self) -> bool {
        self.lock().presence.is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bus for Hub {
    fn publish(&self, event: Event) {
        self.deliver(event);
    }
}

#[cfg(test)]
mod tests;
