use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use protocol::live::{ClientMessage, Topic, WATCHED_TOPICS, Watched};

/// The topics that the page wants to be told about, and those that the server watches for this socket.
#[derive(Debug, Default)]
pub(super) struct WatchSet {
    wanted: HashMap<Topic, Wanted>,
    watched: HashSet<Topic>,
    last_turn: u64,
}

#[derive(Debug)]
struct Wanted {
    /// How many parts of the page want it.
    parts: usize,
    /// The greater, the later it was wanted first.
    turn: u64,
    /// The revision up to which the page knows it.
    since: i64,
}

impl WatchSet {
    /// One more part of the page, which knows everything up to `since`, wants this topic.
    pub(super) fn add(&mut self, topic: Topic, since: i64) {
        self.last_turn += 1;
        let wanted = self.wanted.entry(topic).or_insert(Wanted { parts: 0, turn: self.last_turn, since });
        wanted.parts += 1;
        // What one part knows, the other may not.
        wanted.since = wanted.since.min(since);
    }

    /// One part of the page wants it no more.
    pub(super) fn remove(&mut self, topic: Topic) {
        if let Some(wanted) = self.wanted.get_mut(&topic) {
            wanted.parts -= 1;
            if wanted.parts == 0 {
                self.wanted.remove(&topic);
            }
        }
    }

    /// A new socket watches nothing. On the one before, everything up to the revision `received` had come.
    pub(super) fn reset(&mut self, received: i64) {
        for topic in self.watched.drain() {
            if let Some(wanted) = self.wanted.get_mut(&topic) {
                wanted.since = wanted.since.max(received);
            }
        }
    }

    /// What the server has to be told, which it knows from now on.
    pub(super) fn take_change(&mut self) -> Option<ClientMessage> {
        let target = self.target();
        let remove: Vec<Topic> = self.watched.difference(&target).copied().collect();
        let add: Vec<Watched> = target
            .difference(&self.watched)
            .filter_map(|topic| Some(Watched { topic: *topic, since: self.wanted.get(topic)?.since }))
            .collect();
        self.watched = target;
        (!(add.is_empty() && remove.is_empty())).then_some(ClientMessage::Watch { add, remove })
    }

    /// The topics that shall be watched: of too many, those that were wanted last.
    fn target(&self) -> HashSet<Topic> {
        let mut wanted: Vec<(Topic, u64)> =
            self.wanted.iter().map(|(topic, wanted)| (*topic, wanted.turn)).collect();
        if wanted.len() > WATCHED_TOPICS {
            wanted.sort_unstable_by_key(|(_, turn)| Reverse(*turn));
            wanted.truncate(WATCHED_TOPICS);
        }
        wanted.into_iter().map(|(topic, _)| topic).collect()
    }
}

#[cfg(test)]
mod tests {
    use protocol::live::FRAME_BYTES;
    use uuid::Uuid;

    use super::*;

    fn post(number: u128) -> Topic {
        Topic::Post(Uuid::from_u128(number).into())
    }

    /// What the server is told, in order.
    fn told(set: &mut WatchSet) -> (Vec<Topic>, Vec<Topic>) {
        match set.take_change() {
            Some(ClientMessage::Watch { add, mut remove }) => {
                let mut add: Vec<Topic> = add.into_iter().map(|watched| watched.topic).collect();
                add.sort_unstable();
                remove.sort_unstable();
                (add, remove)
            }
            _ => (Vec::new(), Vec::new()),
        }
    }

    #[test]
    fn only_what_has_changed_is_said() {
        let mut set = WatchSet::default();
        set.add(post(1), 1);
        set.add(post(2), 1);
        assert_eq!(told(&mut set), (vec![post(1), post(2)], vec![]));
        assert_eq!(set.take_change(), None, "nothing has changed");
        set.remove(post(1));
        set.add(post(3), 1);
        assert_eq!(told(&mut set), (vec![post(3)], vec![post(1)]));
        set.add(post(4), 1);
        set.remove(post(4));
        assert_eq!(set.take_change(), None, "it came and went in between");
    }

    #[test]
    fn a_post_is_watched_until_its_last_card_is_far() {
        let mut set = WatchSet::default();
        set.add(post(1), 1);
        set.add(post(1), 1);
        told(&mut set);
        set.remove(post(1));
        assert_eq!(set.take_change(), None);
        set.remove(post(1));
        assert_eq!(told(&mut set), (vec![], vec![post(1)]));
        set.remove(post(1));
        assert_eq!(set.take_change(), None);
    }

    #[test]
    fn a_new_socket_is_told_everything() {
        let mut set = WatchSet::default();
        for number in 1..=3 {
            set.add(post(number), 1);
        }
        told(&mut set);
        set.remove(post(2));
        set.reset(5);
        assert_eq!(told(&mut set), (vec![post(1), post(3)], vec![]));
    }

    #[test]
    fn of_too_many_posts_the_latest_are_watched_and_the_others_when_there_is_room() {
        let mut set = WatchSet::default();
        let most = WATCHED_TOPICS as u128;
        for number in 1..=most + 50 {
            set.add(post(number), 1);
        }
        let latest: Vec<Topic> = (51..=most + 50).map(post).collect();
        assert_eq!(told(&mut set), (latest, vec![]));
        for number in most + 1..=most + 50 {
            set.remove(post(number));
        }
        let (add, remove) = told(&mut set);
        assert_eq!(add, (1..=50).map(post).collect::<Vec<_>>());
        assert_eq!(remove, (most + 1..=most + 50).map(post).collect::<Vec<_>>());
    }

    #[test]
    fn whoever_reads_an_endless_feed_watches_few_posts_and_says_small_frames() {
        let mut set = WatchSet::default();
        let mut near = std::collections::VecDeque::new();
        for number in 0..5_000 {
            near.push_back(post(number));
            set.add(post(number), 1);
            // A screen that is nine hundred posts high, which are gathered twenty at a time.
            if near.len() > 900
                && let Some(far) = near.pop_front()
            {
                set.remove(far);
            }
            if number % 20 == 0
                && let Some(change) = set.take_change()
            {
                let frame = serde_json::to_string(&change).expect("a frame");
                assert!(frame.len() < FRAME_BYTES && set.watched.len() <= WATCHED_TOPICS);
            }
        }
    }

    #[test]
    fn a_new_socket_is_told_up_to_where_everything_had_come() {
        let since = |set: &mut WatchSet| match set.take_change() {
            Some(ClientMessage::Watch { add, .. }) => add.iter().map(|watched| watched.since).collect(),
            _ => Vec::new(),
        };
        let mut set = WatchSet::default();
        set.add(post(1), 3);
        assert_eq!(since(&mut set), [3]);
        set.reset(7);
        assert_eq!(since(&mut set), [7]);
        set.reset(6);
        assert_eq!(since(&mut set), [7], "what the page knows it does not forget");
        set.add(post(2), 4);
        set.reset(9);
        assert_eq!(since(&mut set).iter().max(), Some(&9));
        set.remove(post(2));
        set.add(post(2), 4);
        set.reset(9);
        set.add(post(2), 2);
        assert_eq!(
            set.wanted.get(&post(2)).map(|wanted| wanted.since),
            Some(2),
            "what one part knows, another may not"
        );
    }
}
