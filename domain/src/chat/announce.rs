//! What both people of a conversation are told.

use protocol::{
    AccountId, ConversationId,
    chat::{ChatMessage, MessageView, ReadPosition},
    live::ServerMessage,
};

use crate::bus::{Announcement, Audience, Payload};

/// A message is stored. Whoever may not see one of those whom it names is told without its mentions.
pub(super) fn said(message: &MessageView, between: Vec<AccountId>, names: Vec<AccountId>) -> Announcement {
    let about = between.clone();
    let payload = naming(message, names, |message| ChatMessage::Message { message }.into());
    Announcement { audience: Audience::Members(between), about, payload }
}

/// A message that was stored before has changed.
pub(super) fn changed(message: &MessageView, between: Vec<AccountId>, names: Vec<AccountId>) -> Announcement {
    let about = between.clone();
    let payload = naming(message, names, |message| ChatMessage::Changed { message }.into());
    Announcement { audience: Audience::Members(between), about, payload }
}

/// The other one has read up to there.
pub(super) fn read(to: AccountId, reader: AccountId, position: ReadPosition) -> Announcement {
    Announcement::new(Audience::Account(to), [reader], ChatMessage::ReadByOther { position })
}

/// The other one is typing. Whoever hears it later has heard nothing.
pub(super) fn typing(to: AccountId, writer: AccountId, conversation: ConversationId) -> Announcement {
    let message = ChatMessage::Typing { conversation }.into();
    Announcement {
        audience: Audience::Account(to),
        about: vec![writer],
        payload: Payload::Transient(message),
    }
}

fn naming(
    message: &MessageView,
    names: Vec<AccountId>,
    say: impl Fn(MessageView) -> ServerMessage,
) -> Payload {
    if names.is_empty() {
        return Payload::Message(say(message.clone()));
    }
    let nameless = MessageView { mentions: Vec::new(), ..message.clone() };
    Payload::Naming { names, message: say(message.clone()), nameless: Box::new(say(nameless)) }
}
