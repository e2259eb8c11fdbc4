//! What was delivered lately, so that a page that was made a second ago, or a socket that broke, is told what it missed and
//! nothing else.

use std::{collections::VecDeque, sync::Arc};

use protocol::{AccountId, SessionId};

use super::delivery::Delivery;

/// Entries that are kept at most.
const ENTRIES: usize = 4_096;
/// Bytes of frames that are kept at most.
const BYTES: usize = 2 * 1024 * 1024;

/// The latest entries, in the order of their revisions.
pub(super) struct Log {
    entries: VecDeque<(i64, Entry)>,
    bytes: usize,
    /// Everything after this revision is in the log.
    horizon: i64,
}

#[derive(Debug, Clone)]
pub(super) enum Entry {
    Delivery(Arc<Delivery>),
    RelationsChanged([AccountId; 2]),
    SignedOut { account: AccountId, session: Option<SessionId> },
}

impl Log {
    pub(super) const fn new(horizon: i64) -> Self {
        Self { entries: VecDeque::new(), bytes: 0, horizon }
    }

    /// Keeps an entry. Revisions grow.
    pub(super) fn push(&mut self, revision: i64, entry: Entry) {
        self.bytes += entry.len();
        self.entries.push_back((revision, entry));
        while self.entries.len() > ENTRIES || self.bytes > BYTES {
            let Some((revision, oldest)) = self.entries.pop_front() else { break };
            self.bytes -= oldest.len();
            self.horizon = revision;
        }
    }

    /// What came after this revision; none when that is not known any more.
    pub(super) fn since(&self, revision: i64) -> Option<impl Iterator<Item = &(i64, Entry)>> {
        if revision < self.horizon {
            return None;
        }
        let first = self.entries.partition_point(|(other, _)| *other <= revision);
        Some(self.entries.range(first..))
    }
}

impl Entry {
    fn len(&self) -> usize {
        match self {
            Self::Delivery(delivery) => delivery.len(),
            Self::RelationsChanged(_) | Self::SignedOut { .. } => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry::RelationsChanged([uuid::Uuid::nil().into(); 2])
    }

    #[test]
    fn what_came_after_a_revision_is_known_as_far_back_as_the_log_goes() {
        let mut log = Log::new(10);
        for revision in 11..=20 {
            log.push(revision, entry());
        }
        let known = |since| log.since(since).map(Iterator::count);
        assert_eq!(
            [known(9), known(10), known(15), known(20), known(99)],
            [None, Some(10), Some(5), Some(0), Some(0)]
        );
    }

    #[test]
    fn a_full_log_says_that_it_has_lost_the_oldest() {
        let mut log = Log::new(0);
        let most = i64::try_from(ENTRIES).expect("a small number");
        for revision in 1..=most + 1 {
            log.push(revision, entry());
        }
        assert!(log.since(0).is_none());
        assert_eq!(log.since(1).map(Iterator::count), Some(ENTRIES));
    }
}
