//! What this tab knows of its person's chats. Made at the root and alive as long as the page, so that what is written on
//! one page goes out from the next one, too.

use std::time::Duration;

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
    conversations::Conversations,
    outbox::{Outbox, Pending},
};
use crate::{
    browser::{self, Keepsake},
    live::{Live, Status, live},
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
    /// What waits is said after a pause.
    goes_on: StoredValue<bool>,
}

/// How long messages wait that the server would not take yet.
const PAUSE: Duration = Duration::from_secs(1);

/// Makes the page able to chat; once, at its root.
pub fn provide() {
    let Some(me) = session::me() else { return };
    let chats = Chats {
        me: me.person.id,
        live: live(),
        outbox: RwSignal::new(Outbox::default()),
        conversations: RwSignal::new(None),
        goes_on: StoredValue::new(false),
    };
    provide_context(chats);
    chats.live.listen(move |message| chats.hear(message));
    chats.outlive_loads();
}

/// Makes what takes everything out of the browser that one has written here and not sent: for whoever logs out.
pub fn forget() -> impl Fn() + Copy {
    let chats = use_context::<Chats>();
    move || {
        if let Some(chats) = chats {
            chats.outbox.set(Outbox::default());
            Keepsake::forget_all_of(chats.me);
        }
    }
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
        self.outbox.update(|outbox| outbox.add(Pending { client_id, to, body, written_at, problem: None }));
        self.say();
    }

    /// Sends a message again that was refused.
    pub(super) fn send_again(self, client_id: Uuid) {
        self.outbox.update(|outbox| outbox.again(client_id));
        self.say();
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
                self.outbox.update_untracked(Outbox::reconnected);
                self.say();
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

    /// Says what waits, as fast as the server takes it. Without a line it waits for the next one.
    fn say(self) {
        if self.live.status().try_get_untracked() != Some(Status::Open) {
            return;
        }
        let due = self.outbox.try_update_untracked(|outbox| outbox.say(browser::now()));
        for Pending { client_id, to, body, .. } in due.unwrap_or_default() {
            self.live.say(ClientMessage::Send { message: NewMessage { to, client_id, body } });
        }
        let waits = self.outbox.try_with_untracked(Outbox::waits) == Some(true);
        if waits && self.goes_on.try_update_value(|due| std::mem::replace(due, true)) == Some(false) {
            let go_on = move || {
                self.goes_on.try_set_value(false);
                self.say();
            };
            set_timeout(go_on, PAUSE);
        }
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
