use protocol::{media::PlacedPicture, post::NewPost};
use uuid::Uuid;

use super::super::publish;
use crate::{
    live::Event,
    testing::{both, id},
};

fn new(client_id: Uuid, body: &str) -> NewPost {
    NewPost { client_id: Some(client_id), body: body.to_owned(), ..NewPost::default() }
}

#[tokio::test]
async fn publishing_again_answers_with_the_first_post() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let client_id = Uuid::from_u128(7);
        let pictures = vec![PlacedPicture { id: seed.picture(&ana).await, alt: "a lake".into() }];
        let draft = NewPost { pictures, ..new(client_id, "hello") };
        let first = publish(&seed.cx, &ana, draft.clone()).await.expect("a post");
        assert_eq!(publish(&seed.cx, &ana, draft).await.expect("the same post"), first);
        assert_eq!(seed.events.take(), [Event::Published { post: first.id, author: id(&ana) }]);
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
        assert_eq!(seed.events.take().len(), 1);
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
