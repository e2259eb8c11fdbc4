use protocol::{
    Problem,
    media::AttachedPicture,
    post::{EditPost, NewPost},
};
use uuid::Uuid;

use super::{
    super::{edit, publish, remove},
    announced,
};
use crate::{
    limit::Limit,
    testing::{both, id, refusal, unrevised},
};

fn new(client_id: Uuid, body: &str) -> NewPost {
    NewPost { client_id: Some(client_id), body: body.to_owned(), ..NewPost::default() }
}

#[tokio::test]
async fn publishing_again_answers_with_the_first_post() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let client_id = Uuid::from_u128(7);
        let pictures = vec![AttachedPicture { id: seed.picture(&ana).await, alt: "a lake".into() }];
        let draft = NewPost { pictures, ..new(client_id, "hello") };
        let first = publish(&seed.cx, &ana, draft.clone()).await.expect("a post");
        let again = publish(&seed.cx, &ana, draft).await.expect("the same post");
        assert_eq!(unrevised(again), first);
        assert_eq!(seed.events.take(), announced(first.id, id(&ana)));
    })
    .await;
}

#[tokio::test]
async fn fifty_tries_at_once_publish_one_post() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let tries = (0..50).map(|_| {
            let (cx, ana) = (seed.cx.clone(), ana.clone());
            tokio::spawn(async move { publish(&cx, &ana, new(Uuid::from_u128(7), "hello")).await })
        });
        let mut posts: Vec<_> = Vec::new();
        for done in futures::future::join_all(tries).await {
            posts.push(done.expect("a task").expect("a post").id);
        }
        posts.dedup();
        assert_eq!(posts.len(), 1);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post").await, 1);
        assert_eq!(seed.events.take().len(), 2, "to everybody and to followers, once");
    })
    .await;
}

#[tokio::test]
async fn two_people_can_choose_the_same_id() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let one = publish(&seed.cx, &ana, new(Uuid::nil(), "mine")).await.expect("a post");
        let other = publish(&seed.cx, &ben, new(Uuid::nil(), "yours")).await.expect("a post");
        assert_eq!((one.body.as_str(), other.body.as_str()), ("mine", "yours"));
    })
    .await;
}

#[tokio::test]
async fn at_the_limit_a_retry_is_answered_and_something_new_is_not() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let first = publish(&seed.cx, &ana, new(Uuid::from_u128(7), "hello")).await.expect("a post");
        let change = EditPost { post: first.id, version: 0, body: "hello!".into(), pictures: Vec::new() };
        let edited = edit(&seed.cx, &ana, change.clone()).await.expect("an edited post");
        seed.spend_all(&ana);
        let edited = unrevised(edited);
        let again = publish(&seed.cx, &ana, new(Uuid::from_u128(7), "hello")).await.expect("the same post");
        assert_eq!(unrevised(again), edited);
        let again = edit(&seed.cx, &ana, change.clone()).await.expect("the same edit");
        assert_eq!(unrevised(again), edited);
        let fresh = refusal(publish(&seed.cx, &ana, new(Uuid::from_u128(8), "hello")).await);
        assert!(matches!(fresh, Problem::TooMany { .. }), "{fresh:?}");
        let other = refusal(edit(&seed.cx, &ana, EditPost { body: "other".into(), ..change }).await);
        assert!(matches!(other, Problem::TooMany { .. }), "{other:?}");
    })
    .await;
}

#[tokio::test]
async fn a_retry_takes_nothing_from_the_limit() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let retry = || publish(&seed.cx, &ana, new(Uuid::from_u128(7), "hello"));
        retry().await.expect("a post");
        let left = || {
            std::iter::repeat_with(|| seed.cx.limits.spend(Limit::Write, id(&ana)))
                .take_while(Result::is_ok)
                .count()
        };
        left();
        seed.clock.advance_seconds(1);
        let refilled = left();
        seed.clock.advance_seconds(1);
        for _ in 0..5 {
            retry().await.expect("the same post");
        }
        assert_eq!(left(), refilled);
    })
    .await;
}

#[tokio::test]
async fn a_retry_is_answered_whatever_the_rules_say_of_it_now() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let pictures = vec![AttachedPicture { id: seed.picture(&ana).await, alt: String::new() }];
        let first =
            publish(&seed.cx, &ana, NewPost { pictures, ..new(Uuid::from_u128(7), "hello") }).await.unwrap();
        for body in ["", &*"x".repeat(5_001)] {
            let again = publish(&seed.cx, &ana, new(Uuid::from_u128(7), body)).await;
            assert_eq!(unrevised(again.expect("the same post")), first);
        }
    })
    .await;
}

#[tokio::test]
async fn a_post_that_was_removed_does_not_come_back_by_a_late_try() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = publish(&seed.cx, &ana, new(Uuid::from_u128(7), "hello")).await.expect("a post");
        remove(&seed.cx, &ana, post.id).await.expect("a removal");
        let again = refusal(publish(&seed.cx, &ana, new(Uuid::from_u128(7), "hello")).await);
        assert_eq!(again, Problem::NotFound);
        seed.spend_all(&ana);
        remove(&seed.cx, &ana, post.id).await.expect("removing twice is removing once");
    })
    .await;
}
