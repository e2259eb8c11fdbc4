use protocol::{
    CommentId, PostId, Problem, Reason,
    comment::{NewComment, PageRequest, ThreadPage, ThreadView},
    post::Counts,
};
use uuid::Uuid;

use super::{announce, page, write};
use crate::{
    Scope, block, post,
    testing::{Seed, both, id, refusal},
};

mod edit;
mod idempotency;
mod pagination;
mod remove;

fn below(post: PostId, answers: CommentId, body: &str) -> NewComment {
    NewComment { client_id: None, post, answers: Some(answers), body: body.to_owned() }
}

async fn read(seed: &Seed, who: &Scope, post: PostId) -> ThreadPage {
    page(&seed.cx, who, post, PageRequest::First).await.expect("a page")
}

/// Comments and replies that a reader finds, but for removed ones.
fn listed(page: &ThreadPage) -> u32 {
    let all = page.threads.iter().flat_map(|thread| std::iter::once(&thread.comment).chain(&thread.replies));
    all.filter(|comment| comment.author.is_some()).count() as u32
}

#[tokio::test]
async fn commenting_stores_counts_and_announces() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        seed.events.take();
        let comment = seed.comment(&ben, post, " hello back ").await;
        assert_eq!(
            (comment.author.as_ref().map(|author| author.id), comment.body.as_str(), comment.thread),
            (Some(id(&ben)), " hello back", None)
        );
        let threads = read(&seed, &ana, post).await.threads;
        assert_eq!(threads, [ThreadView { comment: comment.clone(), replies: Vec::new(), more: false }]);
        let Counts { likes, comments, .. } = post::view(&seed.cx, &ana, post).await.unwrap().counts;
        assert_eq!((likes, comments), (0, 1));
        assert_eq!(
            seed.events.take_besides_notifications(),
            [
                post::counts::changed(post).into(),
                announce::stored(id(&ben), &comment).into(),
                announce::changed(&comment, vec![id(&ben), id(&ana)], &[]).into(),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_stands_below_its_comment() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "a question").await;
        let reply = seed.reply(&ana, below(post, comment.id, "an answer")).await;
        assert_eq!((reply.thread, &reply.answers), (Some(comment.id), &None));
        assert_eq!(
            read(&seed, &ben, post).await.threads,
            [ThreadView { comment, replies: vec![reply], more: false }]
        );
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn a_reply_to_a_reply_stays_in_the_thread_and_names_whom_it_answers() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "a question").await;
        let first = seed.reply(&ben, below(post, comment.id, "an answer")).await;
        seed.events.take();
        let second = seed.reply(&cid, below(post, first.id, "another one")).await;
        assert_eq!((second.thread, second.answers.as_ref()), (Some(comment.id), ben.member().ok()));
        let by = vec![id(&cid), id(&ana), id(&ana)];
        assert_eq!(
            seed.events.take_besides_notifications().last(),
            Some(&announce::changed(&second, by, &[]).into())
        );
        assert_eq!(
            read(&seed, &ana, post).await.threads,
            [ThreadView { comment, replies: vec![first, second], more: false }]
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_to_a_comment_of_another_post_is_not_found() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let (post, other) = (seed.post(&ana, "hello").await.id, seed.post(&ana, "bye").await);
        let comment = seed.comment(&ana, other.id, "elsewhere").await;
        let refused = write(&seed.cx, &ana, below(post, comment.id, "lost")).await;
        assert_eq!(refusal(refused), Problem::NotFound);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM comment").await, 1);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn ids_of_nothing_and_of_other_things_are_not_found() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "hello back").await;
        for other in [Uuid::nil(), Uuid::max(), comment.id.into(), id(&ana).into()] {
            let new = NewComment { client_id: None, post: other.into(), answers: None, body: "lost".into() };
            assert_eq!(refusal(write(&seed.cx, &ana, new).await), Problem::NotFound);
            assert_eq!(
                refusal(page(&seed.cx, &ana, other.into(), PageRequest::First).await),
                Problem::NotFound
            );
        }
        for other in [Uuid::nil(), post.into(), id(&ana).into()] {
            let refused = write(&seed.cx, &ana, below(post, other.into(), "lost")).await;
            assert_eq!(refusal(refused), Problem::NotFound);
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_comment_is_refused_at_its_field() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        for (body, reason) in [
            (" \u{200b} ".to_owned(), Reason::Empty),
            ("x".repeat(2_001), Reason::TooLong { max: 2_000 }),
            (format!("a{}", "\u{301}".repeat(50)), Reason::StackedMarks),
        ] {
            let refused =
                write(&seed.cx, &ana, NewComment { client_id: None, post, answers: None, body }).await;
            assert_eq!(refusal(refused), Problem::field("body", reason));
        }
        seed.comment(&ana, post, &"x".repeat(2_000)).await;
        let nobody = Seed::nobody();
        let anonymous =
            write(&seed.cx, &nobody, NewComment { client_id: None, post, answers: None, body: "x".into() })
                .await;
        assert_eq!(refusal(anonymous), Problem::SignInNeeded);
        assert_eq!(refusal(page(&seed.cx, &nobody, post, PageRequest::First).await), Problem::SignInNeeded);
    })
    .await;
}

/// Ben comments in a thread of Ana's, Cid in a thread of Ben's, and Ana answers Cid there. What Ana and Ben have in each
/// other's threads is hidden from Cid as well.
#[tokio::test]
async fn the_count_is_what_a_reader_finds_also_in_threads_of_hidden_people() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await.id;
        let (anas, bens) =
            (seed.comment(&ana, post, "by ana").await, seed.comment(&ben, post, "by ben").await);
        seed.reply(&ben, below(post, anas.id, "ben to ana")).await;
        seed.reply(&cid, below(post, anas.id, "cid to ana")).await;
        let cids = seed.reply(&cid, below(post, bens.id, "cid to ben")).await;
        seed.reply(&ana, below(post, cids.id, "ana to cid")).await;
        seed.block(&ana, &ben).await;
        for (who, expected) in [(&ana, 2), (&ben, 2), (&cid, 4)] {
            assert_eq!(listed(&read(&seed, who, post).await), expected);
            assert_eq!(post::view(&seed.cx, who, post).await.unwrap().counts.comments, expected);
        }
        block::unblock(&seed.cx, &ana, id(&ben)).await.unwrap();
        assert_eq!(listed(&read(&seed, &ana, post).await), 6);
        seed.assert_counters_are_right().await;
    })
    .await;
}
