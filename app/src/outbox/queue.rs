//! The state of the outbox: what is on its way, and what goes out next. No browser, no clock: both come in.
//!
//! The storage is shared by all tabs and holds each entry under its own key, so that no tab can erase what another one
//! wrote. Every tab knows all entries; the one that an entry is marked with sends and shows it, and when that tab is gone
//! another one claims it. Two that claim at the same moment both send: the server stores an entry once.

use std::{collections::HashSet, sync::Arc};

use protocol::{AccountId, Problem, Timestamp};
use uuid::Uuid;

use super::{
    back_off::BackOff,
    entry::{Entry, Lane, Outcome, Payload, State},
    rate_limit::RateLimit,
};
use crate::storage::{Storage, outbox_prefix};

/// Without an answer for so long, an entry goes out again.
const ANSWER_SECONDS: i64 = 60;

/// Why entries wait, other than for their turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delay {
    /// The server is out of reach.
    Offline,
    /// The server takes no more for a while.
    TooMany,
    /// Their author is not signed in any more.
    SignedOut(Problem),
}

/// Everything of one account that is on its way, in the order in which it was written.
pub struct Queue {
    storage: Arc<dyn Storage>,
    account: AccountId,
    tab: Uuid,
    entries: Vec<Entry>,
    socket_is_open: bool,
    back_off: BackOff,
    writes: RateLimit,
    messages: RateLimit,
    signed_out: Option<Problem>,
}

impl Queue {
    /// Nothing is on its way.
    pub(crate) fn new(storage: Arc<dyn Storage>, account: AccountId) -> Self {
        Self {
            storage,
            account,
            tab: Uuid::nil(),
            entries: Vec::new(),
            socket_is_open: false,
            back_off: BackOff::default(),
            writes: RateLimit::WRITES,
            messages: RateLimit::MESSAGES,
            signed_out: None,
        }
    }

    /// Begins as `tab`, with what the storage has.
    pub(crate) fn start(&mut self, tab: Uuid, is_alive: impl Fn(Uuid) -> bool) {
        self.tab = tab;
        self.sync();
        self.claim(is_alive);
    }

    /// What this tab shows: its own, in the order in which it was written.
    pub fn mine(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.tab == self.tab)
    }

    /// How many things will be sent, by any tab.
    pub fn waiting(&self) -> usize {
        self.entries.iter().filter(|entry| entry.problem.is_none()).count()
    }

    /// Why what waits does so.
    pub fn delay(&self) -> Option<Delay> {
        if let Some(problem) = &self.signed_out {
            Some(Delay::SignedOut(problem.clone()))
        } else if self.back_off.tries > 0 {
            Some(Delay::Offline)
        } else {
            (self.writes.is_blocked() || self.messages.is_blocked()).then_some(Delay::TooMany)
        }
    }

    /// Takes something that is to be sent.
    pub(super) fn add(&mut self, client_id: Uuid, payload: Payload, now: Timestamp) {
        // The order of the storage is that of these moments.
        let last = self.entries.last().map(|last| Timestamp::from_micros(last.written_at.micros() + 1));
        let written_at = last.map_or(now, |last| last.max(now));
        let entry = Entry { tab: self.tab, ..Entry::new(client_id, payload, written_at) };
        self.entries.push(entry);
        self.persist(client_id);
    }

    /// What goes out now, in its order: the first of each lane, as far as the server takes it.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<Entry> {
        let mut due = Vec::new();
        if self.signed_out.is_some() || !self.back_off.is_over(now) {
            return due;
        }
        let (mut lanes, tab) = (HashSet::<Lane>::new(), self.tab);
        // Messages keep their order whichever tab sends them; posts and comments of another tab may be stuck there.
        let waits =
            |entry: &&mut Entry| entry.problem.is_none() && (entry.tab == tab || entry.payload.is_message());
        for entry in self.entries.iter_mut().filter(waits) {
            let is_first = lanes.insert(entry.payload.lane());
            let is_out =
                matches!(entry.state, State::Sending(at) if now.seconds_since(at).abs() < ANSWER_SECONDS);
            if !is_first || is_out || entry.tab != tab {
                continue;
            }
            let (has_line, limit) = if entry.payload.is_message() {
                (self.socket_is_open, &mut self.messages)
            } else {
                (true, &mut self.writes)
            };
            if has_line && limit.take(now) {
                entry.state = State::Sending(now);
                due.push(entry.clone());
            }
        }
        due
    }

    /// The server has stored an entry: it is done, whichever tab sent it.
    pub(super) fn sent(&mut self, client_id: Uuid) -> Option<Entry> {
        let sent = self.remove(client_id)?;
        self.reconnected();
        Some(sent)
    }

    /// The server has not stored an entry.
    pub(super) fn failed(&mut self, client_id: Uuid, problem: Problem, now: Timestamp) {
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.client_id == client_id) else { return };
        entry.state = State::Waiting;
        let limit = if entry.payload.is_message() { &mut self.messages } else { &mut self.writes };
        match Outcome::from(problem) {
            Outcome::Unreachable => self.back_off.fail(now),
            Outcome::TooMany(seconds) => limit.block(now, seconds),
            Outcome::SignedOut(problem) => self.signed_out = Some(problem),
            Outcome::Refused(problem) => {
                entry.problem = Some(problem);
                self.persist(client_id);
            }
        }
    }

    /// The server may be in reach again, or the author signed in: what waits for it goes out at once.
    pub(super) fn reconnected(&mut self) {
        self.back_off = BackOff::default();
        self.signed_out = None;
    }

    /// There is a new socket.
    pub(super) fn socket_opened(&mut self) {
        self.reconnected();
        self.socket_lost();
        self.socket_is_open = true;
    }

    /// The socket is gone: whether the messages on it arrived, nobody knows.
    pub(super) fn socket_lost(&mut self) {
        self.socket_is_open = false;
        for entry in self.entries.iter_mut().filter(|entry| entry.payload.is_message()) {
            entry.state = State::Waiting;
        }
    }

    /// A refused entry goes out again as it is.
    pub(super) fn retry(&mut self, client_id: Uuid) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.client_id == client_id) {
            entry.problem = None;
            self.persist(client_id);
        }
    }

    /// Takes an entry out, here and in the storage.
    pub(super) fn remove(&mut self, client_id: Uuid) -> Option<Entry> {
        let place = self.entries.iter().position(|entry| entry.client_id == client_id)?;
        let entry = self.entries.remove(place);
        self.storage.remove(&self.key(&entry));
        Some(entry)
    }

    /// Takes over what other tabs have changed in the storage. Whether anything did.
    pub(super) fn sync(&mut self) -> bool {
        let stored = self.stored();
        let before = self.entries.len();
        // Sent or discarded elsewhere.
        self.entries.retain(|entry| {
            !entry.is_stored || stored.iter().any(|other| other.client_id == entry.client_id)
        });
        let mut changed = self.entries.len() != before;
        for other in stored {
            match self.entries.iter_mut().find(|entry| entry.client_id == other.client_id) {
                Some(entry) => {
                    changed |= entry.tab != other.tab || entry.problem != other.problem;
                    (entry.tab, entry.problem) = (other.tab, other.problem);
                }
                None => {
                    changed = true;
                    self.entries.push(other);
                }
            }
        }
        self.entries.sort_by_key(|entry| entry.written_at);
        changed
    }

    /// Makes this tab send and show what belongs to tabs that are gone. Whether there was anything.
    pub(super) fn claim(&mut self, is_alive: impl Fn(Uuid) -> bool) -> bool {
        let orphans = self.entries.iter_mut().filter(|entry| entry.tab != self.tab && !is_alive(entry.tab));
        let claimed: Vec<Uuid> = orphans
            .map(|entry| {
                entry.tab = self.tab;
                entry.client_id
            })
            .collect();
        claimed.iter().for_each(|client_id| self.persist(*client_id));
        !claimed.is_empty()
    }

    fn stored(&self) -> Vec<Entry> {
        let prefix = outbox_prefix(self.account);
        let keys = self.storage.keys().into_iter().filter(|key| key.starts_with(&prefix));
        let read = |key: String| serde_json::from_str::<Entry>(&self.storage.get(&key)?).ok();
        keys.filter_map(read).map(|entry| Entry { is_stored: true, ..entry }).collect()
    }

    fn persist(&mut self, client_id: Uuid) {
        let Some(place) = self.entries.iter().position(|entry| entry.client_id == client_id) else { return };
        let Some(entry) = self.entries.get(place) else { return };
        let text = serde_json::to_string(entry).unwrap_or_default();
        let is_stored = self.storage.set(&self.key(entry), &text);
        if let Some(entry) = self.entries.get_mut(place) {
            entry.is_stored = is_stored;
        }
    }

    fn key(&self, entry: &Entry) -> String {
        format!("{}{}.{}", outbox_prefix(self.account), entry.payload.kind(), entry.client_id)
    }
}
