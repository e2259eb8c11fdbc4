//! What the server answers to a client's message.

use protocol::{
    ConversationId, PostId, Problem, Reason,
    chat::{ChatMessage, ChatRequest, KnownPosition, MessageBody, MessageView, NewMessage, ReadPosition},
    live::{Badges, ClientMessage, ServerMessage, VERSION, WATCHED_TOPICS, Welcome},
    post::{Counts, EditPost, PostMessage},
};
use uuid::Uuid;

use super::{unrevised, without_notifications};
use crate::{
    live::{
        Opening,
        answers::{ANSWER_BYTES, BACKLOG_BYTES},
        connect,
    },
    post, session,
    testing::{Seed, both, id, refusal, watch},
};

#[tokio::test]
async fn the_server_greets_with_its_version_and_whether_to_load_again() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.say(&ben, &ana, "hello").await;
        let anas = seed.resume(&ana, None).await;
        let welcome = |resync| ServerMessage::Welcome(Welcome { version: VERSION, resync });
        let badges = || ServerMessage::Badges(Badges::NONE.chats(1).notifications(1));
        assert_eq!(anas.greeting, [welcome(true), badges()], "who knows nothing loads everything");
        let since = Some(seed.cx.next_revision());
        assert_eq!(seed.resume(&ana, since).await.greeting, [welcome(false)]);
        seed.say(&ben, &ana, "hello again").await;
        assert_eq!(seed.resume(&ana, since).await.greeting, [welcome(false), badges()]);
    })
    .await;
}

fn known(conversation: ConversationId, seq: i64) -> KnownPosition {
    KnownPosition { conversation, seq, revision: 0 }
}

const OPENING: Opening = Opening { since: None, badges: Badges::NONE, is_away: false };

#[tokio::test]
async fn nobody_connects_without_a_session_that_is_alive() {
    both(|seed| async move {
        assert_eq!(refusal(connect(&seed.cx, &Seed::nobody(), OPENING).await), Problem::SignInNeeded);
        let ana = seed.person("ana").await;
        session::log_out(&seed.cx, &ana).await.unwrap();
        assert_eq!(refusal(connect(&seed.cx, &ana, OPENING).await), Problem::SignInNeeded);
        assert!(seed.cx.hub.is_empty(), "what was refused leaves nothing behind");
    })
    .await;
}

#[tokio::test]
async fn a_message_sent_is_answered_with_its_place_or_with_why_not() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let anas = seed.connect(&ana).await;
        let client_id = Uuid::from_u128(7);
        let send = |to, body: &str| {
            ClientMessage::Chat(ChatRequest::Send {
                message: NewMessage { to, client_id, body: body.to_owned(), reply_to: None },
            })
        };
        let refused = |problem| [ServerMessage::Chat(ChatMessage::Refused { client_id, problem })];
        assert_eq!(anas.say(send(id(&ben), " ")).await, refused(Problem::field("body", Reason::Empty)));
        assert_eq!(anas.say(send(id(&ana), "hello")).await, refused(Problem::NotFound));
        let first = anas.say(send(id(&ben), "hello")).await;
        let [ServerMessage::Chat(ChatMessage::Sent { message })] = &first[..] else { panic!("{first:?}") };
        assert_eq!((message.seq, message.client_id, message.sender), (1, client_id, id(&ana)));
        assert_eq!(anas.say(send(id(&ben), "hello")).await, first, "a retry gets the first answer");
    })
    .await;
}

#[tokio::test]
async fn resuming_brings_what_was_missed_or_says_to_load_again() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let (mut short, mut long) = (Vec::new(), Vec::new());
        for number in 0..51 {
            long.push(seed.say(&ben, &ana, &number.to_string()).await);
        }
        for number in 0..3 {
            short.push(seed.say(&cid, &ana, &number.to_string()).await);
        }
        let anas = seed.connect(&ana).await;
        let (long_one, short_one) = (long[0].conversation, short[0].conversation);
        let seen = vec![known(long_one, 0), known(short_one, 1), known(ConversationId::from(Uuid::nil()), 0)];
        assert_eq!(
            anas.say(ClientMessage::Chat(ChatRequest::Resume { positions: seen })).await,
            [
                ServerMessage::Chat(ChatMessage::Resync { conversation: long_one }),
                ServerMessage::Chat(ChatMessage::Backlog {
                    conversation: short_one,
                    messages: short[1..].to_vec(),
                    changed: Vec::new(),
                    revision: 0,
                    read_by_other: Some(3),
                }),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn resuming_answers_a_conversation_once_and_a_foreign_one_not_at_all() {
    both(|seed| async move {
        let (ana, ben, eve) = (seed.person("ana").await, seed.person("ben").await, seed.person("eve").await);
        let theirs = seed.say(&ana, &ben, "between us").await.conversation;
        let seen = vec![known(theirs, 0); 60];
        let eves = seed.connect(&eve).await;
        assert_eq!(eves.say(ClientMessage::Chat(ChatRequest::Resume { positions: seen.clone() })).await, []);
        let anas = seed.connect(&ana).await;
        assert_eq!(anas.say(ClientMessage::Chat(ChatRequest::Resume { positions: seen })).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn resuming_looks_into_fifty_conversations_at_most() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let theirs = known(seed.say(&ana, &ben, "hello").await.conversation, 0);
        let unknown = |number| known(Uuid::from_u128(number).into(), 0);
        let anas = seed.connect(&ana).await;
        for (before, answers) in [(49, 1), (50, 0)] {
            let seen = (0..before).map(unknown).chain([theirs]).collect();
            assert_eq!(
                anas.say(ClientMessage::Chat(ChatRequest::Resume { positions: seen })).await.len(),
                answers,
                "after {before} others"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_made_when_the_one_before_was_sent() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let (bens, cids) = (seed.say(&ben, &ana, "1").await, seed.say(&cid, &ana, "1").await);
        let anas = seed.connect(&ana).await;
        let seen = |said: &MessageView| known(said.conversation, 0);
        let mut answers = anas
            .answers(ClientMessage::Chat(ChatRequest::Resume { positions: vec![seen(&bens), seen(&cids)] }));
        anas.next(&mut answers).await.expect("the first answer");
        let later = seed.say(&cid, &ana, "2").await;
        let second = anas.next(&mut answers).await.expect("the second answer");
        let second: ServerMessage = serde_json::from_slice(&second).expect("a message");
        let messages = vec![cids.clone(), later];
        assert_eq!(
            second,
            ServerMessage::Chat(ChatMessage::Backlog {
                conversation: cids.conversation,
                messages,
                changed: Vec::new(),
                revision: 0,
                read_by_other: Some(2),
            })
        );
        assert_eq!(anas.next(&mut answers).await, None);
    })
    .await;
}

#[tokio::test]
async fn one_message_is_answered_with_so_many_bytes_and_no_more() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let body = "x".repeat(MessageBody::MAX as usize);
        let mut seen = Vec::new();
        for number in 0..6 {
            let other = seed.person(&format!("other{number}")).await;
            for _ in 0..BACKLOG_BYTES / body.len() - 1 {
                seed.say(&other, &ana, &body).await;
            }
            let conversation = seed.say(&other, &ana, &body).await.conversation;
            seen.push(known(conversation, 0));
        }
        let anas = seed.connect(&ana).await;
        let mut answers = anas.answers(ClientMessage::Chat(ChatRequest::Resume { positions: seen }));
        let (mut bytes, mut backlogs, mut resyncs) = (0, 0, 0);
        while let Some(answer) = anas.next(&mut answers).await {
            bytes += answer.len();
            match serde_json::from_slice(&answer).expect("a message") {
                ServerMessage::Chat(ChatMessage::Backlog { .. }) => backlogs += 1,
                ServerMessage::Chat(ChatMessage::Resync { .. }) => resyncs += 1,
                other => panic!("{other:?}"),
            }
        }
        assert!(bytes <= ANSWER_BYTES + 1_000, "{bytes}");
        assert_eq!((backlogs, resyncs), (3, 3));
    })
    .await;
}

#[tokio::test]
async fn a_backlog_that_is_too_large_by_itself_is_to_be_loaded_again() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let body = "\u{1f600}".repeat(MessageBody::MAX as usize);
        for _ in 0..=BACKLOG_BYTES / body.len() {
            seed.say(&ben, &ana, &body).await;
        }
        let conversation = seed.say(&ben, &ana, "the last one").await.conversation;
        let anas = seed.connect(&ana).await;
        seed.query_log.take();
        let answers = anas
            .say(ClientMessage::Chat(ChatRequest::Resume { positions: vec![known(conversation, 0)] }))
            .await;
        assert_eq!(answers, [ServerMessage::Chat(ChatMessage::Resync { conversation })]);
        let read = seed.query_log.take().into_iter().filter(|statement| statement.sql.contains("client_id"));
        assert_eq!(read.count(), 0, "its messages are not read for that");
    })
    .await;
}

#[tokio::test]
async fn beats_and_reading_need_no_answer() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.say(&ben, &ana, "hello").await.conversation;
        let mut anas = seed.connect(&ana).await;
        for message in [
            ClientMessage::Heartbeat,
            ClientMessage::Chat(ChatRequest::Read { position: ReadPosition { conversation, seq: 1 } }),
            ClientMessage::Chat(ChatRequest::Read {
                position: ReadPosition { conversation: Uuid::nil().into(), seq: 1 },
            }),
        ] {
            assert_eq!(anas.say(message).await, []);
        }
        let heard = without_notifications(anas.received().await);
        assert_eq!(heard, [ServerMessage::Badges(Badges::NONE)]);
    })
    .await;
}

#[tokio::test]
async fn watching_is_answered_with_how_posts_stand_that_were_not_watched_before() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let (one, two) = (seed.post(&ana, "one").await.id, seed.post(&ana, "two").await.id);
        let counts = Counts { revision: 0, ..seed.like(&ana, two).await };
        let edit = EditPost { post: one, version: 0, body: "first".into(), pictures: Vec::new() };
        post::edit(&seed.cx, &ana, edit).await.expect("an edited post");
        let watched =
            |post, version, counts| ServerMessage::Post(PostMessage::State { post, version, counts });
        let gone = |post| ServerMessage::Post(PostMessage::Removed { post });
        let anas = seed.connect(&ana).await;
        let nothing = PostId::from(Uuid::nil());
        let removed = seed.post(&ana, "three").await.id;
        post::remove(&seed.cx, &ana, removed).await.expect("a removed post");
        for (add, remove, answers) in [
            (vec![one, nothing], vec![], vec![watched(one, 1, Counts::default()), gone(nothing)]),
            (vec![one, two, two], vec![], vec![watched(two, 0, counts)]),
            (vec![], vec![two, two], vec![]),
            (vec![], vec![], vec![]),
            (vec![removed], vec![nothing], vec![gone(removed)]),
            // It comes near the screen again.
            (vec![two], vec![one], vec![watched(two, 0, counts)]),
        ] {
            assert_eq!(unrevised(anas.say(watch(add, remove)).await), answers);
        }
    })
    .await;
}

#[tokio::test]
async fn watching_as_many_posts_as_can_be_is_answered() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let post = seed.post(&ana, "hello").await.id;
        let anas = seed.connect(&ana).await;
        let others = (0..WATCHED_TOPICS as u128 * 2).map(|number| PostId::from(Uuid::from_u128(number)));
        let add = std::iter::once(post).chain(others);
        let answers = anas.say(watch(add, [])).await;
        let are_there = answers
            .iter()
            .filter(|answer| matches!(answer, ServerMessage::Post(PostMessage::State { .. })))
            .count();
        assert_eq!((answers.len(), are_there), (WATCHED_TOPICS, 1));
    })
    .await;
}
