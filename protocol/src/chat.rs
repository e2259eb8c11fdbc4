//! What two people say to each other.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AccountId, ConversationId, Problem, Timestamp,
    account::PersonView,
    live::topic::Topic,
    presence::{Presence, PresenceView},
    profile::PeopleCursor,
    text::Prose,
};

/// The text of a message: 1 to 4,000 characters.
pub type MessageBody = Prose<4_000>;

/// Messages that one answer holds at most: a page of a conversation, or what was missed.
pub const MESSAGES_AT_ONCE: u32 = 50;

/// A message as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMessage {
    /// To whom.
    pub to: AccountId,
    /// Chosen by the sender, once for each message. Sending again under the same id stores nothing and gets the first
    /// answer again, so a message whose answer was lost can be repeated without harm.
    pub client_id: Uuid,
    /// The text.
    pub body: String,
    /// The number of the message of the same conversation that this one answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<i64>,
}

/// Another text for an own message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditMessage {
    /// Where it was said.
    pub conversation: ConversationId,
    /// Its number there.
    pub seq: i64,
    /// The text.
    pub body: String,
}

/// A stored message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    /// Where it was said.
    pub conversation: ConversationId,
    /// Its place there: 1, 2, 3, … without gaps, the same for both people.
    pub seq: i64,
    /// Who said it.
    pub sender: AccountId,
    /// The sender's own id for it.
    pub client_id: Uuid,
    /// The text; empty when the message was deleted.
    pub body: String,
    /// The usernames in the text that lead to somebody whom the reader may see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<String>,
    /// When it was stored.
    pub sent_at: Timestamp,
    /// The message that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<QuotedMessage>,
    /// How its text has changed since it was stored.
    #[serde(default, skip_serializing_if = "MessageState::is_original")]
    pub state: MessageState,
    /// The revision of the conversation in which it changed last; 0 when it never has.
    #[serde(default)]
    pub revision: i64,
}

/// How the text of a message has changed since it was stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Not at all.
    #[default]
    Original,
    /// Its sender has written another text.
    Edited,
    /// Its sender has deleted it, for both. Its place and time stay.
    Deleted,
}

impl MessageState {
    /// Whether it is as it was sent.
    pub const fn is_original(&self) -> bool {
        matches!(self, Self::Original)
    }

    /// Whether there is nothing to read any more.
    pub const fn is_deleted(self) -> bool {
        matches!(self, Self::Deleted)
    }
}

/// Characters of a message that are quoted at most.
pub const QUOTED_CHARS: usize = 200;

/// A message as another one quotes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotedMessage {
    /// Its number in the conversation.
    pub seq: i64,
    /// Who said it.
    pub sender: AccountId,
    /// The first [`QUOTED_CHARS`] characters of its text; none when it was deleted.
    pub body: Option<String>,
}

impl MessageView {
    /// The message as an answer to it quotes it.
    pub fn quoted(&self) -> QuotedMessage {
        let body = self.body.chars().take(QUOTED_CHARS).collect();
        QuotedMessage { seq: self.seq, sender: self.sender, body: (!self.state.is_deleted()).then_some(body) }
    }
}

/// A row of the list of conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationView {
    /// The conversation.
    pub id: ConversationId,
    /// The other person.
    pub with: PersonView,
    /// The message that was said last.
    pub last: MessageView,
    /// Messages of the other person that this one has not read.
    pub unread: u32,
    /// Whether the other person is there.
    #[serde(default)]
    pub presence: Presence,
}

/// Which of the people whom one can write to are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerQuery {
    /// What is searched for in their names. Without it those are asked for with whom no conversation is listed.
    pub name: String,
    /// The one before them; none for the beginning of the list.
    #[serde(default)]
    pub after: Option<PeopleCursor>,
}

/// Somebody whom one can write to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Who.
    pub person: PersonView,
    /// Since when they are a member.
    pub since: Timestamp,
    /// Whether they are there.
    #[serde(default)]
    pub presence: Presence,
}

impl Partner {
    /// Where the list goes on after this person.
    pub const fn cursor(&self) -> PeopleCursor {
        PeopleCursor { since: self.since, person: self.person.id }
    }
}

/// What stands on the chat page with one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatView {
    /// The other person.
    pub with: PersonView,
    /// Whether they are there.
    pub presence: PresenceView,
    /// None before the first message.
    pub conversation: Option<ConversationId>,
    /// The newest messages, oldest first.
    pub messages: Vec<MessageView>,
    /// Whether there are earlier ones.
    pub more: bool,
    /// The number of the last message that this person has read; 0 when none is.
    pub read: i64,
    /// The conversation's revision: it grows by one with each change of a message that was stored before.
    pub revision: i64,
    /// The number of the last message that the other person has read; none where one of the two keeps that to themselves.
    #[serde(default)]
    pub read_by_other: Option<i64>,
    /// Whether the other person's account is deleted: what they said can be read, and nothing can be said to them.
    pub deleted: bool,
}

/// Seconds between two times that a client says that somebody is typing.
pub const TYPING_SECONDS: u32 = 3;
/// Seconds after which somebody who was typing is not any more.
pub const TYPED_SECONDS: u32 = 6;

/// Conversations that can be resumed at a time. One that is named twice is answered once.
pub const RESUMED_CONVERSATIONS: usize = 50;

/// How far a conversation was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadPosition {
    /// The conversation.
    pub conversation: ConversationId,
    /// The last message; 0 when none is.
    pub seq: i64,
}

/// How far a conversation is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownPosition {
    /// The conversation.
    pub conversation: ConversationId,
    /// The last message; 0 when none is.
    pub seq: i64,
    /// The last change of earlier messages; 0 when none is.
    #[serde(default)]
    pub revision: i64,
}

/// Known up to there, without any change.
impl From<ReadPosition> for KnownPosition {
    fn from(ReadPosition { conversation, seq }: ReadPosition) -> Self {
        Self { conversation, seq, revision: 0 }
    }
}

/// From the browser, over the live socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatRequest {
    /// The last message and the last change known of each open conversation; what came after is wanted.
    Resume {
        /// At most [`RESUMED_CONVERSATIONS`].
        positions: Vec<KnownPosition>,
    },
    /// A message to be stored and delivered.
    Send {
        /// The message.
        message: NewMessage,
    },
    /// Everything up to here has been read.
    Read {
        /// What was read.
        position: ReadPosition,
    },
    /// A message is being written; said at most every [`TYPING_SECONDS`].
    Typing {
        /// Where.
        conversation: ConversationId,
    },
}

/// About conversations, over the live socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatMessage {
    /// A message was stored in a conversation of this person, whoever of the two sent it.
    Message {
        /// It.
        message: MessageView,
    },
    /// The own message is stored: the answer to `Send`.
    Sent {
        /// It, with its place and time.
        message: MessageView,
    },
    /// The own message was not stored: the answer to `Send`.
    Refused {
        /// The id under which it was sent.
        client_id: Uuid,
        /// Why.
        problem: Problem,
    },
    /// A message that was stored before was edited or deleted.
    Changed {
        /// How it is now.
        message: MessageView,
    },
    /// What came after the place named in `Resume`, in order and whole.
    Backlog {
        /// Where.
        conversation: ConversationId,
        /// The messages.
        messages: Vec<MessageView>,
        /// Earlier messages that have changed, as they are now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changed: Vec<MessageView>,
        /// The revision up to which all changes are in it.
        #[serde(default)]
        revision: i64,
        /// The number of the last message that the other person has read, where that is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        read_by_other: Option<i64>,
    },
    /// The other person has read up to there.
    ReadByOther {
        /// Where.
        position: ReadPosition,
    },
    /// The other person is typing.
    Typing {
        /// Where.
        conversation: ConversationId,
    },
    /// Too much came to say it here: load the conversation again.
    Resync {
        /// Which.
        conversation: ConversationId,
    },
}

impl ChatMessage {
    /// What it is about.
    pub const fn topic(&self) -> Topic {
        match self {
            Self::Message { .. }
            | Self::Changed { .. }
            | Self::Backlog { .. }
            | Self::Resync { .. }
            | Self::ReadByOther { .. }
            | Self::Typing { .. } => Topic::Chat,
            Self::Sent { .. } | Self::Refused { .. } => Topic::Outbox,
        }
    }
}
