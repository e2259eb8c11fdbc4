//! What sockets hear.

use protocol::{
    live::{Badges, ServerMessage},
    notification::NotificationMessage,
};

use super::{all, three};
use crate::{
    like,
    notification::{delete_all, read},
    testing::{Seed, Socket, both},
};

async fn heard(socket: &mut Socket) -> Vec<ServerMessage> {
    let about = |message: &ServerMessage| {
        matches!(message, ServerMessage::Notification(_) | ServerMessage::Badges(_))
    };
    socket.received().await.into_iter().filter(about).collect()
}

#[tokio::test]
async fn a_new_notification_and_one_that_is_gone_are_heard_in_all_tabs_of_whom_they_tell_alone() {
    both(|seed| async move {
        let [ana, ben, cid] = three(&seed).await;
        let post = seed.post(&ana, "by ana").await.id;
        let mut tabs = [seed.connect(&ana).await, seed.connect(&ana).await];
        let mut others = [seed.connect(&ben).await, seed.connect(&cid).await];
        seed.like(&ben, post).await;
        let notification = all(&seed, &ana).await[0].id;
        let badges = |count| ServerMessage::Badges(Badges::NONE.notifications(count));
        let changed = || ServerMessage::from(NotificationMessage::Changed);
        for tab in &mut tabs {
            let added = NotificationMessage::Added { notification }.into();
            assert_eq!(heard(tab).await, [added, badges(1)]);
        }
        like::unlike(&seed.cx, &ben, post).await.expect("an undone like");
        for tab in &mut tabs {
            assert_eq!(heard(tab).await, [changed(), badges(0)]);
        }
        seed.like(&ben, post).await;
        for tab in &mut tabs {
            assert_eq!(heard(tab).await, [changed(), badges(1)], "it is no news");
        }
        read(&seed.cx, &ana, notification).await.expect("read");
        for tab in &mut tabs {
            assert_eq!(heard(tab).await, [changed(), badges(0)]);
        }
        delete_all(&seed.cx, &ana, notification).await.expect("deleted");
        for tab in &mut tabs {
            assert_eq!(heard(tab).await, [changed()]);
        }
        for socket in &mut others {
            assert_eq!(heard(socket).await, []);
        }
    })
    .await;
}

#[tokio::test]
async fn a_second_message_before_the_first_is_read_is_no_new_notification() {
    both(|seed| async move {
        let [ana, ben, _] = three(&seed).await;
        let mut tab = seed.connect(&ana).await;
        let added = async |seed: &Seed, tab: &mut Socket| {
            seed.say(&ben, &ana, "hello").await;
            let messages = heard(tab).await;
            messages.iter().any(|message| {
                matches!(message, ServerMessage::Notification(NotificationMessage::Added { .. }))
            })
        };
        assert!(added(&seed, &mut tab).await);
        assert!(!added(&seed, &mut tab).await);
    })
    .await;
}
