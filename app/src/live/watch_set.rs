use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use protocol::{
    PostId,
    live::{ClientMessage, WATCHED_POSTS},
};

/// The posts that the page wants to be told about, and those that the server watches for this socket.
#[derive(Debug, Default)]
pub(super) struct WatchSet {
    wanted: HashMap<PostId, Wanted>,
    watched: HashSet<PostId>,
    last_turn: u64,
}

#[derive(Debug)]
struct Wanted {
    /// How many parts of the page want it.
    parts: usize,
    /// The greater, the later it was wanted first.
    turn: u64,
}

impl WatchSet {
    /// One more part of the page wants this post.
    pub(super) fn add(&mut self, post: PostId) {
        self.last_turn += 1;
        self.wanted.entry(post).or_insert(Wanted { parts: 0, turn: self.last_turn }).parts += 1;
    }

    /// One part of the page wants it no more.
    pub(super) fn remove(&mut self, post: PostId) {
        if let Some(wanted) = self.wanted.get_mut(&post) {
            wanted.parts -= 1;
            if wanted.parts == 0 {
                self.wanted.remove(&post);
            }
        }
    }

    /// A new socket watches nothing.
    pub(super) fn reset(&mut self) {
        self.watched.clear();
    }

    /// What the server has to be told, which it knows from now on.
    pub(super) fn take_change(&mut self) -> Option<ClientMessage> {
        let target = self.target();
        let remove: Vec<PostId> = self.watched.difference(&target).copied().collect();
        let add: Vec<PostId> = target.difference(&self.watched).copied().collect();
        self.watched = target;
        (!(add.is_empty() && remove.is_empty())).then_some(ClientMessage::Watch { add, remove })
    }

    /// The posts that shall be watched: of too many, those that were wanted last.
    fn target(&self) -> HashSet<PostId> {
        let mut wanted: Vec<(PostId, u64)> =
            self.wanted.iter().map(|(post, wanted)| (*post, wanted.turn)).collect();
        if wanted.len() > WATCHED_POSTS {
            wanted.sort_unstable_by_key(|(_, turn)| Reverse(*turn));
            wanted.truncate(WATCHED_POSTS);
        }
        wanted.into_iter().map(|(post, _)| post).collect()
    }
}

#[cfg(test)]
mod tests {
    use protocol::live::FRAME_BYTES;
    use uuid::Uuid;

    use super::*;

    fn post(number: u128) -> PostId {
        Uuid::from_u128(number).into()
    }

    /// What the server is told, in order.
    fn told(set: &mut WatchSet) -> (Vec<PostId>, Vec<PostId>) {
        match set.take_change() {
            Some(ClientMessage::Watch { mut add, mut remove }) => {
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
        set.add(post(1));
        set.add(post(2));
        assert_eq!(told(&mut set), (vec![post(1), post(2)], vec![]));
        assert_eq!(set.take_change(), None, "nothing has changed");
        set.remove(post(1));
        set.add(post(3));
        assert_eq!(told(&mut set), (vec![post(3)], vec![post(1)]));
        set.add(post(4));
        set.remove(post(4));
        assert_eq!(set.take_change(), None, "it came and went in between");
    }

    #[test]
    fn a_post_is_watched_until_its_last_card_is_far() {
        let mut set = WatchSet::default();
        set.add(post(1));
        set.add(post(1));
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
            set.add(post(number));
        }
        told(&mut set);
        set.remove(post(2));
        set.reset();
        assert_eq!(told(&mut set), (vec![post(1), post(3)], vec![]));
    }

    #[test]
    fn of_too_many_posts_the_latest_are_watched_and_the_others_when_there_is_room() {
        let mut set = WatchSet::default();
        let most = WATCHED_POSTS as u128;
        for number in 1..=most + 50 {
            set.add(post(number));
        }
        let latest: Vec<PostId> = (51..=most + 50).map(post).collect();
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
            set.add(post(number));
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
                assert!(frame.len() < FRAME_BYTES && set.watched.len() <= WATCHED_POSTS);
            }
        }
    }
}
