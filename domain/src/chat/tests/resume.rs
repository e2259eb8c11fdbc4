use protocol::{
    ConversationId,
    chat::{KnownPosition, MessageView},
};

use super::seqs;
use crate::{
    Scope,
    chat::{Backlog, message, since},
    testing::{Seed, both, id},
};

async fn missed(seed: &Seed, who: &Scope, conversation: ConversationId, seq: i64) -> Option<Backlog> {
    missed_since(seed, who, KnownPosition { conversation, seq, revision: 0 }).await
}

async fn missed_since(seed: &Seed, who: &Scope, position: KnownPosition) -> Option<Backlog> {
    since(&seed.cx, who, position, usize::MAX).await.expect("an answer")
}

async fn changed(seed: &Seed, who: &Scope, said: &MessageView, times: usize) -> MessageView {
    let mut last = said.clone();
    for number in 0..times {
        last = seed.change(who, said, &format!("another {number}")).await;
    }
    last
}

#[tokio::test]
async fn what_came_after_the_last_message_seen_comes_whole_and_in_order() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let said = seed.talk(&ana, &ben, 50).await;
        let conversation = said[0].conversation;
        for who in [&ana, &ben] {
            let all = missed(&seed, who, conversation, 0).await.expect("a backlog");
            assert_eq!(
                all,
                Backlog {
                    messages: said.clone(),
                    changed: Vec::new(),
                    revision: 0,
                    read_by_other: Some(if id(who) == id(&ana) { 50 } else { 49 })
                }
            );
            let last = missed(&seed, who, conversation, 47).await.expect("a backlog");
            assert_eq!(seqs(&last.messages), [48, 49, 50]);
        }
    })
    .await;
}

#[tokio::test]
async fn more_than_fifty_missed_are_to_be_loaded_again() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.talk(&ana, &ben, 51).await[0].conversation;
        assert_eq!(missed(&seed, &ana, conversation, 0).await, None);
        assert_eq!(
            missed(&seed, &ana, conversation, 1).await.map(|backlog| backlog.messages.len()),
            Some(50)
        );
    })
    .await;
}

#[tokio::test]
async fn who_has_seen_everything_or_more_misses_nothing() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.talk(&ana, &ben, 3).await[0].conversation;
        for seq in [3, 4, i64::MAX] {
            let nothing = missed(&seed, &ana, conversation, seq).await.expect("a backlog");
            assert_eq!(nothing.messages, [], "{seq}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_was_away_gets_each_earlier_message_that_has_changed_once_as_it_is_now() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let said = seed.talk(&ana, &ben, 4).await;
        let conversation = said[0].conversation;
        let known = changed(&seed, &ana, &said[2], 1).await.revision;
        let first = changed(&seed, &ana, &said[0], 2).await;
        let second = message::remove(&seed.cx, &ben, conversation, said[1].seq).await.expect("a tombstone");
        let later = seed.say(&ben, &ana, "five").await;
        let later = changed(&seed, &ben, &later, 1).await;
        let position = KnownPosition { conversation, seq: 4, revision: known };
        for who in [&ana, &ben] {
            let backlog = missed_since(&seed, who, position).await.expect("a backlog");
            assert_eq!(backlog.changed, [first.clone(), second.clone()]);
            assert_eq!((backlog.messages, backlog.revision), (vec![later.clone()], later.revision));
        }
    })
    .await;
}

#[tokio::test]
async fn more_than_fifty_changes_or_more_bytes_than_fit_are_to_be_loaded_again() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut said = Vec::new();
        for _ in 0..51 {
            said.push(seed.say(&ana, &ben, "hello").await);
        }
        for one in &said {
            changed(&seed, &ana, one, 1).await;
        }
        let position = KnownPosition { conversation: said[0].conversation, seq: 51, revision: 0 };
        assert_eq!(missed_since(&seed, &ben, position).await, None);
        let position = KnownPosition { revision: 50, ..position };
        assert_eq!(missed_since(&seed, &ben, position).await.map(|backlog| backlog.changed.len()), Some(1));
        assert_eq!(since(&seed.cx, &ben, position, 3).await.expect("an answer"), None);
    })
    .await;
}
