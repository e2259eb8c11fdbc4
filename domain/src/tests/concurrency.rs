use protocol::{chat::NewMessage, comment::NewComment, post::Counts};

use crate::{
    Scope, block, chat, comment, like,
    testing::{Seed, both, id},
};

async fn people(seed: &Seed, count: usize) -> Vec<Scope> {
    let mut people = Vec::new();
    for number in 0..count {
        people.push(seed.person(&format!("person{number}")).await);
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_people_liking_and_unliking_one_post_end_with_its_true_count() {
    both(|seed| async move {
        let people = people(&seed, 64).await;
        let post = seed.post(&people[0], "hello").await.id;
        let tasks = people.iter().cloned().enumerate().map(|(number, who)| {
            let cx = seed.cx.clone();
            tokio::spawn(async move {
                for round in 0..4 {
                    // A third of them ends with a like; some like twice in a row.
                    match (number + round) % 3 {
                        0 => like::unlike(&cx, &who, post).await.expect("an undone like"),
                        _ => like::like(&cx, &who, post).await.expect("a like"),
                    };
                }
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("a task that ends well");
        }
        seed.assert_counters_are_right().await;
        let likes = seed.number("SELECT COUNT(*) AS count FROM post_like").await;
        let expected = (0..64).filter(|number| (number + 3) % 3 != 0).count();
        assert_eq!(likes, i64::try_from(expected).unwrap());
        let Counts { likes: seen, .. } = like::counts(&seed.cx, &people[0], post).await.unwrap();
        assert_eq!(i64::from(seen), likes);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_retries_of_one_message_at_once_store_it_once_and_get_one_answer() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let new = NewMessage {
            to: id(&ben),
            client_id: seed.cx.new_id().expect("an id"),
            body: "hello".into(),
            reply_to: None,
        };
        let tasks = (0..50).map(|_| {
            let (cx, ana, new) = (seed.cx.clone(), ana.clone(), new.clone());
            tokio::spawn(async move { chat::send(&cx, &ana, new).await.expect("an answer") })
        });
        let mut answers = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            answers.push(task.await.expect("a task that ends well"));
        }
        assert!(answers.iter().all(|answer| *answer == answers[0] && answer.seq == 1), "{answers:?}");
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM message").await, 1);
        assert_eq!(seed.events.take().len(), 3, "the message, its notification and the badges, once");
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_who_write_into_one_conversation_at_once_get_every_number_once() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let tasks = (0..20).map(|number| {
            let (cx, who, to) = (seed.cx.clone(), ana.clone(), ben.clone());
            let (who, to) = if number % 2 == 0 { (who, to) } else { (to, who) };
            tokio::spawn(async move {
                let mut seqs = Vec::new();
                for _ in 0..3 {
                    let client_id = cx.new_id().expect("an id");
                    let new = NewMessage { to: id(&to), client_id, body: "hello".into(), reply_to: None };
                    seqs.push(chat::send(&cx, &who, new).await.expect("a message").seq);
                }
                assert!(seqs.is_sorted(), "what one person sent keeps its order: {seqs:?}");
                seqs
            })
        });
        let mut seqs = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            seqs.extend(task.await.expect("a task that ends well"));
        }
        seqs.sort_unstable();
        assert_eq!(seqs, (1..=60).collect::<Vec<_>>());
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM conversation").await, 1);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn comments_written_at_once_are_all_counted() {
    both(|seed| async move {
        let people = people(&seed, 16).await;
        let post = seed.post(&people[0], "hello").await.id;
        let tasks = people.into_iter().map(|who| {
            let cx = seed.cx.clone();
            tokio::spawn(async move {
                let new = |body: &str| NewComment { client_id: None, post, answers: None, body: body.into() };
                comment::write(&cx, &who, new("one")).await.expect("a comment");
                comment::write(&cx, &who, new("two")).await.expect("a comment");
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            task.await.expect("a task that ends well");
        }
        assert_eq!(seed.number("SELECT comment_count AS count FROM post").await, 32);
        seed.assert_counters_are_right().await;
    })
    .await;
}

/// What is written below a post while its author blocks and unblocks the writer is counted when it can be read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counts_stay_true_while_blocks_cross_what_is_counted() {
    both(|seed| async move {
        let people = people(&seed, 4).await;
        let posts = [seed.post(&people[0], "hello").await.id, seed.post(&people[1], "hello").await.id];
        let thread = seed.comment(&people[2], posts[0], "a thread").await.id;
        let writers = people.iter().cloned().map(|who| {
            let cx = seed.cx.clone();
            tokio::spawn(async move {
                for round in 0..8 {
                    let post = posts[round % 2];
                    let answers = (round % 2 == 0).then_some(thread);
                    let new = NewComment { client_id: None, post, answers, body: "hello".into() };
                    // Some of it is refused, because a block is in the way.
                    _ = like::like(&cx, &who, post).await;
                    if let Ok(written) = comment::write(&cx, &who, new).await
                        && round % 3 == 0
                    {
                        _ = comment::remove(&cx, &who, written.id).await;
                    }
                    _ = like::unlike(&cx, &who, posts[(round + 1) % 2]).await;
                }
            })
        });
        let writers: Vec<_> = writers.collect();
        let blockers = [(0, 1), (1, 2), (2, 0)].map(|(who, whom)| {
            let (cx, who, whom) = (seed.cx.clone(), people[who].clone(), id(&people[whom]));
            tokio::spawn(async move {
                for _ in 0..6 {
                    _ = block::block(&cx, &who, whom).await;
                    _ = block::unblock(&cx, &who, whom).await;
                }
                _ = block::block(&cx, &who, whom).await;
            })
        });
        for task in writers.into_iter().chain(blockers) {
            task.await.expect("a task that ends well");
        }
        seed.assert_counters_are_right().await;
    })
    .await;
}
