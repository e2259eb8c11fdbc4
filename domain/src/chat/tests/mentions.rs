use protocol::{
    chat::{ChatMessage, MessageView, ReadPosition},
    live::ServerMessage,
};

use crate::{
    Scope, block,
    chat::{earlier, open, since},
    profile,
    testing::{Seed, both, id},
};

async fn mentions_for(seed: &Seed, who: &Scope, with: &str) -> Vec<String> {
    let chat = open(&seed.cx, who, with).await.expect("a chat");
    chat.messages.last().expect("a message").mentions.clone()
}

#[tokio::test]
async fn names_in_a_message_lead_to_members_and_to_nobody_else() {
    both(|seed| async move {
        let (ana, ben, _cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let said = seed.say(&ana, &ben, "@Cid and @cid, @ben, @nobody and cid@example.org").await;
        assert_eq!(said.mentions, ["cid", "ben"]);
        assert_eq!(mentions_for(&seed, &ana, "ben").await, ["cid", "ben"]);
        let page = earlier(&seed.cx, &ben, said.conversation, 9).await.expect("a page");
        assert_eq!(page.items, std::slice::from_ref(&said));
        let seen = ReadPosition { conversation: said.conversation, seq: 0 };
        let missed = since(&seed.cx, &ben, seen.into(), usize::MAX).await.expect("an answer");
        assert_eq!(missed.expect("a backlog").messages, [said]);
    })
    .await;
}

#[tokio::test]
async fn a_name_in_a_message_leads_nowhere_for_whom_it_is_hidden_from() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.say(&ana, &ben, "hello").await;
        seed.block(&cid, &ben).await;
        let (mut anas, mut bens) = (seed.connect(&ana).await, seed.connect(&ben).await);
        let said = seed.say(&ana, &ben, "ask @cid").await;
        assert_eq!(said.mentions, ["cid"]);
        let heard = |messages: Vec<ServerMessage>| -> Vec<MessageView> {
            let message = |message| match message {
                ServerMessage::Chat(ChatMessage::Message { message }) => Some(message),
                _ => None,
            };
            messages.into_iter().filter_map(message).collect()
        };
        let nameless = MessageView { mentions: Vec::new(), ..said.clone() };
        assert_eq!(heard(anas.received().await), [said]);
        assert_eq!(heard(bens.received().await), [nameless]);
        assert_eq!(mentions_for(&seed, &ben, "ana").await, Vec::<String>::new());
        block::unblock(&seed.cx, &cid, id(&ben)).await.expect("no block");
        assert_eq!(mentions_for(&seed, &ben, "ana").await, ["cid"]);
    })
    .await;
}

#[tokio::test]
async fn a_name_that_was_given_up_leads_to_its_person_in_messages_too() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        seed.say(&ana, &ben, "ask @cid").await;
        profile::change_username(&seed.cx, &cid, "cidney").await.expect("another name");
        assert_eq!(mentions_for(&seed, &ben, "ana").await, ["cid"]);
    })
    .await;
}

#[tokio::test]
async fn messages_without_names_are_read_without_looking_for_people() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let conversation = seed.talk(&ana, &ben, 3).await[0].conversation;
        seed.query_log.take();
        earlier(&seed.cx, &ana, conversation, 9).await.expect("a page");
        assert_eq!(seed.query_log.take().len(), 2);
        seed.say(&ana, &ben, "@ben").await;
        seed.query_log.take();
        earlier(&seed.cx, &ana, conversation, 9).await.expect("a page");
        let statements = seed.query_log.take();
        assert_eq!(statements.len(), 3);
        assert_eq!(seed.full_scans(statements).await, Vec::<String>::new());
    })
    .await;
}
