use protocol::{
    AccountId, PostId, Problem, Timestamp,
    post::Counts,
    profile::{ListedPerson, PeopleCursor, Relation},
};
use uuid::Uuid;

use super::{counts, like, people, unlike};
use crate::{
    Scope, feed,
    post::{self, counts::changed},
    testing::{Seed, both, id, refusal},
};

#[tokio::test]
async fn a_like_counts_for_everybody_and_is_announced() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await;
        seed.events.take();
        let answer = like(&seed.cx, &ben, post.id).await.expect("a like");
        assert_eq!(numbers(answer), (1, 0));
        assert_eq!(numbers(counts(&seed.cx, &ana, post.id).await.unwrap()), (1, 0));
        assert!(post::view(&seed.cx, &ben, post.id).await.unwrap().liked);
        assert!(!post::view(&seed.cx, &ana, post.id).await.unwrap().liked);
        assert_eq!(seed.events.take_besides_notifications(), [changed(post.id).into()]);
    })
    .await;
}

#[tokio::test]
async fn liking_twice_is_liking_once() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await;
        let first = seed.like(&ben, post.id).await;
        seed.events.take();
        assert_eq!(numbers(seed.like(&ben, post.id).await), numbers(first));
        assert!(seed.events.take_besides_notifications().is_empty(), "nothing changed, nothing is announced");
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn a_like_taken_back_counts_no_more() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await;
        seed.like(&ana, post.id).await;
        seed.like(&ben, post.id).await;
        let left = unlike(&seed.cx, &ben, post.id).await.expect("an undone like");
        assert_eq!(numbers(left), (1, 0));
        assert!(!post::view(&seed.cx, &ben, post.id).await.unwrap().liked);
        assert!(post::view(&seed.cx, &ana, post.id).await.unwrap().liked);
        let again = unlike(&seed.cx, &ben, post.id).await.unwrap();
        assert_eq!(numbers(again), numbers(left), "undoing twice is undoing once");
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn whatever_is_read_later_has_a_greater_revision() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await;
        let mut revisions = vec![post.counts.revision];
        for who in [&ana, &ben] {
            revisions.push(seed.like(who, post.id).await.revision);
            seed.comment(who, post.id, "seen").await;
            revisions.push(post::view(&seed.cx, who, post.id).await.unwrap().counts.revision);
            revisions.push(unlike(&seed.cx, who, post.id).await.unwrap().revision);
        }
        let page = feed::page(&seed.cx, &ana, protocol::feed::FeedQuery::default()).await.unwrap();
        revisions.push(page.items[0].counts.revision);
        assert!(revisions.is_sorted_by(|earlier, later| earlier < later), "{revisions:?}");
    })
    .await;
}

const fn numbers(counts: Counts) -> (u32, u32) {
    (counts.likes, counts.comments)
}

#[tokio::test]
async fn likes_of_people_with_a_block_between_are_not_counted_for_each_other() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await;
        for who in [&ana, &ben, &cid] {
            seed.like(who, post.id).await;
        }
        seed.block(&ana, &ben).await;
        for (who, expected) in [(&ana, 2), (&ben, 2), (&cid, 3)] {
            assert_eq!(counts(&seed.cx, who, post.id).await.unwrap().likes, expected);
            assert_eq!(post::view(&seed.cx, who, post.id).await.unwrap().counts.likes, expected);
            let page = feed::page(&seed.cx, who, protocol::feed::FeedQuery::default()).await.unwrap();
            assert_eq!(page.items[0].counts.likes, expected);
        }
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_post_cannot_be_liked() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await;
        let comment = seed.comment(&ana, post.id, "hello back").await;
        seed.events.take();
        for other in [Uuid::nil(), comment.id.into(), id(&ana).into()] {
            let other = PostId::from(other);
            assert_eq!(refusal(like(&seed.cx, &ana, other).await), Problem::NotFound);
            assert_eq!(refusal(unlike(&seed.cx, &ana, other).await), Problem::NotFound);
            assert_eq!(refusal(counts(&seed.cx, &ana, other).await), Problem::NotFound);
            assert_eq!(refusal(people(&seed.cx, &ana, other, None).await), Problem::NotFound);
        }
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post_like").await, 0);
        assert!(seed.events.take_besides_notifications().is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_likes_without_signing_in() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let nobody = Seed::nobody();
        assert_eq!(refusal(like(&seed.cx, &nobody, post).await), Problem::SignInNeeded);
        assert_eq!(refusal(unlike(&seed.cx, &nobody, post).await), Problem::SignInNeeded);
        assert_eq!(refusal(counts(&seed.cx, &nobody, post).await), Problem::SignInNeeded);
        assert_eq!(refusal(people(&seed.cx, &nobody, post, None).await), Problem::SignInNeeded);
    })
    .await;
}

#[tokio::test]
async fn the_list_of_people_is_as_long_as_the_count_and_has_neither_gaps_nor_doubles() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let mut liked = Vec::new();
        for number in 0..43 {
            let who = seed.person(&format!("person{number}")).await;
            seed.like(&who, post).await;
            liked.push((seed.cx.now(), id(&who)));
            // Five likes at the same moment, all through the list.
            if number % 5 == 0 {
                seed.clock.advance_seconds(1);
            }
        }
        liked.sort_unstable_by(|one, other| other.cmp(one));
        assert_eq!(read_through(&seed, &ana, post).await, liked);
        assert_eq!(counts(&seed.cx, &ana, post).await.unwrap().likes, 43);
    })
    .await;
}

/// The whole list, page by page.
async fn read_through(seed: &Seed, who: &Scope, post: PostId) -> Vec<(Timestamp, AccountId)> {
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = people(&seed.cx, who, post, after).await.expect("a page");
        seen.extend(page.items.iter().map(|listed| (listed.since, listed.person.id)));
        after = page.items.last().map(ListedPerson::cursor);
        if !page.more {
            return seen;
        }
    }
}

#[tokio::test]
async fn whoever_liked_last_stands_first_on_the_list() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "hello").await.id;
        for who in [&cid, &ana, &ben] {
            seed.clock.advance_seconds(1);
            seed.like(who, post).await;
        }
        let order = || async {
            let listed = people(&seed.cx, &ana, post, None).await.unwrap().items;
            listed.into_iter().map(|listed| listed.person.username).collect::<Vec<_>>()
        };
        assert_eq!(order().await, ["ben", "ana", "cid"]);
        unlike(&seed.cx, &cid, post).await.unwrap();
        seed.clock.advance_seconds(1);
        seed.like(&cid, post).await;
        assert_eq!(order().await, ["cid", "ben", "ana"]);
    })
    .await;
}

#[tokio::test]
async fn the_list_says_whom_the_reader_follows() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "hello").await.id;
        for who in [&ana, &ben, &cid] {
            seed.clock.advance_seconds(1);
            seed.like(who, post).await;
        }
        seed.follow(&ana, &ben).await;
        seed.follow(&cid, &ana).await;
        let listed = people(&seed.cx, &ana, post, None).await.unwrap().items;
        let relations: Vec<Relation> = listed.into_iter().map(|listed| listed.relation).collect();
        assert_eq!(relations, [Relation::Follower, Relation::Following, Relation::Oneself]);
    })
    .await;
}

#[tokio::test]
async fn a_cursor_out_of_all_time_is_a_place_like_any_other() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        seed.like(&ana, post).await;
        for (micros, expected) in [(i64::MIN, 0), (0, 0), (i64::MAX, 1)] {
            let after = PeopleCursor { since: Timestamp::from_micros(micros), person: Uuid::nil().into() };
            assert_eq!(people(&seed.cx, &ana, post, Some(after)).await.unwrap().items.len(), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn at_the_limit_what_is_pressed_already_is_answered_and_nothing_else() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let counts = seed.like(&ana, post).await;
        seed.spend_all(&ana);
        let again = like(&seed.cx, &ana, post).await.expect("the same counts");
        assert_eq!(numbers(again), numbers(counts));
        assert!(matches!(refusal(unlike(&seed.cx, &ana, post).await), Problem::TooMany { .. }));
        seed.clock.advance_seconds(60);
        let without = unlike(&seed.cx, &ana, post).await.expect("a like taken back");
        seed.spend_all(&ana);
        let again = unlike(&seed.cx, &ana, post).await.expect("the same counts");
        assert_eq!(numbers(again), numbers(without));
        assert!(matches!(refusal(like(&seed.cx, &ana, post).await), Problem::TooMany { .. }));
    })
    .await;
}
