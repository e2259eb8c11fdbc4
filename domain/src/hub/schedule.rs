//! When what depends on its readers is read: at once, and then at most once in an interval, however often it changes.

use std::{collections::HashMap, time::Duration};

use protocol::{AccountId, live::Topic};

/// Between two readings of the same.
pub const INTERVAL: Duration = Duration::from_secs(1);

/// How a topic stands, to be read for its watchers or for one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Question {
    /// What is to be read.
    pub topic: Topic,
    /// For whom; for all who watch the topic when nobody is named.
    pub account: Option<AccountId>,
}

/// What is to be read, and what was read within the last interval. Times are those of a clock that never goes back.
#[derive(Default)]
pub(super) struct Schedule {
    due: HashMap<Question, Duration>,
    read: HashMap<Question, Duration>,
}

impl Schedule {
    /// Has this read as soon as its interval is over.
    pub(super) fn add(&mut self, question: Question, now: Duration) {
        let free = self.read.get(&question).map_or(now, |read| now.max(*read + INTERVAL));
        self.due.entry(question).or_insert(free);
    }

    /// Takes out what is due within this time.
    pub(super) fn take(&mut self, now: Duration, within: Duration) -> Vec<Question> {
        self.read.retain(|_, read| *read + INTERVAL > now);
        let is_due = |time: &Duration| *time <= now + within;
        let due: Vec<Question> =
            self.due.iter().filter(|(_, time)| is_due(time)).map(|(question, _)| *question).collect();
        for question in &due {
            self.due.remove(question);
            self.read.insert(*question, now);
        }
        due
    }

    /// When the next one is due.
    pub(super) fn next(&self) -> Option<Duration> {
        self.due.values().min().copied()
    }

    /// Whether something is to be read for this account alone.
    pub(super) fn waits_for(&self, account: AccountId) -> bool {
        self.due.keys().any(|question| question.account == Some(account))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_change_is_read_at_once_and_all_others_of_a_second_together() {
        let question = Question { topic: Topic::Badges, account: None };
        let at = Duration::from_secs;
        let mut schedule = Schedule::default();
        schedule.add(question, at(5));
        assert_eq!(schedule.take(at(5), Duration::ZERO), [question]);
        for _ in 0..500 {
            schedule.add(question, at(5));
        }
        assert_eq!((schedule.take(at(5), Duration::ZERO), schedule.next()), (vec![], Some(at(6))));
        assert_eq!(schedule.take(at(6), Duration::ZERO), [question]);
        assert_eq!(schedule.next(), None);
        schedule.take(at(7), Duration::ZERO);
        assert!(schedule.read.is_empty(), "nothing is kept for longer than it counts");
    }
}
