//! How a conversation is laid out: days, and what was said on them.

use std::collections::HashMap;

use protocol::{
    AccountId, Problem, Timestamp,
    chat::{MessageState, MessageView, QuotedMessage},
};
use time::UtcOffset;
use uuid::Uuid;

use crate::outbox::{Entry, Payload};

/// Messages of one sender within this time are grouped.
const GROUP_SECONDS: i64 = 5 * 60;
const DAY_MICROS: i64 = 24 * 60 * 60 * 1_000_000;

/// What a row is, from the moment it is written: storing it changes nothing about that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The beginning of a day, counted from 1 January 1970.
    Day(i64),
    /// Where reading had stopped when the conversation was opened.
    Unread,
    /// What was said: by oneself or the other one, and the sender's id for it.
    Line { mine: bool, id: Uuid },
}

/// Something said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number, once it is stored.
    pub(super) seq: Option<i64>,
    pub(super) text: Text,
    /// The message that it answers.
    pub(super) quoted: Option<QuotedMessage>,
    pub(super) sent_at: Timestamp,
    /// It belongs to the group of the message before it.
    pub(super) continues: bool,
    pub(super) delivery: Delivery,
}

/// What was said, and the names in it that lead to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) body: String,
    pub(super) mentions: Vec<String>,
    pub(super) state: MessageState,
}

/// Where a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Delivery {
    /// On the server.
    Stored,
    /// On its way.
    Sending,
    /// Refused.
    Failed(Problem),
}

impl Line {
    fn stored(message: &MessageView) -> Self {
        let MessageView { body, mentions, state, .. } = message;
        Self {
            seq: Some(message.seq),
            text: Text { body: body.clone(), mentions: mentions.clone(), state: *state },
            quoted: message.reply_to.clone(),
            sent_at: message.sent_at,
            continues: false,
            delivery: Delivery::Stored,
        }
    }

    fn pending(entry: &Entry) -> Option<Self> {
        let Payload::Message { body, reply_to, .. } = &entry.payload else { return None };
        Some(Self {
            seq: None,
            text: Text { body: body.clone(), mentions: Vec::new(), state: MessageState::Original },
            quoted: reply_to.clone(),
            sent_at: entry.written_at,
            continues: false,
            delivery: entry.problem.clone().map_or(Delivery::Sending, Delivery::Failed),
        })
    }
}

/// The rows of a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rows {
    order: Vec<Key>,
    lines: HashMap<Key, Line>,
}

impl Rows {
    /// Lays out what is stored and, below it, what is on its way. `read_up_to` is the number of the message after which
    /// reading had stopped; `offset` says how far the reader's clock was from UTC at a moment.
    pub(super) fn lay_out<'a>(
        me: AccountId,
        read_up_to: Option<i64>,
        stored: &'a [MessageView],
        pending: impl Iterator<Item = &'a Entry>,
        offset: impl Fn(i64) -> UtcOffset,
    ) -> Self {
        let first_unread = read_up_to.map(|seq| seq + 1);
        let mut layout = LayoutBuilder { rows: Self::default(), before: None, offset };
        for message in stored {
            let key = Key::Line { mine: message.sender == me, id: message.client_id };
            let is_first_unread = first_unread == Some(message.seq);
            layout.add(key, Line::stored(message), is_first_unread);
        }
        for entry in pending {
            let key = Key::Line { mine: true, id: entry.client_id };
            if let (Some(line), false) = (Line::pending(entry), layout.rows.lines.contains_key(&key)) {
                layout.add(key, line, false);
            }
        }
        layout.rows
    }

    /// From top to bottom.
    pub(super) fn order(&self) -> &[Key] {
        &self.order
    }

    /// What was said there.
    pub(super) fn line(&self, key: Key) -> Option<&Line> {
        self.lines.get(&key)
    }

    /// The last line, and the last one of the other person.
    pub(super) fn ends(&self) -> (Option<Key>, Option<Key>) {
        let theirs = |key: &&Key| matches!(key, Key::Line { mine: false, .. });
        (self.order.last().copied(), self.order.iter().rfind(theirs).copied())
    }
}

/// The day on which a moment falls, counted from 1 January 1970.
pub(super) fn day_of(micros: i64, offset: UtcOffset) -> i64 {
    (micros + i64::from(offset.whole_seconds()) * 1_000_000).div_euclid(DAY_MICROS)
}

/// Rows that are being laid out.
struct LayoutBuilder<Offset> {
    rows: Rows,
    before: Option<Previous>,
    offset: Offset,
}

impl<Offset: Fn(i64) -> UtcOffset> LayoutBuilder<Offset> {
    fn add(&mut self, key: Key, line: Line, is_first_unread: bool) {
        let sent_at = line.sent_at;
        let micros = sent_at.micros();
        let message = Previous {
            mine: matches!(key, Key::Line { mine: true, .. }),
            sent_at,
            day: day_of(micros, (self.offset)(micros)),
        };
        if self.before.is_none_or(|before| before.day < message.day) {
            self.rows.order.push(Key::Day(message.day));
        }
        if is_first_unread {
            self.rows.order.push(Key::Unread);
        }
        let continues = !is_first_unread && self.before.is_some_and(|before| message.continues(before));
        self.rows.order.push(key);
        self.rows.lines.insert(key, Line { continues, ..line });
        self.before = Some(message);
    }
}

#[derive(Clone, Copy)]
struct Previous {
    mine: bool,
    sent_at: Timestamp,
    day: i64,
}

impl Previous {
    fn continues(self, before: Self) -> bool {
        self.mine == before.mine
            && self.day <= before.day
            && self.sent_at.seconds_since(before.sent_at) < GROUP_SECONDS
    }
}
