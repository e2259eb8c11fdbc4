//! Blocks between the people in a notification: those with the reader stand in the matrix.

use protocol::{live::ServerMessage, notification::Cause};

use super::{all, causes, reply, three, unread};
use crate::{
    block,
    testing::{Socket, both, id},
};

async fn counts(socket: &mut Socket) -> Vec<u32> {
    let counts = |message| match message {
        ServerMessage::Badges(badges) => Some(badges.notifications),
        _ => None,
    };
    socket.received().await.into_iter().filter_map(counts).collect()
}

#[tokio::test]
async fn a_block_takes_out_of_the_count_what_it_hides_and_an_unblock_brings_it_back() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        seed.like(&ben, post).await;
        seed.like(&cid, post).await;
        seed.comment(&ben, post, "by ben").await;
        let before = all(&seed, &ana).await;
        for (blocker, blocked) in [(&ana, &ben), (&ben, &ana)] {
            let mut socket = seed.connect(&ana).await;
            seed.block(blocker, blocked).await;
            assert_eq!(counts(&mut socket).await, [1]);
            let left = all(&seed, &ana).await;
            assert_eq!((left.len(), left[0].cause), (1, Cause::Like(post)));
            assert_eq!((left[0].people.len(), left[0].others), (1, 0), "Cid's like alone");
            block::unblock(&seed.cx, blocker, id(blocked)).await.expect("no block");
            assert_eq!(counts(&mut socket).await, [2]);
            assert_eq!(all(&seed, &ana).await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn a_reply_across_a_block_of_others_is_told_while_it_stands() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ben, "by ben").await.id;
        let comment = seed.comment(&ana, post, "by ana").await.id;
        let answer = reply(&seed, &cid, post, comment, "by cid").await;
        let mut socket = seed.connect(&ana).await;
        seed.block(&ben, &cid).await;
        assert_eq!((unread(&seed, &ana).await, counts(&mut socket).await), (0, vec![0]));
        block::unblock(&seed.cx, &ben, id(&cid)).await.expect("no block");
        assert_eq!((unread(&seed, &ana).await, counts(&mut socket).await), (1, vec![1]));
        assert_eq!(causes(&seed, &ana).await, [Cause::Reply(post, answer)]);
    })
    .await;
}

#[tokio::test]
async fn a_follow_that_a_block_ended_is_not_told_after_it() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        seed.follow(&ben, &ana).await;
        seed.block(&ana, &ben).await;
        block::unblock(&seed.cx, &ana, id(&ben)).await.expect("no block");
        assert_eq!(causes(&seed, &ana).await, []);
    })
    .await;
}
