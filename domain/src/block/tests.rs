//! The matrix of surface and relation: what a block hides, on every way to people and their things. `matrix.rs` says
//! which test proves which way.

mod blocklist;
mod chats;
mod comments;
mod history;
mod live;
mod notifications;
mod people;
mod pictures;
mod posts;
mod presence;
mod third_parties;

use std::{fmt::Debug, sync::Arc};

use protocol::Problem;

use super::matrix::{CLIENT_MESSAGES, Entry, SERVER_MESSAGES, use_cases};
use crate::{
    Cx, Error, Scope,
    testing::{Seed, both},
};

/// How Ana, who asks, stands to Ben.
#[derive(Debug, Clone, Copy)]
enum Relation {
    Stranger,
    Follower,
    Blocked,
    Blocker,
}

/// What is expected in each relation; none can be left out.
struct Each<T> {
    stranger: T,
    follower: T,
    blocked: T,
    blocker: T,
}

/// What only people without a block between them have.
const SEEN: Each<bool> = Each { stranger: true, follower: true, blocked: false, blocker: false };
/// What is not found by both.
const NOT_FOUND: Each<Option<Problem>> = Each {
    stranger: None,
    follower: None,
    blocked: Some(Problem::NotFound),
    blocker: Some(Problem::NotFound),
};
/// What is not found by who is blocked, while who blocks is reminded of it.
const REMINDED: Each<Option<Problem>> = Each {
    stranger: None,
    follower: None,
    blocked: Some(Problem::NotFound),
    blocker: Some(Problem::YouBlocked),
};
/// What goes well for everybody.
const DONE: Each<Option<Problem>> = Each { stranger: None, follower: None, blocked: None, blocker: None };

/// Ana, who asks; Ben; and Cid, who has a block with nobody. All three are new in each scene.
struct Scene {
    seed: Arc<Seed>,
    relation: Relation,
    ana: Scope,
    ben: Scope,
    cid: Scope,
}

impl Scene {
    async fn new(seed: &Arc<Seed>, relation: Relation) -> Self {
        let [ana, ben, cid] = ["ana", "ben", "cid"].map(|name| format!("{name}_{relation:?}").to_lowercase());
        Self {
            seed: Arc::clone(seed),
            relation,
            ana: seed.person(&ana).await,
            ben: seed.person(&ben).await,
            cid: seed.person(&cid).await,
        }
    }

    fn cx(&self) -> &Cx {
        &self.seed.cx
    }

    fn bens_name(&self) -> &str {
        &self.ben.member().expect("a person").username
    }

    /// From here on Ana stands to Ben as the scene wants. What comes before is arranged among strangers.
    async fn relate(&self) {
        match self.relation {
            Relation::Stranger => {}
            Relation::Follower => self.seed.follow(&self.ana, &self.ben).await,
            Relation::Blocked => self.seed.block(&self.ben, &self.ana).await,
            Relation::Blocker => self.seed.block(&self.ana, &self.ben).await,
        }
    }
}

/// Plays a scene in each relation, on both databases.
async fn across<T: Debug + PartialEq, F: Future<Output = T>>(expected: Each<T>, play: impl Fn(Scene) -> F) {
    let (expected, play) = (&expected, &play);
    both(|seed| async move {
        let seed = Arc::new(seed);
        for (relation, expected) in [
            (Relation::Stranger, &expected.stranger),
            (Relation::Follower, &expected.follower),
            (Relation::Blocked, &expected.blocked),
            (Relation::Blocker, &expected.blocker),
        ] {
            let outcome = play(Scene::new(&seed, relation).await).await;
            assert_eq!(outcome, *expected, "{relation:?}");
        }
        seed.assert_counters_are_right().await;
    })
    .await;
}

/// Why something was refused, if it was.
fn refused<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

const SOURCES: [&str; 10] = [
    include_str!("tests/chats.rs"),
    include_str!("tests/comments.rs"),
    include_str!("tests/third_parties.rs"),
    include_str!("tests/history.rs"),
    include_str!("tests/live.rs"),
    include_str!("tests/notifications.rs"),
    include_str!("tests/people.rs"),
    include_str!("tests/pictures.rs"),
    include_str!("tests/posts.rs"),
    include_str!("tests/presence.rs"),
];

fn entries() -> impl Iterator<Item = &'static Entry> {
    use_cases().chain([CLIENT_MESSAGES, SERVER_MESSAGES].into_iter().flatten())
}

/// Name and text of each test of the matrix.
fn tests() -> Vec<(&'static str, &'static str)> {
    let texts = SOURCES.into_iter().flat_map(|source| source.split("#[tokio::test]\nasync fn ").skip(1));
    texts.filter_map(|text| text.split_once("() {")).collect()
}

#[test]
fn every_entry_names_tests_or_says_why_it_needs_none() {
    let tests = tests();
    for Entry { name, tests: cited, reason } in entries() {
        assert_ne!(cited.is_empty(), reason.is_empty(), "{name}");
        for test in *cited {
            assert_eq!(tests.iter().filter(|(known, _)| known == test).count(), 1, "{name}: {test}");
        }
    }
}

#[test]
fn every_test_goes_across_all_relations_and_proves_an_entry() {
    let cited: Vec<&str> = entries().flat_map(|entry| entry.tests).copied().collect();
    assert!(tests().len() > 30);
    for (name, text) in tests() {
        assert!(text.contains("    across("), "{name} plays in some relations only");
        assert!(cited.contains(&name), "{name} is cited nowhere");
    }
}
