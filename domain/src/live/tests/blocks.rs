//! Who does not hear of what, because of a block.

use protocol::{
    PostId,
    comment::{CommentView, NewComment},
    feed::FeedMessage,
    live::{Badges, ServerMessage},
};

use super::{about_posts, comments, counted, published, unrevised};
use crate::{
    Scope, block, follow,
    testing::{Seed, both, id},
};

async fn reply(seed: &Seed, who: &Scope, post: PostId, to: &CommentView) -> CommentView {
    seed.reply(who, NewComment { client_id: None, post, answers: Some(to.id), body: "a reply".into() }).await
}

#[tokio::test]
async fn people_with_a_block_between_hear_nothing_of_each_other() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await.id;
        let anas_comment = seed.comment(&ana, post, "by ana").await;
        let mut before = seed.connect(&ana).await;
        seed.block(&ana, &ben).await;
        let mut after = seed.connect(&ana).await;
        let mut bens = seed.connect(&ben).await;
        for socket in [&before, &after, &bens] {
            socket.watch([post]);
        }
        before.received().await;
        let bens_comment = seed.comment(&ben, post, "by ben").await;
        reply(&seed, &cid, post, &bens_comment).await;
        reply(&seed, &cid, post, &anas_comment).await;
        seed.post(&ben, "by ben").await;
        for socket in [&mut before, &mut after] {
            let heard = socket.received().await;
            assert!(
                !heard
                    .iter()
                    .any(|message| matches!(message, ServerMessage::Feed(FeedMessage::Published(_)))),
                "{heard:?}"
            );
            let comments = comments(heard);
            assert_eq!(comments.len(), 1, "neither Ben's comment nor a reply in his thread: {comments:?}");
            assert_eq!(comments[0].thread, Some(anas_comment.id));
        }
        seed.post(&ana, "by ana").await;
        reply(&seed, &ana, post, &anas_comment).await;
        let heard = bens.received().await;
        let posts = heard
            .iter()
            .filter(|message| matches!(message, ServerMessage::Feed(FeedMessage::Published(_))))
            .count();
        assert_eq!((posts, comments(heard).len()), (1, 2), "his own post, his comment and the reply to it");
    })
    .await;
}

#[tokio::test]
async fn counts_that_are_heard_are_the_listeners_own() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await.id;
        let (mut anas, mut cids) = (seed.connect(&ana).await, seed.connect(&cid).await);
        seed.block(&ana, &ben).await;
        anas.received().await;
        anas.watch([post]);
        cids.watch([post]);
        seed.like(&ben, post).await;
        assert_eq!(
            (unrevised(anas.received().await), unrevised(about_posts(cids.received().await))),
            (vec![counted(post, 0, 0)], vec![counted(post, 1, 0)])
        );
        seed.like(&cid, post).await;
        assert_eq!(
            (unrevised(anas.received().await), unrevised(cids.received().await)),
            (vec![counted(post, 1, 0)], vec![counted(post, 2, 0)])
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_does_not_name_somebody_whom_the_listener_may_not_see() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await.id;
        let question = seed.comment(&cid, post, "a question").await;
        let bens = reply(&seed, &ben, post, &question).await;
        seed.block(&ana, &ben).await;
        let (mut anas, mut cids) = (seed.connect(&ana).await, seed.connect(&cid).await);
        anas.watch([post]);
        cids.watch([post]);
        let to_ben = reply(&seed, &cid, post, &bens).await;
        assert_eq!(comments(cids.received().await), vec![to_ben.clone()]);
        assert_eq!(comments(anas.received().await), [CommentView { answers: None, ..to_ben }]);
    })
    .await;
}

#[tokio::test]
async fn a_block_ends_following_and_unread_on_open_sockets_and_is_told_to_nobody() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.follow(&ben, &ana).await;
        seed.say(&ana, &ben, "hello").await;
        let mut bens = seed.connect(&ben).await;
        seed.block(&ana, &ben).await;
        assert_eq!(bens.received().await, [ServerMessage::Badges(Badges::NONE)]);
        block::unblock(&seed.cx, &ana, id(&ben)).await.unwrap();
        assert_eq!(bens.received().await, [ServerMessage::Badges(Badges::NONE.chats(1).notifications(1))]);
        let post = seed.post(&ana, "hello again").await.id;
        assert_eq!(bens.received().await, published(post, &ana, false), "follows do not come back");
    })
    .await;
}

#[tokio::test]
async fn a_block_taken_back_that_was_not_there_is_heard_by_nobody() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut bens = seed.connect(&ben).await;
        block::unblock(&seed.cx, &ana, id(&ben)).await.unwrap();
        follow::unfollow(&seed.cx, &ana, id(&ben)).await.unwrap();
        assert_eq!(bens.received().await, []);
    })
    .await;
}

/// On PostgreSQL both can block each other at the same moment.
#[tokio::test]
async fn people_who_blocked_each_other_stay_hidden_until_both_take_it_back() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        seed.block(&ana, &ben).await;
        let sql = "INSERT INTO block (blocker_id, blocked_id, created_at) VALUES ($1, $2, 0)";
        let values = [uuid::Uuid::from(id(&ben)).into(), uuid::Uuid::from(id(&ana)).into()];
        crate::db::execute(seed.cx.db.writer(), sql, values).await.unwrap();
        let mut bens = seed.connect(&ben).await;
        block::unblock(&seed.cx, &ana, id(&ben)).await.unwrap();
        seed.post(&ana, "hello").await;
        assert_eq!(bens.received().await, []);
        block::unblock(&seed.cx, &ben, id(&ana)).await.unwrap();
        let post = seed.post(&ana, "hello").await.id;
        assert_eq!(bens.received().await, published(post, &ana, false));
    })
    .await;
}
