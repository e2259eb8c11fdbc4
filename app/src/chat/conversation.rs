//! One conversation that is open on this page.

use leptos::prelude::*;
use protocol::{
    AccountId, ConversationId, Problem,
    account::PersonView,
    chat::{ChatMessage, ChatRequest, ChatView, MessageView, QuotedMessage, ReadPosition},
    live::{ServerMessage, Topic, Welcome},
};
use time::UtcOffset;
use uuid::Uuid;

use super::{
    api,
    layout::Rows,
    message_action::{AskedAction, MessageForm},
    store::ChatStore,
    timeline::Timeline,
    typing::Typing,
};
use crate::{
    draft::{self, TextDraft},
    effect::effect,
    form,
    outbox::{Entry, Payload, Queue},
    schedule::run_on_next_frame,
    ui::{Toaster, offset_at, toast},
};

/// A conversation, and what can be done in it. Cheap to copy, and gone with its page.
#[derive(Clone, Copy)]
pub(super) struct Conversation {
    pub(super) store: ChatStore,
    pub(super) with: StoredValue<PersonView>,
    pub(super) timeline: RwSignal<Timeline>,
    pub(super) rows: Memo<Rows>,
    /// The last own message that the other one has read, if that is told.
    pub(super) last_read: Memo<Option<i64>>,
    /// Whether the other one is typing.
    pub(super) typing: Typing,
    /// Earlier messages are being fetched.
    pub(super) loading: RwSignal<bool>,
    /// After which message reading had stopped when this was opened, unless all was read.
    read_up_to: Option<i64>,
    /// The other one cannot be reached here any more.
    unavailable: RwSignal<bool>,
    /// What is being written.
    pub(super) draft: StoredValue<TextDraft>,
    /// What stands below the messages.
    pub(super) form: RwSignal<MessageForm>,
    /// The message that is being answered.
    pub(super) reply_to: RwSignal<Option<QuotedMessage>>,
    /// The own message of which it is asked whether it shall be deleted, and whether that is asked now.
    pub(super) removing: StoredValue<Option<i64>>,
    pub(super) confirming: RwSignal<bool>,
    pub(super) toaster: Toaster,
}

impl Conversation {
    /// Begins with what the server showed, and hears what comes.
    pub(super) fn new(store: ChatStore, chat: ChatView, asked: Option<AskedAction>) -> Self {
        let (with, read, is_deleted) = (chat.with.clone(), chat.read, chat.deleted);
        let timeline = Timeline::new(chat);
        let read_up_to = timeline.markable(store.me).filter(|last| last.seq > read).map(|_| read);
        let form = MessageForm::of(asked, &timeline, store.me);
        let reply_to = asked.and_then(|asked| asked.quoted(&timeline));
        let timeline = RwSignal::new(timeline);
        let start = form::start(&format!("/chat/{}", with.username));
        let target = draft::DraftTarget::Message(with.id);
        let draft = TextDraft::new(target, start.value("body"), String::new(), None);
        draft.problem.set(start.sentence());
        let conversation = Self {
            store,
            rows: layout(store, with.id, read_up_to, timeline),
            last_read: Memo::new(move |_| timeline.with(|timeline| timeline.last_read(store.me))),
            typing: Typing::new(store.live),
            with: StoredValue::new(with),
            timeline,
            loading: RwSignal::new(false),
            read_up_to,
            unavailable: RwSignal::new(is_deleted),
            draft: StoredValue::new(draft),
            form: RwSignal::new(form),
            reply_to: RwSignal::new(reply_to),
            removing: StoredValue::new(None),
            confirming: RwSignal::new(false),
            toaster: toast(),
        };
        for topic in [Topic::Chat, Topic::Outbox] {
            store.live.subscribe(topic, move |message| conversation.on_live_message(message));
        }
        store.live.on_open(move |welcome| conversation.on_open(welcome));
        store.live.follow(Signal::derive(move || timeline.with(Timeline::known)));
        conversation
    }

    /// Sends a message.
    pub(super) fn send(self, body: String) {
        let reply_to = self.reply_to.try_update(Option::take).flatten();
        self.with.with_value(|with| self.store.send(with.id, body, reply_to));
    }

    /// The page of the conversation.
    pub(super) fn path(self) -> String {
        self.with.with_value(|with| format!("/chat/{}", with.username))
    }

    /// Whose message it is, in a word.
    pub(super) fn name_of(self, sender: AccountId) -> String {
        if sender == self.store.me {
            return "You".to_owned();
        }
        self.with.with_value(|with| with.short_name().to_owned())
    }

    /// One of the messages that are here.
    pub(super) fn message(self, seq: i64) -> Option<MessageView> {
        self.timeline.try_with_untracked(|timeline| timeline.message(seq).cloned()).flatten()
    }

    /// Takes a refused message back into the form.
    pub(super) fn edit(self, client_id: Uuid) {
        if let Some(Payload::Message { body, reply_to, .. }) = self.store.outbox.discard(client_id) {
            self.reply_to.set(reply_to);
            self.draft.with_value(|draft| draft.prepend(&body));
        }
    }

    /// Whether the server would not take a message any more: to whom one may not see, nobody can write.
    pub(super) fn is_unavailable(self) -> bool {
        // A view may ask once more when the conversation is gone already.
        let Some(with) = self.with.try_with_value(|with| with.id) else { return true };
        let refused =
            |queue: &Queue| messages_to(queue, with).any(|entry| entry.problem == Some(Problem::NotFound));
        self.unavailable.try_get().unwrap_or(true) || self.store.outbox.with(refused)
    }

    /// Up to where there is something to read, unless all was read when this was opened.
    pub(super) fn unread(self) -> Option<ReadPosition> {
        self.read_up_to.and_then(|_| self.timeline.with_untracked(Timeline::readable))
    }

    /// Fetches the page before the first message here.
    pub(super) fn load_earlier(self) {
        let place =
            self.timeline.try_with_untracked(|timeline| timeline.conversation().zip(timeline.before()));
        let (Some(Some((conversation, before))), Some(false)) = (place, self.loading.try_get_untracked())
        else {
            return;
        };
        self.loading.set(true);
        leptos::task::spawn_local(async move {
            match api::earlier(conversation, before).await {
                Ok(page) => _ = self.timeline.try_update(|timeline| timeline.prepend(page)),
                Err(error) => self.toaster.report_with(&error, "Try again", move || self.load_earlier()),
            }
            // Until the messages stand there, nobody needs to hear them all.
            run_on_next_frame(move || _ = self.loading.try_set(false));
        });
    }

    fn on_open(self, welcome: Welcome) {
        // A conversation that has not begun cannot be resumed.
        if welcome.resync && self.conversation().is_none() {
            self.refresh();
        }
    }

    fn on_live_message(self, message: &ServerMessage) {
        let ServerMessage::Chat(message) = message else { return };
        match message {
            ChatMessage::Message { message } | ChatMessage::Sent { message } => self.on_message(message),
            ChatMessage::Changed { message } => self.change(message),
            ChatMessage::Backlog { conversation, messages, changed, revision, read_by_other }
                if self.conversation() == Some(*conversation) =>
            {
                self.timeline.try_update(|timeline| {
                    timeline.catch_up(changed, *revision);
                    if let Some(seq) = read_by_other {
                        timeline.read_by_other(*seq);
                    }
                });
                self.add(messages);
            }
            ChatMessage::ReadByOther { position } if self.conversation() == Some(position.conversation) => {
                self.timeline.try_update(|timeline| timeline.read_by_other(position.seq));
            }
            ChatMessage::Typing { conversation } if self.conversation() == Some(*conversation) => {
                self.typing.heard();
            }
            ChatMessage::Resync { conversation } if self.conversation() == Some(*conversation) => {
                self.refresh()
            }
            _ => {}
        }
    }

    fn on_message(self, message: &MessageView) {
        let Some(with) = self.with.try_with_value(|with| with.id) else { return };
        match self.conversation() {
            Some(conversation) if conversation == message.conversation => {
                self.add(std::slice::from_ref(message))
            }
            Some(_) => {}
            None if message.sender == with || self.partner(message.conversation) == Some(with) => {
                self.add(std::slice::from_ref(message));
            }
            // One's own, from another window: to whom, it does not say.
            None if message.sender == self.store.me => self.refresh(),
            None => {}
        }
    }

    /// Takes over a change of a message, if it is one of this conversation.
    pub(super) fn change(self, message: &MessageView) {
        if self.conversation() == Some(message.conversation) {
            self.update(|timeline| timeline.change(message));
        }
    }

    fn add(self, messages: &[MessageView]) {
        let theirs = messages.iter().rfind(|message| message.sender != self.store.me);
        if theirs.is_some() {
            self.typing.stop();
        }
        self.update(|timeline| {
            timeline.add(messages);
            if let Some(last) = theirs {
                timeline.heard_from_other(last.seq);
            }
        });
    }

    /// Changes what is known, and asks for what is missing then.
    fn update(self, change: impl FnOnce(&mut Timeline)) {
        let gap = self.timeline.try_update(|timeline| {
            change(timeline);
            timeline.gap()
        });
        if let Some(Some(position)) = gap {
            self.store.live.send(ChatRequest::Resume { positions: vec![position] });
        }
    }

    fn refresh(self) {
        let Some(username) = self.with.try_with_value(|with| with.username.clone()) else { return };
        leptos::task::spawn_local(async move {
            match api::open(username).await {
                Ok((chat, _)) => _ = self.timeline.try_update(|timeline| timeline.merge(chat)),
                Err(error) if error.problem() == Problem::NotFound => _ = self.unavailable.try_set(true),
                // The next socket is the next chance.
                Err(_) => {}
            }
        });
    }

    pub(super) fn conversation(self) -> Option<ConversationId> {
        self.timeline.try_with_untracked(Timeline::conversation).flatten()
    }

    fn partner(self, conversation: ConversationId) -> Option<AccountId> {
        self.store.partner(conversation)
    }
}

/// What is on its way to a person.
fn messages_to(queue: &Queue, person: AccountId) -> impl Iterator<Item = &Entry> {
    queue.mine().filter(move |entry| matches!(entry.payload, Payload::Message { to, .. } if to == person))
}

/// Days begin in UTC for the server, and where the reader is as soon as the page is alive.
fn layout(
    store: ChatStore,
    with: AccountId,
    read_up_to: Option<i64>,
    timeline: RwSignal<Timeline>,
) -> Memo<Rows> {
    let here = RwSignal::new(false);
    effect(move || here.set(true));
    Memo::new(move |_| {
        let offset: fn(i64) -> UtcOffset = if here.get() { offset_at } else { |_| UtcOffset::UTC };
        timeline.with(|timeline| {
            let stored = timeline.messages();
            store.outbox.with(|queue| {
                let pending = messages_to(queue, with);
                Rows::lay_out(store.me, read_up_to, stored, pending, offset)
            })
        })
    })
}
