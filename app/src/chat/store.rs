//! What this tab knows of its person's chats. Made at the root and alive as long as the page, so that what is written on
//! one page goes out from the next one, too.

use std::collections::HashMap;

use leptos::prelude::*;
use protocol::{
    AccountId, ConversationId, Page,
    account::PersonView,
    chat::{
        ChatMessage, ChatRequest, ConversationView, MessageView, Partner, PartnerQuery, QuotedMessage,
        ReadPosition,
    },
    live::{ServerMessage, Topic},
};

use super::{api, conversations::Conversations};
use crate::{
    live::{Live, live},
    outbox::{Outbox, Payload},
    session,
};

/// The chats of whoever is signed in. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ChatStore {
    pub(super) me: AccountId,
    pub(super) live: Live,
    pub(super) outbox: Outbox,
    /// None until the list has been asked for.
    pub(super) conversations: RwSignal<Option<Conversations>>,
    /// With whom a conversation is, as far as the answers told.
    partners: StoredValue<HashMap<ConversationId, AccountId>>,
    /// The part of the list of people that was loaded last, for the next page that shows it.
    pub(super) people: StoredValue<Option<(PartnerQuery, Page<Partner>)>>,
}

/// Makes the page able to chat; once, at its root.
pub fn provide() {
    let Some(me) = session::me() else { return };
    let store = ChatStore {
        me: me.person.id,
        live: live(),
        outbox: expect_context(),
        conversations: RwSignal::new(None),
        partners: StoredValue::new(HashMap::new()),
        people: StoredValue::new(None),
    };
    provide_context(store);
    for topic in [Topic::Chat, Topic::Outbox, Topic::Badges] {
        store.live.subscribe(topic, move |message| store.on_live_message(message));
    }
    store.live.on_open(move |welcome| {
        if welcome.resync {
            store.people.try_set_value(None);
            store.refresh_list();
        }
    });
}

impl ChatStore {
    /// Takes over the server's list, unless a list is here already.
    pub(super) fn init_list(self, rows: Vec<ConversationView>) {
        if self.conversations.with_untracked(Option::is_none) {
            self.conversations.set(Some(Conversations::new(self.me, rows)));
        }
    }

    /// The person of this username, if the list has a conversation with them.
    pub(super) fn partner_by_username(self, username: &str) -> Option<PersonView> {
        self.conversations.with_untracked(|list| {
            let row = list.as_ref()?.rows().iter().find(|row| row.with.username == username)?;
            Some(row.with.clone())
        })
    }

    /// Whether the list has a conversation with this person.
    pub(super) fn lists(self, person: AccountId) -> bool {
        self.conversations.with(|list| list.as_ref().is_some_and(|list| list.has(person)))
    }

    /// Sends a message, now or as soon as there is a line.
    pub(super) fn send(self, to: AccountId, body: String, reply_to: Option<QuotedMessage>) {
        self.outbox.send(Payload::Message { to, body, reply_to });
    }

    /// With whom a conversation is, if something was sent there from here.
    pub(super) fn partner(self, conversation: ConversationId) -> Option<AccountId> {
        self.partners.with_value(|partners| partners.get(&conversation).copied())
    }

    /// Notes how far a conversation was read. Without a line nothing is noted, here neither.
    pub(super) fn mark_read(self, position: ReadPosition) -> bool {
        let is_sent = self.live.send(ChatRequest::Read { position });
        if is_sent {
            self.change_list(|list| list.mark_read(position));
        }
        is_sent
    }

    fn on_live_message(self, message: &ServerMessage) {
        match message {
            ServerMessage::Chat(ChatMessage::Message { message } | ChatMessage::Sent { message }) => {
                self.on_message(message);
            }
            ServerMessage::Chat(ChatMessage::Changed { message }) => self.on_change(message),
            ServerMessage::Chat(ChatMessage::Backlog { messages, changed, .. }) => {
                messages.iter().for_each(|message| self.on_message(message));
                changed.iter().for_each(|message| self.on_change(message));
            }
            ServerMessage::Badges(badges) => {
                let list = self.conversations;
                if list.with_untracked(|list| {
                    list.as_ref().is_some_and(|list| list.has_more_unread_than(badges.chats))
                }) {
                    self.refresh_list();
                }
            }
            _ => {}
        }
    }

    fn on_message(self, message: &MessageView) {
        if message.sender == self.me
            && let Some(Payload::Message { to, .. }) =
                self.outbox.confirm(message.client_id).map(|entry| entry.payload)
        {
            self.partners.update_value(|partners| _ = partners.insert(message.conversation, to));
        }
        if self.change_list(|list| list.on_message(message)) == Some(false) {
            self.refresh_list();
        }
    }

    /// An earlier message has changed.
    pub(super) fn on_change(self, message: &MessageView) {
        self.change_list(|list| list.on_change(message));
    }

    /// Asks for the list anew, if it is shown anywhere or was.
    pub(super) fn refresh_list(self) {
        if self.conversations.with_untracked(Option::is_none) {
            return;
        }
        leptos::task::spawn_local(async move {
            // Without an answer the list stays as it is until the next socket.
            if let Ok(rows) = api::conversations().await {
                self.change_list(|list| list.merge(rows));
            }
        });
    }

    fn change_list<T>(self, change: impl FnOnce(&mut Conversations) -> T) -> Option<T> {
        let changed = self.conversations.try_maybe_update(|list| {
            let changed = list.as_mut().map(change);
            (changed.is_some(), changed)
        });
        changed.flatten()
    }
}
