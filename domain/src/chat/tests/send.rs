use protocol::{
    AccountId, Problem, Reason,
    chat::{ChatMessage, NewMessage},
    live::Topic,
    notification::NotificationMessage,
};
use uuid::Uuid;

use super::seqs;
use crate::{
    account::sign_up,
    block,
    bus::{Announcement, Audience},
    chat::{open, send},
    notification,
    testing::{Seed, both, id, refusal},
};

#[tokio::test]
async fn a_message_is_stored_numbered_and_announced_to_both() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let client_id = seed.client_id();
        let new = NewMessage { to: id(&ben), client_id, body: " hi\r\nBen ".into(), reply_to: None };
        let message = send(&seed.cx, &ana, new).await.expect("a message");
        assert_eq!((message.seq, message.sender, message.client_id), (1, id(&ana), client_id));
        assert_eq!((message.body.as_str(), message.sent_at), (" hi\nBen", seed.cx.now()));
        for (who, with) in [(&ana, "ben"), (&ben, "ana")] {
            let chat = open(&seed.cx, who, with).await.expect("a chat");
            assert_eq!((chat.messages, chat.more), (vec![message.clone()], false));
        }
        let between = vec![id(&ana), id(&ben)];
        let notification = notification::list(&seed.cx, &ben, None).await.unwrap().page.items[0].id;
        let told = NotificationMessage::Added { notification };
        let said = ChatMessage::Message { message };
        let members = Audience::Members(between.clone());
        assert_eq!(
            seed.events.take(),
            [
                Announcement::new(Audience::Account(id(&ben)), [id(&ana)], told).into(),
                Announcement::new(members.clone(), between, said).into(),
                Announcement::per_reader(members, Topic::Badges).into(),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn numbers_are_dense_whoever_speaks_and_each_pair_has_its_own() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        assert_eq!(seqs(&seed.talk(&ana, &ben, 5).await), [1, 2, 3, 4, 5]);
        assert_eq!(seqs(&seed.talk(&cid, &ana, 2).await), [1, 2]);
        assert_eq!(seed.say(&ben, &ana, "six").await.seq, 6);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn sending_again_under_the_same_id_gets_the_first_answer() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let new =
            NewMessage { to: id(&ben), client_id: seed.client_id(), body: "once".into(), reply_to: None };
        let first = send(&seed.cx, &ana, new.clone()).await.unwrap();
        seed.say(&ben, &ana, "in between").await;
        seed.clock.advance_seconds(60);
        seed.events.take();
        let again = NewMessage { body: "changed meanwhile".into(), ..new };
        assert_eq!(send(&seed.cx, &ana, again).await.unwrap(), first);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM message").await, 2);
        assert!(seed.events.take().is_empty(), "nobody hears it twice");
    })
    .await;
}

#[tokio::test]
async fn the_same_id_from_another_person_is_another_message() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let client_id = seed.client_id();
        let to = |whom: AccountId, body: &str| NewMessage {
            to: whom,
            client_id,
            body: body.to_owned(),
            reply_to: None,
        };
        send(&seed.cx, &ana, to(id(&ben), "mine")).await.unwrap();
        let bens = send(&seed.cx, &ben, to(id(&ana), "yours")).await.unwrap();
        assert_eq!((bens.seq, bens.body.as_str()), (2, "yours"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_id_sent_to_two_people_at_once_is_one_message() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        for _ in 0..8 {
            let client_id = seed.client_id();
            let to = |whom: AccountId| NewMessage {
                to: whom,
                client_id,
                body: "one of the two".into(),
                reply_to: None,
            };
            let (one, two) =
                tokio::join!(send(&seed.cx, &ana, to(id(&ben))), send(&seed.cx, &ana, to(id(&cid))));
            assert_eq!(one.expect("an answer"), two.expect("an answer"));
        }
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM message").await, 8);
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_a_message_is_refused_at_its_field() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let new = |body: String| NewMessage { to: id(&ben), client_id: Uuid::nil(), body, reply_to: None };
        for (body, reason) in [
            (String::new(), Reason::Empty),
            (" \n\u{200b}".into(), Reason::Empty),
            ("x".repeat(4_001), Reason::TooLong { max: 4_000 }),
            (format!("a{}", "\u{301}".repeat(50)), Reason::StackedMarks),
        ] {
            let problem = refusal(send(&seed.cx, &ana, new(body)).await);
            assert_eq!(problem, Problem::field("body", reason));
        }
        let longest = send(&seed.cx, &ana, new("x".repeat(4_000))).await.expect("a message");
        assert_eq!(longest.seq, 1, "what was refused took no number");
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_to_themselves_or_to_somebody_who_is_not_there() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        sign_up(&seed.cx, &Seed::nobody(), Seed::form("ben")).await.unwrap();
        let ben = protocol::text::Username::parse("ben").unwrap();
        let ben =
            crate::account::store::by_username(seed.cx.db.read(), &ben).await.unwrap().expect("an account");
        let post = seed.post(&ana, "hello").await;
        seed.events.take();
        for to in [id(&ana), ben.id.into(), Uuid::nil().into(), Uuid::from(post.id).into()] {
            let new = NewMessage { to, client_id: seed.client_id(), body: "hello?".into(), reply_to: None };
            assert_eq!(refusal(send(&seed.cx, &ana, new).await), Problem::NotFound);
        }
        let anonymous =
            NewMessage { to: id(&ana), client_id: seed.client_id(), body: "hello?".into(), reply_to: None };
        assert_eq!(refusal(send(&seed.cx, &Seed::nobody(), anonymous).await), Problem::SignInNeeded);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM conversation").await, 0);
        assert!(seed.events.take().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_retry_after_a_block_still_gets_the_first_answer() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let new = NewMessage {
            to: id(&ben),
            client_id: seed.client_id(),
            body: "just in time".into(),
            reply_to: None,
        };
        let first = send(&seed.cx, &ana, new.clone()).await.unwrap();
        block::block(&seed.cx, &ben, id(&ana)).await.unwrap();
        assert_eq!(send(&seed.cx, &ana, new).await.unwrap(), first);
    })
    .await;
}

#[tokio::test]
async fn a_retry_is_answered_whatever_the_rules_say_of_it_now() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let new = NewMessage {
            to: id(&ben),
            client_id: seed.client_id(),
            body: "just in time".into(),
            reply_to: None,
        };
        let first = send(&seed.cx, &ana, new.clone()).await.unwrap();
        seed.spend_all(&ana);
        for body in ["", "just in time", &*"x".repeat(4_001)] {
            let again = send(&seed.cx, &ana, NewMessage { body: body.to_owned(), ..new.clone() }).await;
            assert_eq!(again.expect("the first answer"), first);
        }
        let fresh = NewMessage { client_id: seed.client_id(), ..new };
        assert!(matches!(refusal(send(&seed.cx, &ana, fresh).await), Problem::TooMany { .. }));
    })
    .await;
}
