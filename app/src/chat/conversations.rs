//! The list of conversations, kept up to date by what is said.

use std::collections::HashMap;

use protocol::{
    AccountId, ConversationId,
    chat::{ConversationView, MESSAGES_AT_ONCE, MessageView, ReadPosition},
};

/// The conversations of one person, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Conversations {
    me: AccountId,
    rows: Vec<ConversationView>,
    /// What was read here, of which the server's answers may not know yet.
    read: HashMap<ConversationId, i64>,
}

impl Conversations {
    /// Begins with the server's list.
    pub(super) fn new(me: AccountId, rows: Vec<ConversationView>) -> Self {
        Self { me, rows, read: HashMap::new() }
    }

    /// The latest first.
    pub(super) fn rows(&self) -> &[ConversationView] {
        &self.rows
    }

    /// One of them.
    pub(super) fn row(&self, id: ConversationId) -> Option<&ConversationView> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// Whether there is one with this person.
    pub(super) fn has(&self, person: AccountId) -> bool {
        self.rows.iter().any(|row| row.with.id == person)
    }

    /// Something was said. Answers whether its conversation is here; a new one has to be asked for.
    pub(super) fn on_message(&mut self, message: &MessageView) -> bool {
        let Some(position) = self.rows.iter().position(|row| row.id == message.conversation) else {
            return false;
        };
        if message.seq > self.rows[position].last.seq {
            let mut row = self.rows.remove(position);
            let read = if message.sender == self.me { message.seq } else { read_up_to(&row) };
            row.unread = between(read, message.seq);
            row.last = message.clone();
            self.rows.insert(0, row);
        }
        true
    }

    /// A message has changed. It is seen when it is the last one of its conversation.
    pub(super) fn on_change(&mut self, message: &MessageView) {
        let last = self.rows.iter_mut().map(|row| &mut row.last).find(|last| {
            last.conversation == message.conversation
                && last.seq == message.seq
                && last.revision < message.revision
        });
        if let Some(last) = last {
            *last = message.clone();
        }
    }

    /// Something was read here.
    pub(super) fn mark_read(&mut self, seen: ReadPosition) {
        let read = self.read.entry(seen.conversation).or_default();
        *read = seen.seq.max(*read);
        self.rows
            .iter_mut()
            .filter(|row| row.id == seen.conversation)
            .for_each(|row| set_read(row, seen.seq));
    }

    /// Takes over the server's list, asked for anew, but for what is older in it than here.
    pub(super) fn merge(&mut self, rows: Vec<ConversationView>) {
        let old = std::mem::replace(&mut self.rows, rows);
        for row in &mut self.rows {
            if let Some(read) = self.read.get(&row.id) {
                set_read(row, *read);
            }
        }
        let newer: Vec<MessageView> = old.into_iter().rev().map(|row| row.last).collect();
        for message in newer {
            self.on_message(&message);
            self.on_change(&message);
        }
    }

    /// Whether more of them have something unread than the server counts: then something was read elsewhere.
    pub(super) fn has_more_unread_than(&self, unread: u32) -> bool {
        let here = self.rows.iter().filter(|row| row.unread > 0).count();
        // A full list may not be the whole one.
        self.rows.len() < MESSAGES_AT_ONCE as usize && here > unread as usize
    }
}

fn read_up_to(row: &ConversationView) -> i64 {
    row.last.seq - i64::from(row.unread)
}

fn set_read(row: &mut ConversationView, seq: i64) {
    row.unread = between(seq.max(read_up_to(row)), row.last.seq);
}

/// Numbers leave no gaps.
fn between(read: i64, last: i64) -> u32 {
    u32::try_from(last - read).unwrap_or(0)
}
