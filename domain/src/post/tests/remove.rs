use protocol::{
    PostId, Problem,
    feed::FeedQuery,
    media::AttachedPicture,
    post::{EditPost, NewPost, PostMessage, UNDO_SECONDS},
};
use uuid::Uuid;

use super::{
    super::{edit, publish, remove, restore, versions, view},
    watched,
};
use crate::{
    Scope, comment, feed, like,
    testing::{Seed, both, id, refusal, unrevised},
};

async fn feed_of(seed: &Seed, who: &Scope) -> Vec<PostId> {
    let page = feed::page(&seed.cx, who, FeedQuery::default()).await.expect("a page");
    page.items.into_iter().map(|post| post.id).collect()
}

#[tokio::test]
async fn a_removed_post_is_nowhere_for_anybody() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "oops").await;
        let comment = seed.comment(&ben, post.id, "what?").await;
        remove(&seed.cx, &ana, post.id).await.expect("a removal");
        assert_eq!(
            seed.events.take().last(),
            Some(&watched(id(&ana), PostMessage::Removed { post: post.id }))
        );
        for who in [&ana, &ben] {
            let cx = &seed.cx;
            assert_eq!(feed_of(&seed, who).await, []);
            assert_eq!(refusal(view(cx, who, post.id).await), Problem::NotFound);
            assert_eq!(refusal(versions(cx, who, post.id).await), Problem::NotFound);
            assert_eq!(refusal(like::like(cx, who, post.id).await), Problem::NotFound);
            assert_eq!(refusal(like::people(cx, who, post.id, None).await), Problem::NotFound);
            let reply = protocol::comment::NewComment {
                client_id: None,
                post: post.id,
                answers: Some(comment.id),
                body: "still here".into(),
            };
            assert_eq!(refusal(comment::write(cx, who, reply).await), Problem::NotFound);
        }
        let late = EditPost { post: post.id, version: 0, body: "late".into(), pictures: Vec::new() };
        assert_eq!(refusal(edit(&seed.cx, &ana, late).await), Problem::NotFound);
        assert_eq!(refusal(remove(&seed.cx, &ben, post.id).await), Problem::NotFound);
        seed.events.take();
        remove(&seed.cx, &ana, post.id).await.expect("removing twice is removing once");
        assert_eq!(seed.events.take(), []);
    })
    .await;
}

#[tokio::test]
async fn a_post_that_is_brought_back_is_as_it_was() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "oops").await;
        seed.like(&ben, post.id).await;
        let before = view(&seed.cx, &ben, post.id).await.expect("the post");
        remove(&seed.cx, &ana, post.id).await.expect("a removal");
        restore(&seed.cx, &ana, post.id).await.expect("the post");
        seed.clock.advance_seconds(i64::from(UNDO_SECONDS) + 1);
        seed.run_jobs().await;
        let after = view(&seed.cx, &ben, post.id).await.expect("the post");
        assert_eq!(unrevised(after), unrevised(before));
    })
    .await;
}

#[tokio::test]
async fn after_its_time_a_removed_post_is_gone_with_everything_that_belongs_to_it() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let pictures = vec![AttachedPicture { id: seed.picture(&ana).await, alt: "a lake".into() }];
        let new = NewPost { body: "oops @ben".into(), pictures, ..NewPost::default() };
        let post = publish(&seed.cx, &ana, new).await.expect("a post").id;
        seed.like(&ben, post).await;
        let comment = seed.comment(&ben, post, "@ana what?").await.id;
        seed.reply(
            &ana,
            protocol::comment::NewComment {
                client_id: None,
                post,
                answers: Some(comment),
                body: "@ben oops".into(),
            },
        )
        .await;
        let edited = EditPost { post, version: 0, body: "oops".into(), pictures: Vec::new() };
        edit(&seed.cx, &ana, edited).await.expect("an edited post");
        remove(&seed.cx, &ana, post).await.expect("a removal");

        seed.clock.advance_seconds(i64::from(UNDO_SECONDS) - 1);
        seed.run_jobs().await;
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM post").await, 1);
        seed.clock.advance_seconds(2);
        seed.run_jobs().await;
        for table in [
            "post",
            "post_like",
            "post_version",
            "post_mention",
            "comment",
            "comment_mention",
            "picture",
            "job",
        ] {
            let left = seed.number(&format!("SELECT COUNT(*) AS count FROM {table}")).await;
            assert_eq!(left, 0, "{table}");
        }
        assert_eq!(refusal(restore(&seed.cx, &ana, post).await), Problem::NotFound);
    })
    .await;
}

/// The first removal's time is over before that of the second.
#[tokio::test]
async fn a_post_removed_twice_has_its_whole_time_to_be_brought_back() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "oops").await.id;
        remove(&seed.cx, &ana, post).await.expect("a removal");
        restore(&seed.cx, &ana, post).await.expect("the post");
        seed.clock.advance_seconds(i64::from(UNDO_SECONDS) - 5);
        remove(&seed.cx, &ana, post).await.expect("a second removal");
        seed.clock.advance_seconds(10);
        seed.run_jobs().await;
        restore(&seed.cx, &ana, post).await.expect("the post");
    })
    .await;
}

#[tokio::test]
async fn nobody_removes_or_brings_back_the_post_of_somebody_else() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "mine").await.id;
        for who in [&ben, &Seed::nobody()] {
            let expected = if who.account().is_ok() { Problem::NotFound } else { Problem::SignInNeeded };
            assert_eq!(refusal(remove(&seed.cx, who, post).await), expected);
            assert_eq!(refusal(restore(&seed.cx, who, post).await), expected);
        }
        remove(&seed.cx, &ana, post).await.expect("a removal");
        assert_eq!(refusal(restore(&seed.cx, &ben, post).await), Problem::NotFound);
        assert_eq!(refusal(view(&seed.cx, &ana, post).await), Problem::NotFound);
    })
    .await;
}

#[tokio::test]
async fn removing_what_is_no_post_is_not_found() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await;
        let comment = seed.comment(&ana, post.id, "hello back").await;
        for other in [Uuid::nil(), comment.id.into(), id(&ana).into()] {
            assert_eq!(refusal(remove(&seed.cx, &ana, PostId::from(other)).await), Problem::NotFound);
            assert_eq!(refusal(restore(&seed.cx, &ana, PostId::from(other)).await), Problem::NotFound);
        }
    })
    .await;
}
