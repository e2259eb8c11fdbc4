use protocol::chat::ReadPosition;

use super::seqs;
use crate::{chat::since, testing::both};

#[tokio::test]
async fn what_came_after_the_last_message_seen_comes_whole_and_in_order() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let said = seed.talk(&ana, &ben, 50).await;
        let conversation = said[0].conversation;
        for who in [&ana, &ben] {
            let missed = since(&seed.cx, who, ReadPosition { conversation, seq: 0 }, usize::MAX)
                .await
                .expect("a page");
            assert_eq!((&missed.items, missed.more), (&said, false));
            let missed = since(&seed.cx, who, ReadPosition { conversation, seq: 47 }, usize::MAX)
                .await
                .expect("a page");
            assert_eq!((seqs(&missed.items), missed.more), (vec![48, 49, 50], false));
        }
    })
    .await;
}

#[tokio::test]
async fn more_than_fifty_missed_are_said_to_be_more() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.talk(&ana, &ben, 51).await[0].conversation;
        let missed =
            since(&seed.cx, &ana, ReadPosition { conversation, seq: 0 }, usize::MAX).await.expect("a page");
        assert_eq!((seqs(&missed.items), missed.more), ((1..=50).collect(), true));
    })
    .await;
}

#[tokio::test]
async fn who_has_seen_everything_or_more_misses_nothing() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.talk(&ana, &ben, 3).await[0].conversation;
        for seq in [3, 4, i64::MAX] {
            let missed =
                since(&seed.cx, &ana, ReadPosition { conversation, seq }, usize::MAX).await.expect("a page");
            assert_eq!((missed.items, missed.more), (Vec::new(), false), "{seq}");
        }
    })
    .await;
}
