//! The lists of followers and of people who are followed.

use protocol::{
    AccountId, Problem,
    follow::{FollowList, FollowListView, FollowQuery},
    profile::{ListedPerson, PeopleCursor, Relation},
};

use super::super::{list, unfollow};
use crate::{
    Scope,
    limit::Rates,
    testing::{Seed, StepCounter, TestDb, both, id, refusal},
};

fn query(username: &str, which: FollowList, name: &str, after: Option<PeopleCursor>) -> FollowQuery {
    FollowQuery { username: username.to_owned(), list: which, name: name.to_owned(), after }
}

async fn followers(seed: &Seed, who: &Scope, username: &str, name: &str) -> FollowListView {
    list(&seed.cx, who, query(username, FollowList::Followers, name, None)).await.expect("a list")
}

fn names(view: FollowListView) -> Vec<String> {
    view.people.items.into_iter().map(|listed| listed.person.username).collect()
}

#[tokio::test]
async fn both_lists_are_as_long_as_their_counts_and_have_neither_gaps_nor_doubles() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut expected: Vec<AccountId> = Vec::new();
        for number in 0..43 {
            let who = seed.person(&format!("person{number}")).await;
            seed.follow(&who, &ben).await;
            seed.follow(&ben, &who).await;
            expected.push(id(&who));
            // Several follows at the same moment, all through the list.
            if number % 5 == 0 {
                seed.clock.advance_seconds(1);
            }
        }
        expected.sort_unstable();
        for which in [FollowList::Followers, FollowList::Following] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let view = list(&seed.cx, &ana, query("ben", which, "", after)).await.expect("a page");
                assert_eq!((view.followers, view.following), (43, 43));
                seen.extend(view.people.items.iter().map(|listed| (listed.since, listed.person.id)));
                after = view.people.items.last().map(ListedPerson::cursor);
                if !view.people.more {
                    break;
                }
            }
            assert!(seen.is_sorted_by(|one, other| one > other), "the latest first");
            let mut people: Vec<AccountId> = seen.into_iter().map(|(_, person)| person).collect();
            people.sort_unstable();
            assert_eq!(people, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn each_row_says_how_the_reader_stands_to_the_person() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (cid, dora, eve) =
            (seed.person("cid").await, seed.person("dora").await, seed.person("eve").await);
        for who in [&eve, &dora, &cid, &ana] {
            seed.clock.advance_seconds(1);
            seed.follow(who, &ben).await;
        }
        seed.follow(&ana, &cid).await;
        seed.follow(&cid, &ana).await;
        seed.follow(&dora, &ana).await;
        let people = followers(&seed, &ana, "ben", "").await.people.items;
        let relations: Vec<Relation> = people.iter().map(|listed| listed.relation).collect();
        assert_eq!(relations, [Relation::Oneself, Relation::Mutual, Relation::Follower, Relation::Stranger]);
        unfollow(&seed.cx, &ana, id(&cid)).await.expect("no follow");
        let people = followers(&seed, &ana, "ben", "").await.people.items;
        assert_eq!(people[1].relation, Relation::Follower);
    })
    .await;
}

#[tokio::test]
async fn a_list_is_searched_by_parts_of_names() {
    both(|seed| async move {
        let ben = seed.person("ben").await;
        for name in ["anna", "hannah", "johanna", "joe"] {
            seed.clock.advance_seconds(1);
            let who = seed.person(name).await;
            seed.follow(&who, &ben).await;
        }
        seed.person("annette").await;
        for (typed, expected) in [
            ("ann", &["johanna", "hannah", "anna"][..]),
            ("ÁNN", &["johanna", "hannah", "anna"]),
            ("jo", &["joe", "johanna"]),
            ("jo tester", &["joe", "johanna"]),
            ("han te", &["johanna", "hannah"]),
            ("  '\"%_* ", &["joe", "johanna", "hannah", "anna"]),
            ("nobody", &[]),
        ] {
            let view = followers(&seed, &ben, "ben", typed).await;
            assert_eq!(view.followers, 4, "the count is that of the list");
            assert_eq!(names(view), expected, "{typed}");
        }
    })
    .await;
}

#[tokio::test]
async fn lists_of_nobody_and_for_nobody_are_refused() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for nobody in ["nobody", "", "\u{0}", "a' OR 1=1", &"x".repeat(2_000)] {
            let refused = list(&seed.cx, &ana, query(nobody, FollowList::Followers, "", None)).await;
            assert_eq!(refusal(refused), Problem::NotFound, "{nobody}");
        }
        let refused = list(&seed.cx, &Seed::nobody(), query("ana", FollowList::Following, "", None)).await;
        assert_eq!(refusal(refused), Problem::SignInNeeded);
        assert_eq!(names(followers(&seed, &ana, "ana", "").await), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_list_takes_three_statements_and_reads_no_table_whole() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.follow(&cid, &ben).await;
        seed.block(&ana, &cid).await;
        for which in [FollowList::Followers, FollowList::Following] {
            for name in ["", "be", "tester"] {
                seed.query_log.take();
                list(&seed.cx, &ana, query("ben", which, name, None)).await.expect("a list");
                let statements = seed.query_log.take();
                assert_eq!(statements.len(), 3);
                assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_of_followers_costs_the_same_however_many_there_are() {
    let seed = Seed::new(TestDb::sqlite(Rates::default()).await);
    let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
    for number in 0..25 {
        let who = seed.person(&format!("person{number}")).await;
        seed.follow(&who, &ben).await;
    }
    seed.grow().await;
    let counter = StepCounter::new(seed.cx.db.read()).await;
    let (mut many, mut few) = (u64::MAX, u64::MAX);
    // SQLite counts the steps of planning, too, and each connection plans a statement once: some rounds are without it.
    for _ in 0..30 {
        many = many.min(counter.of(followers(&seed, &ana, "grown1", "")).await.1);
        few = few.min(counter.of(followers(&seed, &ana, "ben", "")).await.1);
    }
    assert!(many <= few + few / 10, "{many} steps for a page of 1,999 followers, {few} for one of 25");
}
