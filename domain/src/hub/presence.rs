//! Who is there, counted from sockets: nothing is stored, so nothing has to be set right after a crash.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use protocol::{AccountId, SessionId, presence::Presence};
use tokio::sync::Notify;

/// For so long somebody has to be gone until they are: who reloads a page is not gone.
pub const SETTLING: Duration = Duration::from_secs(5);

/// Somebody has come, gone or turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PresenceChange {
    /// Who.
    pub person: AccountId,
    /// How it is now.
    pub presence: Presence,
    /// The session whose socket did it.
    pub session: SessionId,
}

/// Who is there as others know it. Times are those of a clock that never goes back.
#[derive(Default)]
pub(super) struct PresenceTable {
    /// Whoever is not here is offline.
    known: HashMap<AccountId, Presence>,
    /// Who seems to be less there than is known, and from when on that counts.
    settling: HashMap<AccountId, (Duration, PresenceChange)>,
    changes: VecDeque<PresenceChange>,
    pub(super) changed: Arc<Notify>,
}

impl PresenceTable {
    /// How it is with somebody.
    pub(super) fn of(&self, person: AccountId) -> Presence {
        self.known.get(&person).copied().unwrap_or_default()
    }

    /// Those of whom it is known that they are online, in no order.
    pub(super) fn online(&self) -> impl Iterator<Item = AccountId> {
        self.known.iter().filter(|(_, presence)| **presence == Presence::Online).map(|(person, _)| *person)
    }

    /// Notes how it is by a person's sockets. Who comes is there at once; who goes or turns away, after [`SETTLING`].
    pub(super) fn record(&mut self, change: PresenceChange, now: Duration) {
        let PresenceChange { person, presence, .. } = change;
        let known = self.of(person);
        if presence == known {
            self.settling.remove(&person);
        } else if presence == Presence::Online || known == Presence::Offline {
            self.settling.remove(&person);
            self.make_known(change);
            self.changed.notify_one();
        } else {
            // Whoever waits for the first of them finds the others then.
            if self.settling.is_empty() {
                self.changed.notify_one();
            }
            let settles = now + SETTLING;
            self.settling.entry(person).and_modify(|(_, last)| *last = change).or_insert((settles, change));
        }
    }

    /// Takes out what has changed by `until`.
    pub(super) fn take(&mut self, until: Duration) -> Vec<PresenceChange> {
        let settled: Vec<AccountId> =
            self.settling.iter().filter(|(_, (at, _))| *at <= until).map(|(person, _)| *person).collect();
        for person in settled {
            if let Some((_, change)) = self.settling.remove(&person) {
                self.make_known(change);
            }
        }
        self.changes.drain(..).collect()
    }

    /// When something settles next.
    pub(super) fn next(&self) -> Option<Duration> {
        self.settling.values().map(|(at, _)| *at).min()
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.settling.is_empty() && self.changes.is_empty()
    }

    fn make_known(&mut self, change: PresenceChange) {
        match change.presence {
            Presence::Offline => self.known.remove(&change.person),
            presence => self.known.insert(change.person, presence),
        };
        self.changes.push_back(change);
    }
}
