use protocol::{CommentId, PostId, Problem, comment::CommentView};
use uuid::Uuid;

use super::{below, listed, read};
use crate::{
    Scope,
    comment::{announce, edit, page, remove, replies, write},
    post,
    testing::{Seed, both, id, refusal},
};

async fn gone(seed: &Seed, who: &Scope, comment: CommentId) {
    remove(&seed.cx, who, comment).await.expect("a removed comment");
}

async fn count(seed: &Seed, who: &Scope, post: PostId) -> u32 {
    post::view(&seed.cx, who, post).await.expect("the post").counts.comments
}

/// Everything that a reader finds, as texts; a removed comment has none.
async fn found(seed: &Seed, who: &Scope, post: PostId) -> Vec<String> {
    let threads = read(seed, who, post).await.threads.into_iter();
    threads
        .flat_map(|thread| std::iter::once(thread.comment).chain(thread.replies))
        .map(|one| one.body)
        .collect()
}

#[tokio::test]
async fn removing_deletes_uncounts_and_announces() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "hello @ana").await.id;
        seed.events.take();
        gone(&seed, &ben, comment).await;
        assert_eq!(read(&seed, &ana, post).await.threads, []);
        assert_eq!(count(&seed, &ana, post).await, 0);
        assert_eq!(
            seed.events.take_besides_notifications(),
            [
                post::counts::changed(post).into(),
                announce::removed(post, comment, vec![id(&ben), id(&ana)]).into(),
            ]
        );
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM comment").await, 0);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM comment_mention").await, 0);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn the_posts_author_removes_any_comment_below_it_and_a_stranger_none() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "a question").await;
        let reply = seed.reply(&cid, below(post, comment.id, "an answer")).await;
        for (who, whose) in [(&cid, comment.id), (&ben, reply.id)] {
            assert_eq!(refusal(remove(&seed.cx, who, whose).await), Problem::NotFound);
        }
        assert_eq!(refusal(remove(&seed.cx, &Seed::nobody(), reply.id).await), Problem::SignInNeeded);
        assert_eq!(count(&seed, &ana, post).await, 2);
        gone(&seed, &ana, reply.id).await;
        gone(&seed, &ana, comment.id).await;
        assert_eq!((count(&seed, &ana, post).await, found(&seed, &ana, post).await.len()), (0, 0));
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn a_removed_comment_with_replies_stays_as_their_empty_head() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "a question for @ana").await;
        let reply = seed.reply(&ana, below(post, comment.id, "an answer")).await;
        seed.events.take();
        gone(&seed, &ben, comment.id).await;
        let head = CommentView { author: None, body: String::new(), mentions: Vec::new(), ..comment };
        let page = read(&seed, &ben, post).await;
        assert_eq!((&page.threads[0].comment, &page.threads[0].replies), (&head, &vec![reply]));
        assert_eq!((listed(&page), count(&seed, &ben, post).await), (1, 1));
        assert_eq!(
            seed.events.take_besides_notifications(),
            [
                post::counts::changed(post).into(),
                announce::changed(&head, vec![id(&ben), id(&ana)], &[]).into(),
            ]
        );
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM comment_mention").await, 0);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn an_empty_head_is_neither_answered_nor_edited_nor_removed_again() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "a question").await;
        let reply = seed.reply(&ana, below(post, comment.id, "an answer")).await;
        gone(&seed, &ben, comment.id).await;
        let answer = write(&seed.cx, &ana, below(post, comment.id, "to nobody")).await;
        assert_eq!(refusal(answer), Problem::NotFound);
        let change = protocol::comment::EditComment { comment: comment.id, version: 0, body: "back".into() };
        assert_eq!(refusal(edit(&seed.cx, &ben, change).await), Problem::NotFound);
        for who in [&ana, &ben] {
            assert_eq!(refusal(remove(&seed.cx, who, comment.id).await), Problem::NotFound);
        }
        // The thread goes on through its replies.
        let second = seed.reply(&ben, below(post, reply.id, "another one")).await;
        assert_eq!((second.thread, second.answers.as_ref()), (Some(comment.id), ana.member().ok()));
        assert_eq!(count(&seed, &ana, post).await, 2);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn an_empty_head_goes_with_its_last_reply() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "a question").await.id;
        let first = seed.reply(&ana, below(post, comment, "one")).await.id;
        let second = seed.reply(&ana, below(post, first, "two")).await.id;
        gone(&seed, &ben, comment).await;
        gone(&seed, &ana, first).await;
        assert_eq!(found(&seed, &ben, post).await, ["", "two"]);
        seed.events.take();
        gone(&seed, &ana, second).await;
        assert_eq!(found(&seed, &ben, post).await, Vec::<String>::new());
        let by = vec![id(&ana), id(&ana), id(&ben)];
        assert_eq!(
            seed.events.take_besides_notifications()[1..],
            [announce::removed(post, second, by.clone()).into(), announce::removed(post, comment, by).into(),]
        );
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM comment").await, 0);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn a_thread_without_replies_keeps_its_comment() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "a question").await;
        let reply = seed.reply(&ana, below(post, comment.id, "an answer")).await;
        gone(&seed, &ana, reply.id).await;
        assert_eq!(found(&seed, &ana, post).await, ["a question"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_comment_that_two_people_remove_at_once_is_uncounted_once() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        for answered in [false, true] {
            for _ in 0..4 {
                let comment = seed.comment(&ben, post, "soon gone").await.id;
                if answered {
                    seed.reply(&ana, below(post, comment, "an answer")).await;
                }
                let tasks = [&ana, &ben].map(|who| {
                    let (cx, who) = (seed.cx.clone(), who.clone());
                    tokio::spawn(async move { remove(&cx, &who, comment).await.is_ok() })
                });
                let mut removed = 0;
                for task in tasks {
                    removed += u32::from(task.await.expect("a task that ends well"));
                }
                assert_eq!(removed, 1);
            }
        }
        assert_eq!(count(&seed, &ana, post).await, 4);
        seed.assert_counters_are_right().await;
    })
    .await;
}

/// An answer comes first and keeps the comment, or comes too late and is refused; never is it lost unseen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_and_the_removal_of_what_it_answers_do_not_cross() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        for _ in 0..8 {
            let comment = seed.comment(&ben, post, "a question").await.id;
            let answering = tokio::spawn({
                let (cx, ana) = (seed.cx.clone(), ana.clone());
                async move { write(&cx, &ana, below(post, comment, "an answer")).await.map(|reply| reply.id) }
            });
            gone(&seed, &ben, comment).await;
            match answering.await.expect("a task that ends well") {
                Ok(reply) => {
                    assert!(found(&seed, &ana, post).await.contains(&"an answer".to_owned()));
                    gone(&seed, &ana, reply).await;
                }
                Err(error) => assert_eq!(error.into_problem(), Problem::NotFound),
            }
            assert_eq!(seed.number("SELECT COUNT(*) AS count FROM comment").await, 0);
            seed.assert_counters_are_right().await;
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_cannot_be_removed() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let twice = seed.comment(&ana, post, "one").await.id;
        gone(&seed, &ana, twice).await;
        for other in [Uuid::nil(), Uuid::max(), post.into(), id(&ana).into(), twice.into()] {
            assert_eq!(refusal(remove(&seed.cx, &ana, other.into()).await), Problem::NotFound);
        }
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn below_a_removed_post_there_is_nothing_for_anybody() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "a question").await.id;
        let reply = seed.reply(&ben, below(post, comment, "an answer")).await.id;
        post::remove(&seed.cx, &ana, post).await.unwrap();
        for who in [&ana, &ben] {
            let (cx, nobody) = (&seed.cx, Problem::NotFound);
            assert_eq!(refusal(remove(cx, who, reply).await), nobody);
            assert_eq!(refusal(write(cx, who, below(post, comment, "late")).await), nobody);
            assert_eq!(refusal(page(cx, who, post, protocol::comment::PageRequest::At(reply)).await), nobody);
            assert_eq!(refusal(replies(cx, who, comment, comment).await), nobody);
        }
        post::restore(&seed.cx, &ana, post).await.unwrap();
        assert_eq!(found(&seed, &ben, post).await, ["a question", "an answer"]);
        seed.assert_counters_are_right().await;
    })
    .await;
}
