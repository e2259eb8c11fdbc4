//! What this tab knows of its person's chats. Made at the root and alive as long as the page, so that what is written on
//! one page goes out from the next one, too.

use leptos::prelude::*;
use protocol::{
    AccountId,
    account::PersonView,
    chat::{ConversationView, MessageView, NewMessage},
    live::{ClientMessage, Seen, ServerMessage},
};
use uuid::Uuid;

use super::{
    api,
    browser::{self, Keepsake},
    conversations::Conversations,
    outbox::{Outbox, Pending},
};
use crate::{
    live::{Live, live},
    session,
};

/// The chats of whoever is signed in. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chats {
    pub(super) me: AccountId,
    pub(super) live: Live,
    pub(super) outbox: RwSignal<Outbox>,
    /// None until the list has been asked for.
    pub(super) conversations: RwSignal<Option<Conversations>>,
}

/// Makes the page able to chat; once, at its root.
pub fn provide() {
    let Some(me) = session::me() else { return };
    let chats = Chats {
        me: me.person.id,
        live: live(),
        outbox: RwSignal::new(Outbox::default()),
        conversations: RwSignal::new(None),
    };
    provide_context(chats);
    chats.live.listen(move |message| chats.hear(message));
    chats.outlive_loads();
}

impl Chats {
    /// Takes over the server's list, unless a list is here already.
    pub(super) fn begin(self, rows: Vec<ConversationView>) {
        if self.conversations.with_untracked(Option::is_none) {
            self.conversations.set(Some(Conversations::new(self.me, rows)));
        }
    }

    /// The person of this username, if the list has a conversation with them.
    pub(super) fn partner_called(self, username: &str) -> Option<PersonView> {
        self.conversations.with_untracked(|list| {
            let row = list.as_ref()?.rows().iter().find(|row| row.with.username == username)?;
            Some(row.with.clone())
        })
    }

    /// Sends a message, now or as soon as there is a line.
    pub(super) fn send(self, to: AccountId, body: String) {
        let (client_id, written_at) = (browser::random_id(), browser::now());
        let pending = Pending { client_id, to, body, written_at, problem: None };
        self.say(&pending);
        self.outbox.update(|outbox| outbox.add(pending));
    }

    /// Sends a message again that was refused.
    pub(super) fn send_again(self, client_id: Uuid) {
        if let Some(Some(pending)) = self.outbox.try_update(|outbox| outbox.again(client_id)) {
            self.say(&pending);
        }
    }

    /// Throws a message away that was refused.
    pub(super) fn discard(self, client_id: Uuid) {
        self.outbox.update(|outbox| _ = outbox.take(client_id));
    }

    /// Notes how far a conversation was read. Without a line nothing is noted, here neither.
    pub(super) fn read(self, seen: Seen) -> bool {
        let said = self.live.say(ClientMessage::Read { seen });
        if said {
            self.change_list(|list| list.read(seen));
        }
        said
    }

    fn hear(self, message: &ServerMessage) {
        match message {
            ServerMessage::Welcome { .. } => {
                self.outbox
                    .with_untracked(|outbox| outbox.unanswered().for_each(|pending| self.say(pending)));
                self.look_up();
            }
            ServerMessage::Message { message } | ServerMessage::Sent { message } => self.said(message),
            ServerMessage::Missed { messages, .. } => messages.iter().for_each(|message| self.said(message)),
            ServerMessage::Refused { client_id, problem } => {
                self.outbox.update(|outbox| outbox.refused(*client_id, problem));
            }
            ServerMessage::Unread { conversations } => {
                let list = self.conversations;
                if list.with_untracked(|list| {
                    list.as_ref().is_some_and(|list| list.counts_more_than(*conversations))
                }) {
                    self.look_up();
                }
            }
            _ => {}
        }
    }

    fn said(self, message: &MessageView) {
        if message.sender == self.me {
            self.outbox.try_maybe_update(|outbox| (outbox.stored(message), ()));
        }
        if self.change_list(|list| list.said(message)) == Some(false) {
            self.look_up();
        }
    }

    fn say(self, pending: &Pending) {
        let Pending { client_id, to, body, .. } = pending.clone();
        // Without a line it waits for the next one.
        self.live.say(ClientMessage::Send { message: NewMessage { to, client_id, body } });
    }

    /// Asks for the list anew, if it is shown anywhere or was.
    fn look_up(self) {
        if self.conversations.with_untracked(Option::is_none) {
            return;
        }
        leptos::task::spawn_local(async move {
            // Without an answer the list stays as it is until the next socket.
            if let Ok(rows) = api::conversations().await {
                self.change_list(|list| list.renew(rows));
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

    /// What is on its way when the page is loaded again goes on from there.
    fn outlive_loads(self) {
        let left = Keepsake::of_tab(format!("kith.outbox.{}", self.me));
        Effect::new(move |begun: Option<()>| {
            if begun.is_none()
                && let Some(pending) = left.get().and_then(|text| serde_json::from_str(&text).ok())
            {
                self.outbox.update(|outbox| outbox.restore(pending));
            }
            let text = self.outbox.with(|outbox| match outbox.pending() {
                [] => String::new(),
                pending => serde_json::to_string(pending).unwrap_or_default(),
            });
            left.set(&text);
        });
    }
}
