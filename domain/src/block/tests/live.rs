use protocol::{
    Problem,
    chat::{ChatMessage, ChatRequest, EditMessage, NewMessage, ReadPosition},
    comment::CommentMessage,
    feed::{FeedMessage, Published},
    live::{Badges, ClientMessage, ServerMessage},
    post::{EditPost, PostMessage},
};

use super::{Each, SEEN, across};
use crate::{
    bus::{Announcement, Audience},
    chat, like, post,
    testing::{id, watch},
};

#[tokio::test]
async fn a_post_of_a_hidden_author_is_not_heard_of() {
    let expected = Each { stranger: Some(false), follower: Some(true), blocked: None, blocker: None };
    across(expected, |scene| async move {
        let mut socket = scene.seed.connect(&scene.ana).await;
        scene.relate().await;
        let published = scene.seed.post(&scene.ben, "by ben").await.id;
        let heard = socket.received().await;
        let is_it = |one: &Published| one.post == published;
        let has = |kind: &dyn Fn(&ServerMessage) -> bool| heard.iter().any(kind);
        let everywhere =
            has(&|message| matches!(message, ServerMessage::Feed(FeedMessage::Published(one)) if is_it(one)));
        let followed =
            has(&|message| matches!(message, ServerMessage::Feed(FeedMessage::Followed(one)) if is_it(one)));
        (everywhere || followed).then_some(followed)
    })
    .await;
}

#[tokio::test]
async fn counts_of_a_hidden_authors_post_are_not_heard_though_it_was_watched() {
    across(SEEN, |scene| async move {
        let post = scene.seed.post(&scene.ben, "by ben").await.id;
        let mut socket = scene.seed.connect(&scene.ana).await;
        socket.say(watch([post], [])).await;
        scene.relate().await;
        scene.seed.like(&scene.cid, post).await;
        scene.seed.comment(&scene.cid, post, "by cid").await;
        let heard = socket.received().await;
        heard.iter().any(|message| {
            matches!(
                message,
                ServerMessage::Post(PostMessage::CountsChanged { .. })
                    | ServerMessage::Comment(CommentMessage::Changed { .. })
            )
        })
    })
    .await;
}

#[tokio::test]
async fn an_edit_or_removal_of_a_hidden_authors_post_is_not_heard() {
    across(SEEN, |scene| async move {
        let post = scene.seed.post(&scene.ben, "by ben").await.id;
        let mut socket = scene.seed.connect(&scene.ana).await;
        socket.say(watch([post], [])).await;
        scene.relate().await;
        let new = EditPost { post, version: 0, body: "still by ben".into(), pictures: Vec::new() };
        post::edit(scene.cx(), &scene.ben, new).await.expect("an edited post");
        post::remove(scene.cx(), &scene.ben, post).await.expect("a removed post");
        let heard = socket.received().await;
        let both = [
            ServerMessage::Post(PostMessage::Edited { post }),
            ServerMessage::Post(PostMessage::Removed { post }),
        ];
        let count = both.iter().filter(|message| heard.contains(message)).count();
        assert!(count == 0 || count == 2, "{heard:?}");
        count == 2
    })
    .await;
}

#[tokio::test]
async fn a_hidden_authors_post_that_one_wants_to_watch_is_gone() {
    across(SEEN, |scene| async move {
        let post = scene.seed.post(&scene.ben, "by ben").await.id;
        let socket = scene.seed.connect(&scene.ana).await;
        scene.relate().await;
        match socket.say(watch([post], [])).await[..] {
            [ServerMessage::Post(PostMessage::State { .. })] => true,
            // As for one that never was.
            [ServerMessage::Post(PostMessage::Removed { .. })] => false,
            ref other => panic!("{other:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn watching_is_answered_with_counts_that_leave_hidden_people_out() {
    across(
        Each { stranger: (1, 1), follower: (1, 1), blocked: (0, 0), blocker: (0, 0) },
        |scene| async move {
            let post = scene.seed.post(&scene.cid, "by cid").await.id;
            scene.seed.like(&scene.ben, post).await;
            scene.seed.comment(&scene.ben, post, "by ben").await;
            let socket = scene.seed.connect(&scene.ana).await;
            scene.relate().await;
            match socket.say(watch([post], [])).await[..] {
                [ServerMessage::Post(PostMessage::State { counts, .. })] => (counts.likes, counts.comments),
                ref other => panic!("{other:?}"),
            }
        },
    )
    .await;
}

#[tokio::test]
async fn counts_that_are_heard_leave_hidden_people_out() {
    across(
        Each { stranger: (2, 1), follower: (2, 1), blocked: (1, 0), blocker: (1, 0) },
        |scene| async move {
            let post = scene.seed.post(&scene.cid, "by cid").await.id;
            let mut socket = scene.seed.connect(&scene.ana).await;
            socket.watch([post]);
            scene.relate().await;
            scene.seed.like(&scene.ben, post).await;
            scene.seed.comment(&scene.ben, post, "by ben").await;
            scene.seed.like(&scene.cid, post).await;
            let counts = socket.received().await.into_iter().rev().find_map(|message| match message {
                ServerMessage::Post(PostMessage::CountsChanged { counts, .. }) => {
                    Some((counts.likes, counts.comments))
                }
                _ => None,
            });
            assert_eq!(
                counts,
                like::counts(scene.cx(), &scene.ana, post)
                    .await
                    .ok()
                    .map(|counts| (counts.likes, counts.comments))
            );
            counts.expect("counts")
        },
    )
    .await;
}

#[tokio::test]
async fn a_comment_of_a_hidden_person_is_not_heard() {
    across(SEEN, |scene| async move {
        let post = scene.seed.post(&scene.cid, "by cid").await.id;
        let mut socket = scene.seed.connect(&scene.ana).await;
        socket.watch([post]);
        scene.relate().await;
        let written = scene.seed.comment(&scene.ben, post, "by ben").await;
        socket
            .received()
            .await
            .contains(&ServerMessage::Comment(CommentMessage::Changed { comment: written.into() }))
    })
    .await;
}

/// Only who is not hidden can say something; what they say is heard.
#[tokio::test]
async fn a_message_of_a_hidden_person_is_neither_said_nor_heard() {
    across(SEEN, |scene| async move {
        scene.seed.say(&scene.ben, &scene.ana, "before").await;
        let mut socket = scene.seed.connect(&scene.ana).await;
        scene.relate().await;
        let client_id = scene.cx().new_id().expect("an id");
        let new = NewMessage { to: id(&scene.ana), client_id, body: "after".into(), reply_to: None };
        let said = chat::send(scene.cx(), &scene.ben, new).await.is_ok();
        let heard = socket
            .received()
            .await
            .iter()
            .any(|message| matches!(message, ServerMessage::Chat(ChatMessage::Message { .. })));
        assert_eq!(said, heard);
        heard
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_hidden_persons_message_is_not_heard() {
    across(SEEN, |scene| async move {
        let said = scene.seed.say(&scene.ben, &scene.ana, "before").await;
        let mut socket = scene.seed.connect(&scene.ana).await;
        scene.relate().await;
        let edit = EditMessage { conversation: said.conversation, seq: said.seq, body: "after".into() };
        let changed = chat::message::edit(scene.cx(), &scene.ben, edit).await.is_ok();
        let heard = socket
            .received()
            .await
            .iter()
            .any(|message| matches!(message, ServerMessage::Chat(ChatMessage::Changed { .. })));
        assert_eq!(changed, heard);
        heard
    })
    .await;
}

/// One that was changed just before the block, whose announcement comes after it.
#[tokio::test]
async fn a_change_that_a_block_overtook_is_not_heard() {
    across(SEEN, |scene| async move {
        let message = scene.seed.say(&scene.ben, &scene.ana, "before").await;
        let mut socket = scene.seed.connect(&scene.ana).await;
        scene.relate().await;
        let between = [id(&scene.ben), id(&scene.ana)];
        let changed =
            Announcement::new(Audience::Members(between.to_vec()), between, ChatMessage::Changed { message });
        scene.cx().hub.deliver(changed.into());
        let heard = socket.received().await;
        heard.iter().any(|message| matches!(message, ServerMessage::Chat(ChatMessage::Changed { .. })))
    })
    .await;
}

#[tokio::test]
async fn a_message_sent_to_a_hidden_person_over_the_socket_is_refused() {
    let expected = Each {
        stranger: None,
        follower: None,
        blocked: Some(Problem::NotFound),
        blocker: Some(Problem::YouBlocked),
    };
    across(expected, |scene| async move {
        let socket = scene.seed.connect(&scene.ana).await;
        scene.relate().await;
        let client_id = scene.cx().new_id().expect("an id");
        let message = NewMessage { to: id(&scene.ben), client_id, body: "hello?".into(), reply_to: None };
        match &socket.say(ClientMessage::Chat(ChatRequest::Send { message })).await[..] {
            [ServerMessage::Chat(ChatMessage::Sent { .. })] => None,
            [ServerMessage::Chat(ChatMessage::Refused { problem, .. })] => Some(problem.clone()),
            other => panic!("{other:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn a_conversation_with_a_hidden_person_is_not_resumed() {
    across(
        Each { stranger: [true; 2], follower: [true; 2], blocked: [false; 2], blocker: [false; 2] },
        |scene| async move {
            let conversation = scene.seed.say(&scene.ben, &scene.ana, "hello").await.conversation;
            let socket = scene.seed.connect(&scene.ana).await;
            for number in 0..50 {
                scene.seed.say(&scene.ben, &scene.ana, &number.to_string()).await;
            }
            scene.relate().await;
            let resume = async |seq| {
                socket
                    .say(ClientMessage::Chat(ChatRequest::Resume {
                        positions: vec![ReadPosition { conversation, seq }.into()],
                    }))
                    .await
            };
            let missed = resume(50)
                .await
                .iter()
                .any(|message| matches!(message, ServerMessage::Chat(ChatMessage::Backlog { .. })));
            let resync = resume(0)
                .await
                .iter()
                .any(|message| matches!(message, ServerMessage::Chat(ChatMessage::Resync { .. })));
            [missed, resync]
        },
    )
    .await;
}

#[tokio::test]
async fn a_conversation_with_a_hidden_person_is_not_read_over_the_socket() {
    let zero = || Some(ServerMessage::Badges(Badges::NONE));
    across(Each { stranger: zero(), follower: zero(), blocked: None, blocker: None }, |scene| async move {
        let said = scene.seed.say(&scene.ben, &scene.ana, "hello").await;
        scene.relate().await;
        let mut socket = scene.seed.connect(&scene.ana).await;
        let seen = ReadPosition { conversation: said.conversation, seq: said.seq };
        assert_eq!(
            socket.say(ClientMessage::Chat(ChatRequest::Read { position: seen })).await,
            [],
            "the answer is the same"
        );
        socket.received().await.pop()
    })
    .await;
}

#[tokio::test]
async fn unread_conversations_that_are_heard_leave_hidden_people_out() {
    across(Each { stranger: 2, follower: 2, blocked: 1, blocker: 1 }, |scene| async move {
        scene.seed.say(&scene.ben, &scene.ana, "hello").await;
        let mut socket = scene.seed.connect(&scene.ana).await;
        scene.relate().await;
        scene.seed.say(&scene.cid, &scene.ana, "hello").await;
        let told = socket.received().await.into_iter().rev().find_map(|message| match message {
            ServerMessage::Badges(badges) => Some(badges.chats),
            _ => None,
        });
        // What is the same as on the page is not said again.
        told.unwrap_or(1)
    })
    .await;
}

#[tokio::test]
async fn nobody_hears_a_hidden_person_type() {
    across(Each { stranger: true, follower: true, blocked: false, blocker: false }, |scene| async move {
        let conversation = scene.seed.say(&scene.ben, &scene.ana, "hello").await.conversation;
        let mut reader = scene.seed.connect(&scene.ana).await;
        let writer = scene.seed.connect(&scene.ben).await;
        scene.relate().await;
        writer.say(ClientMessage::Chat(ChatRequest::Typing { conversation })).await;
        let heard = reader.received().await;
        heard.iter().any(|message| matches!(message, ServerMessage::Chat(ChatMessage::Typing { .. })))
    })
    .await;
}

#[tokio::test]
async fn nobody_hears_how_far_a_hidden_person_reads() {
    across(Each { stranger: true, follower: true, blocked: false, blocker: false }, |scene| async move {
        let said = scene.seed.say(&scene.ana, &scene.ben, "hello").await;
        let mut writer = scene.seed.connect(&scene.ana).await;
        let reader = scene.seed.connect(&scene.ben).await;
        scene.relate().await;
        let position = ReadPosition { conversation: said.conversation, seq: said.seq };
        reader.say(ClientMessage::Chat(ChatRequest::Read { position })).await;
        let heard = writer.received().await;
        heard.iter().any(|message| matches!(message, ServerMessage::Chat(ChatMessage::ReadByOther { .. })))
    })
    .await;
}
