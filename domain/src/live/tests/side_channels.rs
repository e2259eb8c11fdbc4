//! What hidden people do moves nothing on the screen of whom they are hidden from: no number and no frame.

use protocol::{
    PostId,
    chat::ChatMessage,
    feed::FeedQuery,
    live::{Badges, ClientMessage, ServerMessage},
    post::PostMessage,
};

use crate::{
    block,
    bus::{Announcement, Audience},
    chat, comment, feed, like, post,
    testing::{Socket, both, id, watch},
};

async fn begin_to_watch(socket: &Socket, posts: &[PostId]) {
    socket.say(watch(posts.iter().copied(), [])).await;
}

#[tokio::test]
async fn no_frame_comes_when_somebody_hidden_changes_counts() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await.id;
        for (blocker, blocked) in [(&ana, &ben), (&ben, &ana)] {
            let mut before = seed.connect(&ana).await;
            begin_to_watch(&before, &[post]).await;
            seed.block(blocker, blocked).await;
            before.received().await;
            let mut after = seed.connect(&ana).await;
            begin_to_watch(&after, &[post]).await;
            for socket in [&mut before, &mut after] {
                seed.like(&ben, post).await;
                let comment = seed.comment(&ben, post, "by ben").await;
                like::unlike(&seed.cx, &ben, post).await.unwrap();
                comment::remove(&seed.cx, &ben, comment.id).await.unwrap();
                assert_eq!(socket.received().await, []);
            }
            seed.like(&cid, post).await;
            for socket in [&mut before, &mut after] {
                let heard = socket.received().await;
                assert!(
                    matches!(heard[..], [ServerMessage::Post(PostMessage::CountsChanged { counts, .. })] if counts.likes == 1),
                    "{heard:?}"
                );
            }
            like::unlike(&seed.cx, &cid, post).await.unwrap();
            block::unblock(&seed.cx, blocker, id(blocked)).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn the_revision_of_counts_says_when_they_were_read_and_not_who_changed_them() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let (liked, quiet) = (seed.post(&cid, "one").await.id, seed.post(&cid, "two").await.id);
        seed.block(&ben, &ana).await;
        for _ in 0..5 {
            seed.clock.advance_seconds(60);
            seed.like(&ben, liked).await;
            like::unlike(&seed.cx, &ben, liked).await.unwrap();
        }
        seed.clock.advance_seconds(60);
        let now = seed.cx.now().micros();
        let page = feed::page(&seed.cx, &ana, FeedQuery::default()).await.expect("a page");
        let revisions: Vec<i64> = page.items.iter().map(|post| post.counts.revision).collect();
        assert_eq!(
            revisions[0], revisions[1],
            "a post that was touched cannot be told from one that was not"
        );
        let mut last = revisions[0];
        assert!(last >= now);
        for post in [liked, quiet, liked] {
            let revision = post::view(&seed.cx, &ana, post).await.expect("the post").counts.revision;
            assert_eq!(revision, last + 1, "only the readings are counted");
            last = revision;
        }
    })
    .await;
}

#[tokio::test]
async fn a_block_is_told_by_no_frame_when_it_changes_no_number() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await.id;
        let mut bens = seed.connect(&ben).await;
        begin_to_watch(&bens, &[post]).await;
        seed.block(&ana, &ben).await;
        assert_eq!(bens.received().await, []);
        block::unblock(&seed.cx, &ana, id(&ben)).await.unwrap();
        seed.follow(&ana, &ben).await;
        let heard = super::without_notifications(bens.received().await);
        assert_eq!(heard, [ServerMessage::Badges(Badges::NONE.notifications(1))], "he is told of the follow");
    })
    .await;
}

#[tokio::test]
async fn counts_on_the_screen_follow_a_block_and_its_end() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await.id;
        seed.like(&ben, post).await;
        let mut anas = seed.connect(&ana).await;
        begin_to_watch(&anas, &[post]).await;
        let likes = async |socket: &mut Socket| match socket.received().await[..] {
            [ServerMessage::Post(PostMessage::CountsChanged { counts, .. })] => counts.likes,
            ref other => panic!("{other:?}"),
        };
        seed.block(&ana, &ben).await;
        assert_eq!(likes(&mut anas).await, 0);
        block::unblock(&seed.cx, &ana, id(&ben)).await.unwrap();
        assert_eq!(likes(&mut anas).await, 1);
        seed.like(&cid, post).await;
        assert_eq!(likes(&mut anas).await, 2);
    })
    .await;
}

#[tokio::test]
async fn counts_that_are_the_same_for_all_are_read_once() {
    both(|seed| async move {
        let cid = seed.person("cid").await;
        let post = seed.post(&cid, "hello").await.id;
        let mut sockets = Vec::new();
        for number in 0..5 {
            let person = seed.person(&format!("person{number}")).await;
            let socket = seed.connect(&person).await;
            begin_to_watch(&socket, &[post]).await;
            sockets.push(socket);
        }
        seed.like(&cid, post).await;
        seed.query_log.take();
        let mut heard = Vec::new();
        for socket in &mut sockets {
            heard.extend(socket.received().await);
        }
        assert_eq!(heard.len(), 5);
        assert!(heard.iter().all(|message| *message == heard[0]), "{heard:?}");
        assert_eq!(seed.query_log.take().len(), 1);
    })
    .await;
}

/// What came for a conversation while a block is between the two.
#[tokio::test]
async fn a_message_that_a_block_overtook_is_not_told_by_a_number_either() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let message = seed.say(&ben, &ana, "hello").await;
        chat::read(
            &seed.cx,
            &ana,
            protocol::chat::ReadPosition { conversation: message.conversation, seq: 1 },
        )
        .await
        .unwrap();
        let mut anas = seed.connect(&ana).await;
        seed.block(&ben, &ana).await;
        let between = vec![id(&ben), id(&ana)];
        let said = ChatMessage::Message { message };
        seed.cx
            .hub
            .deliver(Announcement::new(Audience::Members(between.clone()), between.clone(), said).into());
        let badges = Announcement::per_reader(Audience::Members(between), protocol::live::Topic::Badges);
        seed.cx.hub.deliver(badges.into());
        assert_eq!(anas.received().await, []);
    })
    .await;
}

#[tokio::test]
async fn nobody_learns_from_the_answer_to_watching_whether_somebody_has_blocked_them() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let post = seed.post(&cid, "hello").await.id;
        let watching = async || {
            let since = seed.cx.next_revision();
            let bens = seed.resume(&ben, Some(since)).await;
            let topic = protocol::live::Topic::Post(post);
            let add = vec![protocol::live::Watched { topic, since }];
            let answers = bens.say(ClientMessage::Watch { add, remove: Vec::new() }).await;
            (bens.greeting, super::unrevised(answers))
        };
        let before = watching().await;
        assert_eq!(before.1.len(), 1, "how it stands");
        seed.block(&ana, &ben).await;
        assert_eq!(watching().await, before);
        let since = seed.cx.next_revision();
        block::unblock(&seed.cx, &ana, id(&ben)).await.unwrap();
        assert_eq!(seed.resume(&ben, Some(since)).await.greeting, before.0, "while the line was broken");
    })
    .await;
}
