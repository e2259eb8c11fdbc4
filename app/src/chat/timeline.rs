//! What is known of one conversation: pages, live messages and what was missed, put together.

use std::collections::HashMap;

use protocol::{
    AccountId, ConversationId, Page,
    chat::{ChatView, KnownPosition, MessageView, ReadPosition},
};

/// The messages of one conversation, each once, in the order of their numbers, as they are since their latest change.
///
/// From the first one on there are no gaps up to `known`; what lies beyond a gap is shown already and joins when the
/// gap is filled. Changes are numbered, too: up to `revision` all of them are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Timeline {
    conversation: Option<ConversationId>,
    messages: Vec<MessageView>,
    more: bool,
    known: i64,
    revision: i64,
    /// The latest change that was heard of.
    last_revision: i64,
    /// Messages that have changed and are not here: a page of them may be on its way that does not know it.
    changes: HashMap<i64, MessageView>,
    /// The last message that the other person has read; none where that is not told.
    read_by_other: Option<i64>,
    /// For what came after this place, the server has been asked.
    requested: Option<(i64, i64)>,
}

impl Timeline {
    /// Begins with what the server showed.
    pub(super) fn new(chat: ChatView) -> Self {
        let ChatView { conversation, messages, more, revision, read_by_other, .. } = chat;
        let known = messages.last().map_or(0, |last| last.seq);
        Self {
            conversation,
            messages,
            more,
            known,
            revision,
            last_revision: revision,
            read_by_other,
            ..Self::default()
        }
    }

    /// None before the first message.
    pub(super) fn conversation(&self) -> Option<ConversationId> {
        self.conversation
    }

    /// In their order.
    pub(super) fn messages(&self) -> &[MessageView] {
        &self.messages
    }

    /// The message of this number, if it is here.
    pub(super) fn message(&self, seq: i64) -> Option<&MessageView> {
        self.messages.get(self.place(seq).ok()?)
    }

    /// The message before which earlier ones are to be had.
    pub(super) fn before(&self) -> Option<i64> {
        self.first().filter(|_| self.more)
    }

    /// How far the conversation is known without a gap.
    pub(super) fn known(&self) -> Option<KnownPosition> {
        let Self { known: seq, revision, .. } = *self;
        self.conversation.map(|conversation| KnownPosition { conversation, seq, revision })
    }

    /// How far the conversation can be read without a gap.
    pub(super) fn readable(&self) -> Option<ReadPosition> {
        self.conversation.map(|conversation| ReadPosition { conversation, seq: self.known })
    }

    /// The same, when somebody else than `reader` said the last word.
    pub(super) fn markable(&self, reader: AccountId) -> Option<ReadPosition> {
        let last = self.messages.iter().rfind(|message| message.seq <= self.known)?;
        self.readable().filter(|_| last.sender != reader)
    }

    /// The last own message that the other person has read, if that is told.
    pub(super) fn last_read(&self, me: AccountId) -> Option<i64> {
        let read = self.read_by_other?;
        self.messages.iter().rfind(|message| message.seq <= read && message.sender == me).map(|last| last.seq)
    }

    /// The other person has read up to there.
    pub(super) fn read_by_other(&mut self, seq: i64) {
        self.read_by_other = self.read_by_other.max(Some(seq));
    }

    /// The other person has said something: what was said before, they have read. Where that is not told, it stays so.
    pub(super) fn heard_from_other(&mut self, seq: i64) {
        if self.read_by_other.is_some() {
            self.read_by_other(seq);
        }
    }

    /// Puts messages where they belong.
    pub(super) fn add(&mut self, messages: &[MessageView]) {
        for message in messages {
            self.conversation.get_or_insert(message.conversation);
            // What stands before the first page comes when it is asked for, and then without gaps.
            let wanted = self.before().is_none_or(|first| message.seq > first);
            match self.place(message.seq) {
                Err(place) if wanted => {
                    let message = self.latest(message.clone());
                    self.messages.insert(place, message);
                }
                _ => self.update(message),
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

    /// Takes over a change of an earlier message.
    pub(super) fn change(&mut self, message: &MessageView) {
        self.update(message);
        self.last_revision = self.last_revision.max(message.revision);
        if message.revision == self.revision + 1 {
            self.revision = message.revision;
        }
    }

    /// Takes over all changes up to a revision.
    pub(super) fn catch_up(&mut self, changed: &[MessageView], revision: i64) {
        changed.iter().for_each(|message| self.update(message));
        self.revision = self.revision.max(revision);
        self.last_revision = self.last_revision.max(revision);
    }

    /// Puts a page of earlier messages in front.
    pub(super) fn prepend(&mut self, page: Page<MessageView>) {
        let first = self.first().unwrap_or(i64::MAX);
        let earlier: Vec<MessageView> = page
            .items
            .into_iter()
            .filter(|message| message.seq < first)
            .map(|message| self.latest(message))
            .collect();
        self.messages.splice(0..0, earlier);
        self.more = page.more;
    }

    /// Takes over the newest page, asked for anew. What does not join it, or may have changed, has to be asked for again.
    pub(super) fn merge(&mut self, chat: ChatView) {
        let has_gap = chat.messages.first().is_some_and(|first| first.seq > self.known + 1);
        if has_gap || chat.revision > self.revision {
            *self = Self::new(chat);
        } else {
            self.conversation = self.conversation.or(chat.conversation);
            self.read_by_other = chat.read_by_other.map(|read| read.max(self.read_by_other.unwrap_or(0)));
            self.add(&chat.messages);
        }
    }

    /// What to ask for, when there is a gap for which nobody has asked.
    pub(super) fn gap(&mut self) -> Option<KnownPosition> {
        let has_gap = self.messages.last().is_some_and(|last| last.seq > self.known)
            || self.last_revision > self.revision;
        let place = (self.known, self.revision);
        let is_new = has_gap && self.requested != Some(place);
        is_new.then(|| self.requested = Some(place)).and_then(|()| self.known())
    }

    fn first(&self) -> Option<i64> {
        self.messages.first().map(|first| first.seq)
    }

    fn place(&self, seq: i64) -> Result<usize, usize> {
        self.messages.binary_search_by_key(&seq, |message| message.seq)
    }

    /// Takes over how a message is, unless that is older than what is known; and with it what answers quote of it.
    fn update(&mut self, message: &MessageView) {
        if message.revision == 0 {
            return;
        }
        let known = match self.place(message.seq) {
            Ok(place) => self.messages.get_mut(place),
            Err(_) => Some(self.changes.entry(message.seq).or_insert_with(|| message.clone())),
        };
        let Some(known) = known else { return };
        if known.revision < message.revision {
            *known = message.clone();
        }
        let quoted = known.quoted();
        let answers = self.messages.iter_mut().filter_map(|answer| answer.reply_to.as_mut());
        answers.filter(|answer| answer.seq == quoted.seq).for_each(|answer| *answer = quoted.clone());
    }

    /// A message as it is since its latest change.
    fn latest(&mut self, message: MessageView) -> MessageView {
        let changed = self.changes.remove(&message.seq);
        changed.filter(|changed| changed.revision > message.revision).unwrap_or(message)
    }
}
