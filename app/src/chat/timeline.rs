//! What is known of one conversation: pages, live messages and what was missed, put together.

use protocol::{
    AccountId, ConversationId, Page,
    chat::{ChatView, MessageView, ReadPosition},
};

/// The messages of one conversation, each once, in the order of their numbers.
///
/// From the first one on there are no gaps up to `known`; what lies beyond a gap is shown already and joins when the
/// gap is filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Timeline {
    conversation: Option<ConversationId>,
    messages: Vec<MessageView>,
    more: bool,
    known: i64,
    /// For what came after this one, the server has been asked.
    requested: Option<i64>,
}

impl Timeline {
    /// Begins with what the server showed.
    pub(super) fn new(conversation: Option<ConversationId>, messages: Vec<MessageView>, more: bool) -> Self {
        let known = messages.last().map_or(0, |last| last.seq);
        Self { conversation, messages, more, known, requested: None }
    }

    /// None before the first message.
    pub(super) fn conversation(&self) -> Option<ConversationId> {
        self.conversation
    }

    /// In their order.
    pub(super) fn messages(&self) -> &[MessageView] {
        &self.messages
    }

    /// The message before which earlier ones are to be had.
    pub(super) fn before(&self) -> Option<i64> {
        self.first().filter(|_| self.more)
    }

    /// How far the conversation is known without a gap.
    pub(super) fn seen(&self) -> Option<ReadPosition> {
        self.conversation.map(|conversation| ReadPosition { conversation, seq: self.known })
    }

    /// How far the conversation is known, when somebody else than `reader` said the last word.
    pub(super) fn markable(&self, reader: AccountId) -> Option<ReadPosition> {
        let last = self.messages.iter().rfind(|message| message.seq <= self.known)?;
        self.seen().filter(|_| last.sender != reader)
    }

    /// Puts messages where they belong.
    pub(super) fn add(&mut self, messages: &[MessageView]) {
        for message in messages {
            self.conversation.get_or_insert(message.conversation);
            // What stands before the first page comes when it is asked for, and then without gaps.
            let wanted = self.before().is_none_or(|first| message.seq > first);
            if let (Err(place), true) =
                (self.messages.binary_search_by_key(&message.seq, |known| known.seq), wanted)
            {
                self.messages.insert(place, message.clone());
            }
        }
        let known = self.known;
        let after = self.messages.iter().skip_while(|message| message.seq <= known);
        self.known = after
            .zip(known + 1..)
            .take_while(|(message, seq)| message.seq == *seq)
            .last()
            .map_or(known, |(_, seq)| seq);
    }

    /// Puts a page of earlier messages in front.
    pub(super) fn prepend(&mut self, page: Page<MessageView>) {
        let first = self.first().unwrap_or(i64::MAX);
        self.messages.splice(0..0, page.items.into_iter().filter(|message| message.seq < first));
        self.more = page.more;
    }

    /// Takes over the newest page, asked for anew. What does not join it has to be asked for again.
    pub(super) fn merge(&mut self, chat: ChatView) {
        if chat.messages.first().is_some_and(|first| first.seq > self.known + 1) {
            *self = Self::new(chat.conversation, chat.messages, chat.more);
        } else {
            self.conversation = self.conversation.or(chat.conversation);
            self.add(&chat.messages);
        }
    }

    /// What to ask for, when there is a gap for which nobody has asked.
    pub(super) fn gap(&mut self) -> Option<ReadPosition> {
        let gap = self.messages.last().is_some_and(|last| last.seq > self.known)
            && self.requested != Some(self.known);
        gap.then(|| self.requested = Some(self.known)).and_then(|()| self.seen())
    }

    fn first(&self) -> Option<i64> {
        self.messages.first().map(|first| first.seq)
    }
}
