use protocol::{
    CommentId, Problem, Reason,
    comment::{CommentView, EditComment},
};
use uuid::Uuid;

use super::{below, read};
use crate::{
    Scope,
    comment::{announce, edit},
    post,
    testing::{Seed, both, id, refusal},
};

fn to(body: &str, comment: CommentId, version: u32) -> EditComment {
    EditComment { comment, version, body: body.to_owned() }
}

async fn change(seed: &Seed, who: &Scope, comment: &CommentView, body: &str) -> CommentView {
    edit(&seed.cx, who, to(body, comment.id, comment.version)).await.expect("an edited comment")
}

#[tokio::test]
async fn editing_changes_the_text_for_everybody_and_says_when() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "hello back").await;
        seed.clock.advance_seconds(60);
        seed.events.take();
        let edited = change(&seed, &ben, &comment, " hello again, @ana ").await;
        let expected = CommentView {
            body: " hello again, @ana".into(),
            mentions: vec!["ana".into()],
            edited_at: Some(seed.cx.now()),
            version: 1,
            ..comment
        };
        assert_eq!(edited, expected);
        assert_eq!(read(&seed, &ana, post).await.threads[0].comment, edited);
        let by = vec![id(&ben), id(&ana)];
        let mentioned = vec![ana.member().unwrap().clone()];
        assert_eq!(
            seed.events.take_besides_notifications(),
            [announce::changed(&edited, by, &mentioned).into()]
        );
        assert_eq!(post::view(&seed.cx, &ana, post).await.unwrap().counts.comments, 1);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn an_edited_reply_still_names_whom_it_answers() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "a question").await;
        let first = seed.reply(&ben, below(post, comment.id, "an answer")).await;
        let second = seed.reply(&ana, below(post, first.id, "another one")).await;
        seed.events.take();
        let edited = change(&seed, &ana, &second, "another answer").await;
        assert_eq!((edited.thread, edited.answers.as_ref()), (Some(comment.id), ben.member().ok()));
        let by = vec![id(&ana), id(&ana), id(&ana)];
        assert_eq!(seed.events.take_besides_notifications(), [announce::changed(&edited, by, &[]).into()]);
    })
    .await;
}

#[tokio::test]
async fn only_the_author_edits_a_comment() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ben, post, "hello back").await;
        let stranger = seed.person("cid").await;
        for who in [&ana, &stranger] {
            let refused = edit(&seed.cx, who, to("not mine", comment.id, 0)).await;
            assert_eq!(refusal(refused), Problem::NotFound);
        }
        let refused = edit(&seed.cx, &Seed::nobody(), to("not mine", comment.id, 0)).await;
        assert_eq!(refusal(refused), Problem::SignInNeeded);
        assert_eq!(read(&seed, &ana, post).await.threads[0].comment, comment);
    })
    .await;
}

#[tokio::test]
async fn the_later_of_two_edits_in_two_windows_is_told_of_the_earlier() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let other_window = seed.signed_in(ana.member().unwrap().clone()).await;
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "one").await;
        let two = change(&seed, &ana, &comment, "two").await;
        let stale = edit(&seed.cx, &other_window, to("three", comment.id, 0)).await;
        assert_eq!(refusal(stale), Problem::Changed);
        assert_eq!(read(&seed, &ana, post).await.threads[0].comment, two);
        // Whoever has read what it says now may still mean it.
        assert_eq!(change(&seed, &other_window, &two, "three").await.version, 2);
    })
    .await;
}

#[tokio::test]
async fn saying_the_same_again_changes_nothing() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "one").await;
        seed.events.take();
        assert_eq!(change(&seed, &ana, &comment, "\none \n").await, comment);
        let two = change(&seed, &ana, &comment, "two").await;
        seed.events.take();
        // The answer was lost and the browser asks again, with the version that it knew.
        assert_eq!(change(&seed, &ana, &comment, "two").await, two);
        assert_eq!(seed.events.take_besides_notifications(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_edits_that_come_at_once_one_is_stored() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "one").await.id;
        let tasks = (0..8).map(|number| {
            let (cx, ana) = (seed.cx.clone(), ana.clone());
            tokio::spawn(async move { edit(&cx, &ana, to(&format!("edit {number}"), comment, 0)).await })
        });
        let mut stored = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            match task.await.expect("a task that ends well") {
                Ok(edited) => stored.push(edited),
                Err(error) => assert_eq!(error.into_problem(), Problem::Changed),
            }
        }
        assert_eq!(stored.len(), 1);
        assert_eq!(read(&seed, &ana, post).await.threads[0].comment, stored[0]);
    })
    .await;
}

#[tokio::test]
async fn a_mention_that_was_taken_out_leads_nowhere_any_more() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "@ben, look").await;
        assert_eq!(comment.mentions, ["ben"]);
        change(&seed, &ana, &comment, "look").await;
        assert_eq!(read(&seed, &ben, post).await.threads[0].comment.mentions, Vec::<String>::new());
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM comment_mention").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_cannot_be_edited() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let (post, gone) = (seed.post(&ana, "hello").await.id, seed.post(&ana, "bye").await.id);
        let below_gone = seed.comment(&ana, gone, "soon gone").await.id;
        post::remove(&seed.cx, &ana, gone).await.unwrap();
        for other in [Uuid::nil(), Uuid::max(), post.into(), id(&ana).into(), below_gone.into()] {
            let refused = edit(&seed.cx, &ana, to("lost", other.into(), 0)).await;
            assert_eq!(refusal(refused), Problem::NotFound);
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_comment_cannot_become_one() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let comment = seed.comment(&ana, post, "one").await;
        for (body, reason) in [
            (" \u{200b} ".to_owned(), Reason::Empty),
            ("x".repeat(2_001), Reason::TooLong { max: 2_000 }),
            (format!("a{}", "\u{301}".repeat(50)), Reason::StackedMarks),
        ] {
            let refused = edit(&seed.cx, &ana, to(&body, comment.id, 0)).await;
            assert_eq!(refusal(refused), Problem::field("body", reason));
        }
        assert_eq!(read(&seed, &ana, post).await.threads[0].comment, comment);
    })
    .await;
}
