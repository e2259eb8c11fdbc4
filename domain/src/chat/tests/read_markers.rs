use protocol::{
    ConversationId, Problem,
    chat::{ChatMessage, ConversationView, ReadPosition},
    live::{ServerMessage, Topic},
    notification::NotificationMessage,
    preference::{Preferences, ReadReceipts},
};
use uuid::Uuid;

use super::seqs;
use crate::{
    Scope, account, badge,
    bus::{Announcement, Audience, Event},
    chat::{conversations, earlier, open, read, since, typing},
    testing::{Seed, both, id, refusal},
};

async fn list(seed: &Seed, who: &Scope) -> Vec<ConversationView> {
    conversations(&seed.cx, who).await.expect("a list")
}

async fn unread(seed: &Seed, who: &Scope) -> (u32, Vec<u32>) {
    let total = badge::own(&seed.cx, who).await.expect("a number").chats;
    assert_eq!(account::me(&seed.cx, who).await.unwrap().badges.chats, total);
    (total, list(seed, who).await.iter().map(|conversation| conversation.unread).collect())
}

#[tokio::test]
async fn the_list_shows_the_last_message_of_each_conversation_the_latest_first() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.say(&ben, &ana, "first").await;
        seed.clock.advance_seconds(1);
        let from_cid = seed.say(&cid, &ana, "second").await;
        seed.clock.advance_seconds(1);
        let to_ben = seed.say(&ana, &ben, "third").await;
        let listed = list(&seed, &ana).await;
        let rows: Vec<_> =
            listed.iter().map(|row| (row.with.username.as_str(), &row.last, row.unread)).collect();
        assert_eq!(rows, [("ben", &to_ben, 0), ("cid", &from_cid, 1)]);
        assert_eq!(list(&seed, &cid).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn messages_of_the_other_are_unread_until_they_are_read() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        for body in ["one", "two", "three"] {
            seed.say(&ana, &ben, body).await;
        }
        assert_eq!(unread(&seed, &ben).await, (1, vec![3]));
        assert_eq!(unread(&seed, &ana).await, (0, vec![0]));
        let conversation = list(&seed, &ben).await[0].id;
        seed.events.take();
        for (seq, left) in [(2, (1, vec![1])), (1, (1, vec![1])), (3, (0, vec![0]))] {
            read(&seed.cx, &ben, ReadPosition { conversation, seq }).await.expect("read");
            assert_eq!(unread(&seed, &ben).await, left, "after reading up to {seq}");
        }
        let read = Event::from(Announcement::per_reader(Audience::Account(id(&ben)), Topic::Badges));
        let all_read = NotificationMessage::Changed;
        let all_read = Event::from(Announcement::new(Audience::Account(id(&ben)), [], all_read));
        assert_eq!(seed.events.take(), [read.clone(), all_read, read]);
        assert_eq!(unread(&seed, &ana).await, (0, vec![0]));
    })
    .await;
}

#[tokio::test]
async fn opening_a_chat_reads_nothing() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.say(&ana, &ben, "hello").await;
        open(&seed.cx, &ben, "ana").await.expect("a chat");
        assert_eq!(unread(&seed, &ben).await, (1, vec![1]));
    })
    .await;
}

#[tokio::test]
async fn a_chat_opens_with_the_place_where_each_stopped_reading() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.talk(&ana, &ben, 3).await;
        let stopped = async |who: &Scope, with| open(&seed.cx, who, with).await.expect("a chat").read;
        assert_eq!(stopped(&ben, "ana").await, 2, "answering reads what came before");
        let conversation = seed.say(&ana, &ben, "one more").await.conversation;
        assert_eq!((stopped(&ana, "ben").await, stopped(&ben, "ana").await), (4, 2));
        read(&seed.cx, &ben, ReadPosition { conversation, seq: 4 }).await.expect("read");
        assert_eq!(stopped(&ben, "ana").await, 4);
    })
    .await;
}

#[tokio::test]
async fn answering_reads_what_came_before() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.say(&ana, &ben, "hello").await;
        seed.say(&ben, &ana, "hello back").await;
        assert_eq!(unread(&seed, &ben).await, (0, vec![0]));
        assert_eq!(unread(&seed, &ana).await, (1, vec![1]));
    })
    .await;
}

#[tokio::test]
async fn what_was_never_said_cannot_be_read() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.say(&ana, &ben, "hello").await.conversation;
        seed.events.take();
        for seq in [2, i64::MAX, 0, -1, i64::MIN] {
            read(&seed.cx, &ben, ReadPosition { conversation, seq }).await.expect("nothing to do");
        }
        assert_eq!(unread(&seed, &ben).await, (1, vec![1]));
        assert!(seed.events.take().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_chat_opens_at_its_end_and_leads_back_to_its_beginning() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.talk(&ana, &ben, 120).await;
        let chat = open(&seed.cx, &ben, "@Ana").await.expect("a chat");
        assert_eq!((seqs(&chat.messages), chat.more), ((71..=120).collect(), true));
        let conversation = chat.conversation.expect("a conversation");
        for (before, expected, more) in [(71, 21..71, true), (21, 1..21, false), (1, 1..1, false)] {
            let page = earlier(&seed.cx, &ben, conversation, before).await.expect("a page");
            assert_eq!((seqs(&page.items), page.more), (expected.collect(), more), "before {before}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_chat_before_the_first_message_is_empty() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let chat = open(&seed.cx, &ana, "ben").await.expect("a chat");
        assert_eq!(
            (chat.with.id, chat.conversation, chat.messages, chat.more),
            (id(&ben), None, Vec::new(), false)
        );
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM conversation").await, 0, "looking makes none");
    })
    .await;
}

#[tokio::test]
async fn nobody_opens_a_chat_with_themselves_or_somebody_who_is_not_there() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        for username in ["ana", "unknown", "", "ana\0", "a b"] {
            assert_eq!(refusal(open(&seed.cx, &ana, username).await), Problem::NotFound, "{username}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_foreign_conversation_is_not_found() {
    both(|seed| async move {
        let (ana, ben, eve) = (seed.person("ana").await, seed.person("ben").await, seed.person("eve").await);
        let theirs = seed.say(&ana, &ben, "between us").await.conversation;
        for conversation in [theirs, ConversationId::from(Uuid::nil()), Uuid::from(id(&ana)).into()] {
            let seen = ReadPosition { conversation, seq: 0 };
            assert_eq!(refusal(earlier(&seed.cx, &eve, conversation, 9).await), Problem::NotFound);
            assert_eq!(refusal(since(&seed.cx, &eve, seen.into(), usize::MAX).await), Problem::NotFound);
            assert_eq!(refusal(read(&seed.cx, &eve, seen).await), Problem::NotFound);
        }
        assert_eq!(unread(&seed, &eve).await, (0, vec![]));
        assert_eq!(unread(&seed, &ben).await, (1, vec![1]));
    })
    .await;
}

#[tokio::test]
async fn chats_are_for_people_who_are_signed_in() {
    both(|seed| async move {
        let (nobody, conversation) = (Seed::nobody(), ConversationId::from(Uuid::nil()));
        let seen = ReadPosition { conversation, seq: 0 };
        assert_eq!(refusal(open(&seed.cx, &nobody, "ana").await), Problem::SignInNeeded);
        assert_eq!(refusal(conversations(&seed.cx, &nobody).await), Problem::SignInNeeded);
        assert_eq!(refusal(badge::own(&seed.cx, &nobody).await), Problem::SignInNeeded);
        assert_eq!(refusal(earlier(&seed.cx, &nobody, conversation, 9).await), Problem::SignInNeeded);
        assert_eq!(refusal(since(&seed.cx, &nobody, seen.into(), usize::MAX).await), Problem::SignInNeeded);
        assert_eq!(refusal(read(&seed.cx, &nobody, seen).await), Problem::SignInNeeded);
    })
    .await;
}

#[tokio::test]
async fn the_hot_reads_of_chat_take_one_or_two_statements_and_read_no_table_whole() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.talk(&ana, &ben, 3).await[0].conversation;
        seed.query_log.take();
        badge::own(&seed.cx, &ana).await.unwrap();
        let mut statements = seed.query_log.take();
        assert_eq!(statements.len(), 1);
        earlier(&seed.cx, &ana, conversation, 9).await.unwrap();
        statements.extend(seed.query_log.take());
        assert_eq!(statements.len(), 3);
        list(&seed, &ana).await;
        statements.extend(seed.query_log.take());
        assert_eq!(statements.len(), 4);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}

/// How far Ben has read, as Ana is told.
async fn told(seed: &Seed, ana: &Scope) -> Option<i64> {
    open(&seed.cx, ana, "ben").await.expect("a chat").read_by_other
}

async fn set_receipts(seed: &Seed, who: &Scope, read_receipts: ReadReceipts) {
    let preferences = Preferences { read_receipts, ..Preferences::default() };
    account::settings::save_preferences(&seed.cx, who, preferences).await.expect("saved");
}

#[tokio::test]
async fn one_is_told_how_far_the_other_has_read() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.say(&ana, &ben, "hello").await.conversation;
        let mut socket = seed.connect(&ana).await;
        assert_eq!(told(&seed, &ana).await, Some(0));
        let position = ReadPosition { conversation, seq: 1 };
        read(&seed.cx, &ben, position).await.expect("read");
        assert_eq!(told(&seed, &ana).await, Some(1));
        let heard = socket.received().await;
        assert!(heard.contains(&ChatMessage::ReadByOther { position }.into()), "{heard:?}");
        let backlog = since(&seed.cx, &ana, position.into(), 1_000).await.unwrap().expect("a backlog");
        assert_eq!(backlog.read_by_other, Some(1));
    })
    .await;
}

#[tokio::test]
async fn whoever_keeps_their_reading_to_themselves_is_not_told_of_others_either() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.say(&ana, &ben, "hello").await.conversation;
        for (one, other) in [(&ana, &ben), (&ben, &ana)] {
            set_receipts(&seed, one, ReadReceipts::Off).await;
            set_receipts(&seed, other, ReadReceipts::On).await;
            let mut socket = seed.connect(&ana).await;
            let said = seed.say(&ana, &ben, "and").await;
            read(&seed.cx, &ben, ReadPosition { conversation, seq: said.seq }).await.expect("read");
            assert_eq!(told(&seed, &ana).await, None);
            let heard = socket.received().await;
            let is_told = |message: &ServerMessage| {
                matches!(message, ServerMessage::Chat(ChatMessage::ReadByOther { .. }))
            };
            assert!(!heard.iter().any(is_told), "{heard:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn one_hears_the_other_type_and_whoever_comes_later_has_not() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.say(&ana, &ben, "hello").await.conversation;
        let mut socket = seed.connect(&ana).await;
        let since = Some(seed.cx.next_revision());
        typing(&seed.cx, &ben, conversation).await.expect("told");
        assert_eq!(socket.received().await, [ChatMessage::Typing { conversation }.into()]);
        let mut later = seed.resume(&ana, since).await;
        assert_eq!(later.received().await, []);
        let stranger = seed.person("cid").await;
        assert_eq!(refusal(typing(&seed.cx, &stranger, conversation).await), Problem::NotFound);
    })
    .await;
}
