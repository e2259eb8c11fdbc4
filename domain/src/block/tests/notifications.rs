use protocol::{
    NotificationId,
    comment::NewComment,
    live::ServerMessage,
    notification::{NotificationMessage, NotificationView},
};

use super::{Each, SEEN, Scene, across};
use crate::{badge, notification, testing::Socket};

impl Scene {
    async fn told(&self) -> Vec<NotificationView> {
        notification::list(self.cx(), &self.ana, None).await.expect("notifications").page.items
    }

    async fn unread(&self) -> usize {
        badge::own(self.cx(), &self.ana).await.expect("badges").notifications as usize
    }
}

/// The notifications that a socket was told of.
async fn added(socket: &mut Socket) -> Vec<NotificationId> {
    let added = |message| match message {
        ServerMessage::Notification(NotificationMessage::Added { notification }) => Some(notification),
        _ => None,
    };
    socket.received().await.into_iter().filter_map(added).collect()
}

#[tokio::test]
async fn what_a_hidden_person_did_is_not_among_the_notifications() {
    // A follow of Ben's, which a block ends, is not among them.
    across(
        Each {
            stranger: (5, 5, true, 1),
            follower: (5, 5, true, 1),
            blocked: (0, 0, false, 1),
            blocker: (0, 0, false, 1),
        },
        |scene| async move {
            let (seed, ana, ben) = (&scene.seed, &scene.ana, &scene.ben);
            let post = seed.post(ana, "by ana").await.id;
            let comment = seed.comment(ana, post, "by ana").await.id;
            seed.like(ben, post).await;
            seed.comment(ben, post, "a comment").await;
            let reply = NewComment { client_id: None, post, answers: Some(comment), body: "a reply".into() };
            seed.reply(ben, reply).await;
            let name = &ana.member().expect("a person").username;
            seed.post(ben, &format!("for @{name}")).await;
            seed.say(ben, ana, "a message").await;
            let latest = scene.told().await[0].id;
            let since = scene.cx().next_revision();
            scene.relate().await;
            let preview = notification::preview(scene.cx(), ana, latest).await.expect("an answer");
            let listed = scene.told().await;
            let mut socket = seed.resume(ana, Some(since)).await;
            seed.like(&scene.cid, post).await;
            let heard = added(&mut socket).await.len();
            assert_eq!(
                scene.unread().await,
                listed.len() + usize::from(listed.is_empty()),
                "with Cid's like"
            );
            (listed.len(), listed.iter().filter(|one| one.is_unread).count(), preview.is_some(), heard)
        },
    )
    .await;
}

#[tokio::test]
async fn what_happened_below_a_hidden_persons_things_is_not_among_the_notifications() {
    across(SEEN, |scene| async move {
        let (seed, ana) = (&scene.seed, &scene.ana);
        let post = seed.post(&scene.ben, "by ben").await.id;
        let comment = seed.comment(ana, post, "by ana").await.id;
        let reply = NewComment { client_id: None, post, answers: Some(comment), body: "a reply".into() };
        seed.reply(&scene.cid, reply).await;
        scene.relate().await;
        let told = scene.told().await.len();
        assert_eq!(told, scene.unread().await);
        told > 0
    })
    .await;
}
