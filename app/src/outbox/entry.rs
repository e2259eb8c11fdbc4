//! One thing on its way to the server.

use protocol::{AccountId, CommentId, PostId, Problem, Timestamp, chat::QuotedMessage};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::draft::Content;

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Payload {
    /// A post.
    Post(Content),
    /// A comment or reply.
    Comment {
        /// On which post.
        post: PostId,
        /// The comment or reply that it answers.
        answers: Option<CommentId>,
        /// The comment that it stands below.
        thread: Option<CommentId>,
        /// The text.
        body: String,
    },
    /// A message.
    Message {
        /// To whom.
        to: AccountId,
        /// The text.
        body: String,
        /// The message that it answers.
        #[serde(default)]
        reply_to: Option<QuotedMessage>,
    },
}

/// Things that go out one after the other, in the order in which they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Lane {
    Posts,
    Comments(PostId),
    Messages(AccountId),
}

impl Payload {
    pub(super) fn lane(&self) -> Lane {
        match self {
            Self::Post(_) => Lane::Posts,
            Self::Comment { post, .. } => Lane::Comments(*post),
            Self::Message { to, .. } => Lane::Messages(*to),
        }
    }

    /// Its name in the key under which it is stored.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Post(_) => "post",
            Self::Comment { .. } => "comment",
            Self::Message { .. } => "message",
        }
    }

    /// The page that shows it.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Post(_) => "/".to_owned(),
            Self::Comment { post, .. } => format!("/p/{post}"),
            Self::Message { .. } => "/chat".to_owned(),
        }
    }

    pub(super) fn is_message(&self) -> bool {
        matches!(self, Self::Message { .. })
    }
}

/// How far an entry is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum State {
    /// It goes out when its turn comes.
    #[default]
    Waiting,
    /// It went out then, and its answer is not here.
    Sending(Timestamp),
}

/// One thing on its way, stored under its own key until the server has answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Under which the server stores it once, however often it is sent.
    pub client_id: Uuid,
    /// What it is.
    pub payload: Payload,
    /// When it was written; no two entries of a tab have the same moment.
    pub written_at: Timestamp,
    /// The tab that sends and shows it.
    pub(super) tab: Uuid,
    /// Why the server will not take it as it is.
    pub problem: Option<Problem>,
    #[serde(skip)]
    pub(super) state: State,
    /// Whether the storage has it. What it could not take lives as long as the page.
    #[serde(skip)]
    pub(super) is_stored: bool,
}

impl Entry {
    pub(crate) fn new(client_id: Uuid, payload: Payload, written_at: Timestamp) -> Self {
        let (tab, state) = (Uuid::nil(), State::Waiting);
        Self { client_id, payload, written_at, tab, problem: None, state, is_stored: false }
    }
}

/// What a refusal means for an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The server was not reached, or cannot do anything now: the same entry can succeed later.
    Unreachable,
    /// It was too often: it can succeed after so many seconds.
    TooMany(u32),
    /// It waits until its author is signed in again.
    SignedOut(Problem),
    /// It will not succeed as it is.
    Refused(Problem),
}

impl From<Problem> for Outcome {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Unavailable => Self::Unreachable,
            Problem::TooMany { retry_after } => Self::TooMany(retry_after),
            Problem::SignInNeeded | Problem::SignedInAs { .. } => Self::SignedOut(problem),
            problem => Self::Refused(problem),
        }
    }
}

/// Whether what was refused with this problem may be taken the next time: the fault is not in what was written.
pub(crate) fn can_retry(problem: &Problem) -> bool {
    matches!(problem, Problem::Internal | Problem::BadRequest)
}
