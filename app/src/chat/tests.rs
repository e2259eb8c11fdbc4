use protocol::{
    AccountId, ConversationId, Page, Timestamp,
    account::PersonView,
    chat::{ChatView, ConversationView, KnownPosition, MessageState, MessageView, ReadPosition},
    presence::{Presence, PresenceView},
};
use time::UtcOffset;
use uuid::Uuid;

use super::{
    conversations::Conversations,
    layout::{Delivery, Key, Rows},
    timeline::Timeline,
};
use crate::outbox::{Entry, Payload};

mod conversations;
mod layout;
mod timeline;

const HOUR: i64 = 60 * 60;
/// Sunday, 3 May 2026, 18:02 UTC.
const EVENING: i64 = 1_777_831_320;

fn ana() -> AccountId {
    Uuid::from_u128(1).into()
}

fn ben() -> AccountId {
    Uuid::from_u128(2).into()
}

fn choir() -> ConversationId {
    Uuid::from_u128(10).into()
}

fn said(sender: AccountId, seq: i64) -> MessageView {
    at(sender, seq, EVENING + seq)
}

fn at(sender: AccountId, seq: i64, seconds: i64) -> MessageView {
    MessageView {
        conversation: choir(),
        seq,
        sender,
        client_id: Uuid::from_u128(u128::from(seq.unsigned_abs())),
        body: format!("Message {seq}"),
        mentions: Vec::new(),
        sent_at: Timestamp::from_micros(seconds * 1_000_000),
        reply_to: None,
        state: MessageState::Original,
        revision: 0,
    }
}

/// A message as it is since a change.
fn edited(message: &MessageView, revision: i64) -> MessageView {
    let body = format!("Message {} again", message.seq);
    MessageView { body, state: MessageState::Edited, revision, ..message.clone() }
}

fn answer(seq: i64, quoted: &MessageView) -> MessageView {
    MessageView { reply_to: Some(quoted.quoted()), ..said(ana(), seq) }
}

/// What the server shows of the chat with Ben.
fn shown(messages: Vec<MessageView>, more: bool) -> ChatView {
    let conversation = (!messages.is_empty()).then(choir);
    let presence = PresenceView::default();
    ChatView {
        with: person(ben()),
        presence,
        conversation,
        messages,
        more,
        read: 0,
        revision: 0,
        read_by_other: None,
        deleted: false,
    }
}

fn pending(id: u128) -> Entry {
    let payload = Payload::Message { to: ben(), body: format!("Message {id}"), reply_to: None };
    Entry::new(Uuid::from_u128(id), payload, Timestamp::from_micros((EVENING + 60) * 1_000_000))
}

fn all(seqs: std::ops::RangeInclusive<i64>) -> Vec<MessageView> {
    seqs.map(|seq| said(ben(), seq)).collect()
}

fn numbers(timeline: &Timeline) -> Vec<i64> {
    timeline.messages().iter().map(|message| message.seq).collect()
}

fn person(id: AccountId) -> PersonView {
    PersonView {
        id,
        username: "ben".to_owned(),
        first_name: "Ben".to_owned(),
        last_name: "Ito".to_owned(),
        picture: None,
    }
}
