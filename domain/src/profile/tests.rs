mod details;
mod pictures;
mod username;

use protocol::{
    Page, PostId, Problem,
    post::PostView,
    presence::{Presence, PresenceView},
    profile::{AboutView, ProfileContent, ProfileDetails, ProfileTab, ProfileView, Relation},
};

use super::view;
use crate::{
    Scope,
    account::sign_up,
    follow,
    limit::Rates,
    post,
    testing::{Seed, StepCounter, TestDb, both, id, refusal},
};

async fn open(seed: &Seed, who: &Scope, username: &str) -> ProfileDetails {
    open_tab(seed, who, username, ProfileTab::Posts(None)).await
}

async fn open_tab(seed: &Seed, who: &Scope, username: &str, tab: ProfileTab) -> ProfileDetails {
    match view(&seed.cx, who, username, Some(tab)).await.expect("a profile") {
        ProfileView::Open(details) => details,
        stub @ ProfileView::YouBlocked { .. } => panic!("{stub:?}"),
    }
}

/// What Ben posted.
async fn posts(seed: &Seed, who: &Scope, before: Option<PostId>) -> Page<PostView> {
    match open_tab(seed, who, "ben", ProfileTab::Posts(before)).await.content {
        ProfileContent::Posts(posts) => posts,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_profile_says_who_it_is_and_how_the_reader_stands_to_them() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let joined_at = seed.cx.now();
        seed.clock.advance_seconds(3_600);
        seed.follow(&ana, &ben).await;
        let bens = |relation| ProfileDetails {
            person: ben.member().unwrap().clone(),
            presence: PresenceView { state: Presence::Offline, last_seen: Some(joined_at) },
            joined_at,
            followers: 1,
            following: 0,
            post_count: 0,
            relation,
            about: AboutView::default(),
            content: ProfileContent::Posts(Page::empty()),
        };
        assert_eq!(open(&seed, &ana, "ben").await, bens(Relation::Following));
        assert_eq!(open(&seed, &cid, "ben").await, bens(Relation::Stranger));
        assert_eq!(open(&seed, &ben, "ben").await, bens(Relation::Oneself));
        let anas = open(&seed, &ben, "ana").await;
        assert_eq!((anas.followers, anas.following, anas.relation), (0, 1, Relation::Follower));
    })
    .await;
}

#[tokio::test]
async fn a_profile_is_found_however_its_name_is_typed() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for typed in ["ana", "@ana", "ANA"] {
            assert_eq!(open(&seed, &ana, typed).await.person.username, "ana");
        }
    })
    .await;
}

#[tokio::test]
async fn followers_whom_the_reader_may_not_see_are_not_counted() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        for (who, whom) in [(&ana, &cid), (&ben, &cid), (&cid, &ana), (&cid, &ben)] {
            seed.follow(who, whom).await;
        }
        seed.block(&ana, &ben).await;
        for (who, expected) in [(&ana, 1), (&ben, 1), (&cid, 2)] {
            let profile = open(&seed, who, "cid").await;
            assert_eq!((profile.followers, profile.following), (expected, expected));
        }
    })
    .await;
}

#[tokio::test]
async fn who_does_not_exist_or_is_not_verified_is_not_found() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        sign_up(&seed.cx, &Seed::nobody(), Seed::form("ben")).await.unwrap();
        let endless = "a".repeat(10_000);
        for name in ["ben", "unknown", "", "no such name", "ana\0", "a/../b", "\u{202e}ana", &endless] {
            assert_eq!(refusal(view(&seed.cx, &ana, name, None).await), Problem::NotFound, "{name:.20}");
        }
        assert_eq!(refusal(view(&seed.cx, &Seed::nobody(), "ana", None).await), Problem::SignInNeeded);
    })
    .await;
}

#[tokio::test]
async fn a_profile_shows_what_its_person_posted_and_goes_on_below() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        for number in 0..25 {
            seed.post(&ben, &format!("{number}")).await;
            seed.post(&ana, "not his").await;
        }
        let first = posts(&seed, &ana, None).await;
        let then = posts(&seed, &ana, first.items.last().map(|post| post.id)).await;
        assert_eq!((first.items.len(), first.more, then.items.len(), then.more), (20, true, 5, false));
        let bodies: Vec<_> = first.items.into_iter().chain(then.items).map(|post| post.body).collect();
        assert_eq!(bodies, (0..25).rev().map(|number| number.to_string()).collect::<Vec<_>>());
    })
    .await;
}

/// Ben has two followers and follows two people; of each, one is hidden from Ana.
#[tokio::test]
async fn the_counts_of_a_profile_are_the_lengths_of_what_the_reader_may_see() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (cid, dora) = (seed.person("cid").await, seed.person("dora").await);
        for other in [&cid, &dora] {
            seed.follow(other, &ben).await;
            seed.follow(&ben, other).await;
        }
        let first = seed.post(&ben, "one").await.id;
        seed.post(&ben, "two").await;
        seed.block(&cid, &ana).await;
        let counts = async |who| {
            let profile = open(&seed, who, "ben").await;
            (profile.followers, profile.following, profile.post_count)
        };
        assert_eq!((counts(&ana).await, counts(&dora).await), ((1, 1, 2), (2, 2, 2)));
        post::remove(&seed.cx, &ben, first).await.expect("a removal");
        post::remove(&seed.cx, &ben, first).await.expect("removing twice is removing once");
        assert_eq!(counts(&ana).await, (1, 1, 1));
        post::restore(&seed.cx, &ben, first).await.expect("the post");
        post::restore(&seed.cx, &ben, first).await.expect("the post, which was not removed");
        assert_eq!(counts(&ana).await, (1, 1, 2));
        follow::unfollow(&seed.cx, &dora, id(&ben)).await.expect("no follow");
        assert_eq!((counts(&ana).await, counts(&dora).await), ((0, 1, 2), (1, 2, 2)));
        seed.block(&ben, &dora).await;
        assert_eq!((counts(&ana).await, counts(&ben).await), ((0, 0, 2), (1, 1, 2)));
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn a_profile_takes_three_statements_and_reads_no_table_whole() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let cid = seed.person("cid").await;
        seed.follow(&cid, &ben).await;
        seed.post(&ben, "hello").await;
        seed.block(&ana, &cid).await;
        seed.query_log.take();
        open(&seed, &ana, "ben").await;
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 3);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_profile_costs_the_same_however_many_people_follow_its_person() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let ana = seed.person("ana").await;
    seed.block(&ana, &seed.person("ben").await).await;
    seed.grow().await;
    let counter = StepCounter::new(seed.cx.db.read()).await;
    let (mut many, mut few) = (u64::MAX, u64::MAX);
    // SQLite counts the steps of planning, too, and each connection plans a statement once: some rounds are without it.
    for _ in 0..30 {
        let (popular, steps) = counter.of(open(&seed, &ana, "grown1")).await;
        assert_eq!((popular.followers, popular.following), (1_999, 0));
        many = many.min(steps);
        let (unknown, steps) = counter.of(open(&seed, &ana, "grown2")).await;
        assert_eq!((unknown.followers, unknown.following), (0, 1));
        few = few.min(steps);
    }
    assert!(
        many <= few + few / 10,
        "{many} steps for a profile with 1,999 followers, {few} for one with none"
    );
}
