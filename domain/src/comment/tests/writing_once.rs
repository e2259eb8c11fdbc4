use protocol::{Problem, comment::NewComment, post::Counts};
use uuid::Uuid;

use super::{below, read};
use crate::{
    comment::{remove, write},
    post,
    testing::{both, refusal},
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
        let counts = Counts { likes: 0, comments: 1, revision: 1 };
        assert_eq!(post::view(&seed.cx, &ana, post).await.unwrap().counts, counts);
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
