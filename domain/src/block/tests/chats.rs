use protocol::{
    chat::{EditMessage, NewMessage, PartnerQuery, ReadPosition},
    live::ServerMessage,
};

use super::{Each, NOT_FOUND, REMINDED, SEEN, Scene, across, refused};
use crate::{account, badge, chat, session, testing::id};

impl Scene {
    /// Ben has said something to Ana.
    async fn talked(&self) -> ReadPosition {
        let said = self.seed.say(&self.ben, &self.ana, "hello").await;
        ReadPosition { conversation: said.conversation, seq: said.seq }
    }
}

#[tokio::test]
async fn a_hidden_person_cannot_be_written_to() {
    across(REMINDED, |scene| async move {
        scene.talked().await;
        scene.relate().await;
        let client_id = scene.cx().new_id().expect("an id");
        let new = NewMessage { to: id(&scene.ben), client_id, body: "hello?".into(), reply_to: None };
        refused(chat::send(scene.cx(), &scene.ana, new).await)
    })
    .await;
}

#[tokio::test]
async fn a_chat_with_a_hidden_person_cannot_be_opened() {
    across(REMINDED, |scene| async move {
        scene.talked().await;
        scene.relate().await;
        refused(chat::open(scene.cx(), &scene.ana, scene.bens_name()).await)
    })
    .await;
}

#[tokio::test]
async fn earlier_messages_of_a_hidden_person_are_not_found() {
    across(NOT_FOUND, |scene| async move {
        let seen = scene.talked().await;
        scene.relate().await;
        refused(chat::earlier(scene.cx(), &scene.ana, seen.conversation, 9).await)
    })
    .await;
}

#[tokio::test]
async fn messages_missed_of_a_hidden_person_are_not_found() {
    across(NOT_FOUND, |scene| async move {
        let seen = ReadPosition { seq: 0, ..scene.talked().await };
        scene.relate().await;
        refused(chat::since(scene.cx(), &scene.ana, seen.into(), usize::MAX).await)
    })
    .await;
}

#[tokio::test]
async fn messages_of_a_hidden_person_cannot_be_read_up_to_anywhere() {
    across(NOT_FOUND, |scene| async move {
        let seen = scene.talked().await;
        scene.relate().await;
        refused(chat::read(scene.cx(), &scene.ana, seen).await)
    })
    .await;
}

#[tokio::test]
async fn a_conversation_with_a_hidden_person_is_not_listed() {
    across(SEEN, |scene| async move {
        scene.talked().await;
        scene.relate().await;
        let listed = chat::conversations(scene.cx(), &scene.ana).await.expect("conversations");
        listed.iter().any(|row| row.with.id == id(&scene.ben))
    })
    .await;
}

#[tokio::test]
async fn an_own_message_to_a_hidden_person_cannot_be_changed() {
    across(NOT_FOUND, |scene| async move {
        let own = scene.seed.say(&scene.ana, &scene.ben, "hello").await;
        scene.relate().await;
        let edit = EditMessage { conversation: own.conversation, seq: own.seq, body: "changed".into() };
        let edited = refused(chat::message::edit(scene.cx(), &scene.ana, edit).await);
        let removed = chat::message::remove(scene.cx(), &scene.ana, own.conversation, own.seq).await;
        assert_eq!(refused(removed), edited);
        edited
    })
    .await;
}

#[tokio::test]
async fn a_hidden_person_is_nobody_to_write_to() {
    across(SEEN, |scene| async move {
        scene.relate().await;
        let mut found = Vec::new();
        for name in ["", "be", scene.bens_name()] {
            let query = PartnerQuery { name: name.to_owned(), after: None };
            let page = chat::partners::list(scene.cx(), &scene.ana, query).await.expect("people");
            found.push(page.items.iter().any(|partner| partner.person.id == id(&scene.ben)));
        }
        found.dedup();
        assert_eq!(found.len(), 1, "the same whatever is searched for");
        found[0]
    })
    .await;
}

#[tokio::test]
async fn messages_of_a_hidden_person_are_not_unread_anywhere() {
    across(
        Each { stranger: [1; 4], follower: [1; 4], blocked: [0; 4], blocker: [0; 4] },
        |scene| async move {
            scene.talked().await;
            scene.relate().await;
            let token = scene.seed.cookie(&scene.ana).await;
            let visit = session::visit(scene.cx(), &token).await.expect("an answer").expect("a visit").1;
            let me = account::me(scene.cx(), &scene.ana).await.expect("Ana").badges.chats;
            let counted = badge::own(scene.cx(), &scene.ana).await.expect("a number").chats;
            // Who has missed something is told it over a new socket.
            let mut socket = scene.seed.resume(&scene.ana, Some(scene.cx().next_revision())).await;
            scene.seed.say(&scene.cid, &scene.ana, "and another").await;
            let told = match socket.received().await.pop() {
                Some(ServerMessage::Badges(badges)) => badges.chats - 1,
                other => panic!("{other:?}"),
            };
            [visit.badges.chats, me, counted, told]
        },
    )
    .await;
}
