//! What use cases announce once it is stored, and the bus that carries it to the hubs of all processes.
//!
//! This module and `hub` know audiences, topics and people, and no slice: a new slice announces its messages
//! through what is here.

use protocol::{
    AccountId, SessionId,
    live::{ServerMessage, Topic},
};

/// What goes over the bus.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "an event is made, delivered and dropped; none is kept")]
pub enum Event {
    /// Something that people are told.
    Announced(Announcement),
    /// Blocks or follows between two people changed; what they are now, the database says.
    RelationsChanged {
        /// The two.
        between: [AccountId; 2],
    },
    /// A session ended.
    SignedOut {
        /// Whose.
        account: AccountId,
        /// Which; all of that person when none is named.
        session: Option<SessionId>,
    },
}

/// Something that happened, and who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Who is told.
    pub audience: Audience,
    /// Whom a receiver must be able to see. Everybody can see themself.
    pub about: Vec<AccountId>,
    /// What they are told.
    pub payload: Payload,
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Everyone,
    /// One person.
    Account(AccountId),
    /// Who follows this person, and the person.
    Followers(AccountId),
    /// Who watches this topic.
    Watchers(Topic),
    /// The members of a conversation. Who stores something in it has them in hand; the hub keeps no second list of them.
    Members(Vec<AccountId>),
}

/// What people are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// The same for all.
    Message(ServerMessage),
    /// The same for all, and of no use to whoever comes later: it is not kept for sockets that resume.
    Transient(ServerMessage),
    /// The same for all but those from whom one of `names` is hidden: they get `nameless`.
    Naming {
        /// Whom the message names besides those whom it is about.
        names: Vec<AccountId>,
        /// The message.
        message: ServerMessage,
        /// The message without the names.
        nameless: Box<ServerMessage>,
    },
    /// How this topic stands now, which depends on the reader. It is read for all of them together, at most once a second.
    PerReader(Topic),
}

impl Announcement {
    /// The same message for all of an audience.
    pub fn new(
        audience: Audience,
        about: impl IntoIterator<Item = AccountId>,
        message: impl Into<ServerMessage>,
    ) -> Self {
        Self { audience, about: about.into_iter().collect(), payload: Payload::Message(message.into()) }
    }

    /// How a topic stands now for each of an audience. Reading it is what keeps to the block rule.
    pub const fn per_reader(audience: Audience, topic: Topic) -> Self {
        Self { audience, about: Vec::new(), payload: Payload::PerReader(topic) }
    }
}

impl From<Announcement> for Event {
    fn from(announcement: Announcement) -> Self {
        Self::Announced(announcement)
    }
}

/// Carries events to the hubs of all processes. Where there is one process, its hub is the bus.
pub trait Bus: Send + Sync {
    /// Carries one event. Never blocks; what is lost is read again when a socket resumes.
    fn publish(&self, event: Event);
}
