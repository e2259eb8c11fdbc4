//! Who hears of what.

use protocol::{
    PostId,
    chat::ChatMessage,
    comment::{CommentMessage, CommentView, NewComment, PageRequest},
    live::{Badges, ServerMessage},
};

use super::{about_posts, comments, counted, published, unrevised, without_notifications};
use crate::{
    comment, follow, like,
    testing::{both, id},
};

#[tokio::test]
async fn everybody_hears_of_a_post_and_how_it_concerns_them() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.follow(&ben, &ana).await;
        let (mut anas, mut bens, mut cids) =
            (seed.connect(&ana).await, seed.connect(&ben).await, seed.connect(&cid).await);
        let post = seed.post(&ana, "hello").await.id;
        assert_eq!(anas.received().await, published(post, &ana, true));
        assert_eq!(bens.received().await, published(post, &ana, true));
        assert_eq!(cids.received().await, published(post, &ana, false));
    })
    .await;
}

#[tokio::test]
async fn following_and_unfollowing_hold_for_open_sockets() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let mut bens = seed.connect(&ben).await;
        seed.follow(&ben, &ana).await;
        let followed = seed.post(&ana, "hello").await.id;
        assert_eq!(bens.received().await, published(followed, &ana, true));
        follow::unfollow(&seed.cx, &ben, id(&ana)).await.unwrap();
        let unfollowed = seed.post(&ana, "bye").await.id;
        assert_eq!(bens.received().await, published(unfollowed, &ana, false));
    })
    .await;
}

#[tokio::test]
async fn only_who_watches_a_post_hears_of_its_counts_and_comments() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let (post, other) = (seed.post(&ana, "hello").await.id, seed.post(&ana, "bye").await.id);
        let (mut watching, mut elsewhere) = (seed.connect(&ana).await, seed.connect(&ben).await);
        watching.watch([post]);
        elsewhere.watch([other]);
        seed.like(&ben, post).await;
        assert_eq!(unrevised(about_posts(watching.received().await)), [counted(post, 1, 0)]);
        let comment = seed.comment(&ben, post, "hello back").await;
        let commented = ServerMessage::Comment(CommentMessage::Changed { comment: comment.into() });
        assert_eq!(unrevised(about_posts(watching.received().await)), [commented, counted(post, 1, 1)]);
        like::unlike(&seed.cx, &ben, post).await.unwrap();
        assert_eq!(unrevised(about_posts(watching.received().await)), [counted(post, 0, 1)]);
        assert_eq!(about_posts(elsewhere.received().await), []);
    })
    .await;
}

#[tokio::test]
async fn a_post_is_heard_of_from_the_time_it_comes_near_until_it_is_far() {
    both(|seed| async move {
        let ana = seed.person("ana").await;
        let (one, two) = (seed.post(&ana, "one").await.id, seed.post(&ana, "two").await.id);
        let mut anas = seed.connect(&ana).await;
        for (near, far, expected) in [
            (vec![one], vec![], vec![one]),
            (vec![two, two], vec![one], vec![two]),
            (vec![one], vec![], vec![one, two]),
            (vec![], vec![two, two, one], vec![]),
        ] {
            anas.watch(near);
            anas.unwatch(far);
            seed.comment(&ana, one, "again").await;
            seed.comment(&ana, two, "again").await;
            let heard: Vec<PostId> =
                comments(anas.received().await).iter().map(|comment| comment.post).collect();
            assert_eq!(heard, expected);
        }
    })
    .await;
}

#[tokio::test]
async fn both_people_hear_a_message_in_all_their_windows_and_nobody_else_does() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let phone = seed.signed_in(ana.member().unwrap().clone()).await;
        let (mut anas, mut phones) = (seed.connect(&ana).await, seed.connect(&phone).await);
        let (mut bens, mut cids) = (seed.connect(&ben).await, seed.connect(&cid).await);
        let message = seed.say(&ana, &ben, "hello").await;
        let said = |chats| {
            [
                ServerMessage::Chat(ChatMessage::Message { message: message.clone() }),
                ServerMessage::Badges(Badges::NONE.chats(chats).notifications(chats)),
            ]
        };
        assert_eq!(anas.received().await, said(0)[..1], "the badge is what it was");
        assert_eq!(phones.received().await, said(0)[..1]);
        assert_eq!(without_notifications(bens.received().await), said(1));
        assert_eq!(cids.received().await, []);
        let seen = protocol::chat::ReadPosition { conversation: message.conversation, seq: 1 };
        crate::chat::read(&seed.cx, &ben, seen).await.unwrap();
        let heard = without_notifications(bens.received().await);
        assert_eq!(heard, [ServerMessage::Badges(Badges::NONE)]);
        let read = ChatMessage::ReadByOther { position: seen };
        assert_eq!(anas.received().await, [ServerMessage::Chat(read)]);
    })
    .await;
}

#[tokio::test]
async fn under_which_id_a_comment_was_sent_its_author_hears_alone() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let post = seed.post(&ana, "hello").await.id;
        let (mut anas, mut bens) = (seed.connect(&ana).await, seed.connect(&ben).await);
        for socket in [&mut anas, &mut bens] {
            socket.watch([post]);
        }
        let client_id = Some(seed.cx.new_id().unwrap());
        let new = NewComment { client_id, post, answers: None, body: "hello back".to_owned() };
        let written = seed.reply(&ben, new).await;
        assert_eq!(written.client_id, client_id);
        let public = CommentView { client_id: None, ..written.clone() };
        let stored = ServerMessage::Comment(CommentMessage::Stored { comment: written.into() });
        let heard = bens.received().await;
        assert_eq!(heard.first(), Some(&stored));
        assert_eq!(comments(heard), std::slice::from_ref(&public));
        assert_eq!(comments(anas.received().await), [public]);
        for (reader, expected) in [(&ben, client_id), (&ana, None)] {
            let page = comment::page(&seed.cx, reader, post, PageRequest::First).await.unwrap();
            assert_eq!(page.threads[0].comment.client_id, expected);
        }
    })
    .await;
}
