//! Messages that are edited, deleted and quoted.

use protocol::{
    Problem, Reason,
    chat::{ChatMessage, EditMessage, MessageState, MessageView, NewMessage, QUOTED_CHARS, QuotedMessage},
};

use crate::{
    Error, Scope,
    bus::{Announcement, Audience},
    chat::{conversations, message, open, send},
    testing::{Seed, both, id, refusal},
};

impl Seed {
    /// Writes another text for a message.
    pub(super) async fn change(&self, who: &Scope, said: &MessageView, body: &str) -> MessageView {
        edit(self, who, said, body).await.expect("an edited message")
    }
}

async fn edit(seed: &Seed, who: &Scope, said: &MessageView, body: &str) -> Result<MessageView, Error> {
    let edit = EditMessage { conversation: said.conversation, seq: said.seq, body: body.to_owned() };
    message::edit(&seed.cx, who, edit).await
}

async fn remove(seed: &Seed, who: &Scope, said: &MessageView) -> Result<MessageView, Error> {
    message::remove(&seed.cx, who, said.conversation, said.seq).await
}

async fn answer(seed: &Seed, who: &Scope, to: &Scope, seq: i64, body: &str) -> Result<MessageView, Error> {
    let client_id = seed.cx.new_id().expect("an id");
    let new = NewMessage { to: id(to), client_id, body: body.to_owned(), reply_to: Some(seq) };
    send(&seed.cx, who, new).await
}

async fn shown(seed: &Seed, who: &Scope, with: &str) -> Vec<MessageView> {
    open(&seed.cx, who, with).await.expect("a chat").messages
}

#[tokio::test]
async fn an_edited_message_is_stored_marked_and_announced_to_both() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let said = seed.say(&ana, &ben, "at sevn").await;
        seed.clock.advance_seconds(60);
        seed.events.take();
        let edited = seed.change(&ana, &said, "at seven").await;
        let expected =
            MessageView { body: "at seven".into(), state: MessageState::Edited, revision: 1, ..said };
        assert_eq!(edited, expected, "its place and time stay");
        for (who, with) in [(&ana, "ben"), (&ben, "ana")] {
            assert_eq!(shown(&seed, who, with).await, std::slice::from_ref(&edited));
        }
        let between = vec![id(&ana), id(&ben)];
        let changed = ChatMessage::Changed { message: edited.clone() };
        let announced = Announcement::new(Audience::Members(between.clone()), between, changed);
        assert_eq!(seed.events.take(), [announced.into()]);
        assert_eq!(seed.change(&ana, &edited, "at seven").await, edited);
        assert!(seed.events.take().is_empty(), "the same text is no change");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_message_leaves_its_place_and_nothing_of_its_text() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let said = seed.say(&ana, &ben, "a secret").await;
        seed.events.take();
        let gone = remove(&seed, &ana, &said).await.expect("a tombstone");
        assert_eq!(
            gone,
            MessageView { body: String::new(), state: MessageState::Deleted, revision: 1, ..said }
        );
        assert_eq!(shown(&seed, &ben, "ana").await, std::slice::from_ref(&gone));
        assert_eq!(conversations(&seed.cx, &ben).await.expect("a list")[0].last, gone);
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM message WHERE body <> ''").await, 0);
        assert_eq!(seed.events.take().len(), 1);
        assert_eq!(remove(&seed, &ana, &gone).await.expect("the same"), gone);
        assert!(seed.events.take().is_empty(), "it is gone already");
        assert_eq!(refusal(edit(&seed, &ana, &gone, "back again").await), Problem::NotFound);
        assert_eq!(seed.say(&ben, &ana, "what was that?").await.seq, 2, "numbers stay dense");
        seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn only_its_sender_changes_a_message() {
    both(|seed| async move {
        let (ana, ben, eve) = (seed.person("ana").await, seed.person("ben").await, seed.person("eve").await);
        let said = seed.say(&ana, &ben, "mine").await;
        let nowhere = MessageView { seq: 9, ..said.clone() };
        for (who, what) in [(&ben, &said), (&eve, &said), (&ana, &nowhere)] {
            assert_eq!(refusal(edit(&seed, who, what, "yours").await), Problem::NotFound);
            assert_eq!(refusal(remove(&seed, who, what).await), Problem::NotFound);
        }
        assert_eq!(refusal(edit(&seed, &Seed::nobody(), &said, "yours").await), Problem::SignInNeeded);
        assert_eq!(refusal(remove(&seed, &Seed::nobody(), &said).await), Problem::SignInNeeded);
        assert_eq!(refusal(edit(&seed, &ana, &said, " ").await), Problem::field("body", Reason::Empty));
        assert_eq!(shown(&seed, &ben, "ana").await, [said]);
    })
    .await;
}

#[tokio::test]
async fn each_change_of_a_conversation_gets_the_next_revision() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let (one, two) = (seed.say(&ana, &ben, "one").await, seed.say(&ben, &ana, "two").await);
        let elsewhere = seed.say(&ana, &cid, "three").await;
        assert_eq!(seed.change(&ana, &one, "1").await.revision, 1);
        assert_eq!(remove(&seed, &ben, &two).await.expect("a tombstone").revision, 2);
        assert_eq!(seed.change(&ana, &one, "I").await.revision, 3);
        assert_eq!(seed.change(&ana, &elsewhere, "3").await.revision, 1);
        assert_eq!(open(&seed.cx, &ben, "ana").await.expect("a chat").revision, 3);
    })
    .await;
}

#[tokio::test]
async fn names_in_a_new_text_lead_to_their_people() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        let said = seed.say(&ana, &ben, "ask somebody").await;
        seed.block(&cid, &ben).await;
        let mut bens = seed.connect(&ben).await;
        assert_eq!(seed.change(&ana, &said, "ask @cid").await.mentions, ["cid"]);
        let heard = bens.received().await;
        assert_eq!(heard.len(), 1);
        assert!(!format!("{heard:?}").contains("mentions: [\"cid\"]"), "Ben may not see Cid: {heard:?}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_quotes_the_beginning_of_a_message_as_it_is_now() {
    both(|seed| async move {
        let (ana, ben) = (seed.person("ana").await, seed.person("ben").await);
        let long = "\u{e9}".repeat(QUOTED_CHARS + 1);
        let said = seed.say(&ana, &ben, &long).await;
        let quoted =
            |body: Option<&str>| QuotedMessage { seq: 1, sender: id(&ana), body: body.map(str::to_owned) };
        let reply = answer(&seed, &ben, &ana, 1, "quite so").await.expect("a message");
        assert_eq!(reply.reply_to, Some(quoted(Some(&long[..2 * QUOTED_CHARS]))));
        assert_eq!(shown(&seed, &ana, "ben").await, [said.clone(), reply.clone()]);
        seed.change(&ana, &said, "short").await;
        assert_eq!(shown(&seed, &ana, "ben").await[1].reply_to, Some(quoted(Some("short"))));
        remove(&seed, &ana, &said).await.expect("a tombstone");
        assert_eq!(shown(&seed, &ana, "ben").await[1].reply_to, Some(quoted(None)));
        let late = answer(&seed, &ben, &ana, 1, "what was it?").await.expect("a message");
        assert_eq!(late.reply_to, Some(quoted(None)));
        let gone = remove(&seed, &ben, &reply).await.expect("a tombstone");
        assert_eq!(gone.reply_to, None, "nor does it say what it answered");
    })
    .await;
}

#[tokio::test]
async fn only_a_message_of_the_same_conversation_can_be_answered() {
    both(|seed| async move {
        let (ana, ben, cid) = (seed.person("ana").await, seed.person("ben").await, seed.person("cid").await);
        for text in ["one", "two"] {
            seed.say(&ana, &cid, text).await;
        }
        seed.say(&ana, &ben, "one").await;
        for seq in [2, 0, -1, i64::MAX, i64::MIN] {
            assert_eq!(refusal(answer(&seed, &ben, &ana, seq, "hm").await), Problem::BadRequest, "{seq}");
        }
        assert_eq!(seed.number("SELECT COUNT(*) AS count FROM message").await, 3);
    })
    .await;
}
