use protocol::{
    Problem,
    comment::{EditComment, NewComment},
    post::Counts,
};
use uuid::Uuid;

use super::{below, read};
use crate::{
    block,
    comment::{edit, remove, write},
    post,
    testing::{both, id, refusal},
};

fn under(client_id: u128, new: NewComment) -> NewComment {
    NewComment { client_id: Some(Uuid::from_u128(client_id)), ..new }
}

#[tokio::test]
async fn writing_again_answers_with_the_first_comment() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let new =
            |body: &str| under(7, NewComment { client_id: None, post, answers: None, body: body.into() });
        let first = write(&seed.cx, &ana, new("once")).await.expect("a comment");
        seed.events.take();
        assert_eq!(write(&seed.cx, &ana, new("twice")).await.expect("the same"), first);
        assert_eq!(seed.events.take(), []);
        let Counts { likes, comments, .. } = post::view(&seed.cx, &ana, post).await.unwrap().counts;
        assert_eq!((likes, comments), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn fifty_tries_at_once_write_one_comment() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let posts = [seed.post(&ana, "hello").await.id, seed.post(&ben, "hello").await.id];
        let tries = (0..50).map(|number: usize| {
            let (cx, ana, post) = (seed.cx.clone(), ana.clone(), posts[number % 2]);
            let new = under(7, NewComment { client_id: None, post, answers: None, body: "hello".into() });
            tokio::spawn(async move { write(&cx, &ana, new).await })
        });
        let mut written = Vec::new();
        for done in futures::future::join_all(tries).await {
            written.push(done.expect("a task").expect("a comment").id);
        }
        written.dedup();
        assert_eq!(written.len(), 1);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM comment").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_comment_that_was_removed_does_not_come_back_by_a_late_try() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let new = || under(7, NewComment { client_id: None, post, answers: None, body: "once".into() });
        let first = write(&seed.cx, &ana, new()).await.expect("a comment");
        write(&seed.cx, &ana, below(post, first.id, "a reply that keeps its place")).await.expect("a reply");
        remove(&seed.cx, &ana, first.id).await.expect("a removal");
        assert_eq!(refusal(write(&seed.cx, &ana, new()).await), Problem::NotFound);
        assert_eq!(read(&seed, &ana, post).await.threads[0].comment.author, None);
    })
    .await;
}

#[tokio::test]
async fn at_the_limit_a_retry_is_answered_and_something_new_is_not() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let new = |client_id| {
            under(client_id, NewComment { client_id: None, post, answers: None, body: "once".into() })
        };
        let first = write(&seed.cx, &ana, new(7)).await.expect("a comment");
        let change = |body: &str| EditComment { comment: first.id, version: 0, body: body.into() };
        let edited = edit(&seed.cx, &ana, change("changed")).await.expect("an edited comment");
        seed.spend_all(&ana);
        assert_eq!(write(&seed.cx, &ana, new(7)).await.expect("the same"), edited);
        assert_eq!(edit(&seed.cx, &ana, change("changed")).await.expect("the same edit"), edited);
        for refused in [
            refusal(write(&seed.cx, &ana, new(8)).await),
            refusal(edit(&seed.cx, &ana, change("other")).await),
        ] {
            assert!(matches!(refused, Problem::TooMany { .. }), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_retry_is_answered_whatever_became_of_the_post_and_its_author() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let new = |client_id, post, body: &str| {
            under(client_id, NewComment { client_id: None, post, answers: None, body: body.into() })
        };
        let (one, two) = (seed.post(&ana, "one").await.id, seed.post(&ana, "two").await.id);
        let on_one = write(&seed.cx, &ben, new(1, one, "just in time")).await.expect("a comment");
        let on_two = write(&seed.cx, &ben, new(2, two, "just in time")).await.expect("a comment");
        post::remove(&seed.cx, &ana, one).await.expect("a removal");
        let again = write(&seed.cx, &ben, new(1, one, "just in time")).await;
        assert_eq!(again.expect("the same comment"), on_one);
        block::block(&seed.cx, &ana, id(&ben)).await.expect("a block");
        let again = write(&seed.cx, &ben, new(2, two, &"x".repeat(2_001))).await;
        assert_eq!(again.expect("the same comment"), on_two);
        assert_eq!(refusal(write(&seed.cx, &ben, new(3, two, "too late")).await), Problem::NotFound);
    })
    .await;
}
