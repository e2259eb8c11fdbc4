//! Live delivery: what happened ([`Event`]) goes over the [`Bus`] to the [`Hub`] of each process, which knows the open
//! sockets and what each of them may hear of.

use protocol::{
    AccountId, CommentId, PostId, Problem, SessionId,
    account::PersonView,
    chat::MessageView,
    comment::CommentView,
    live::{ServerMessage, VERSION},
    post::Counts,
};

use crate::{Cx, Error, Scope, block, chat, follow, like};

mod answers;
mod budget;
mod hub;
#[cfg(test)]
mod tests;

pub use answers::Answers;
pub use budget::admit;
pub use hub::{Connection, Hub, Outgoing};

/// Something that happened and is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "an event is made, delivered and dropped; none is kept")]
pub enum Event {
    /// A post was published.
    Published {
        /// It.
        post: PostId,
        /// Who wrote it.
        author: AccountId,
    },
    /// The counts of a post changed.
    Counted {
        /// It.
        post: PostId,
        /// Who wrote it.
        author: AccountId,
        /// As somebody sees them who has no block with anybody.
        counts: Counts,
    },
    /// A post was edited.
    Edited {
        /// It.
        post: PostId,
        /// Who wrote it.
        author: AccountId,
    },
    /// A post was removed.
    Removed {
        /// It.
        post: PostId,
        /// Who wrote it.
        author: AccountId,
    },
    /// A comment or reply was written or edited, or became the empty head of its replies.
    Commented {
        /// It.
        comment: CommentView,
        /// Whom a reader must be able to see in order to see it: its author, the post's, and the thread's.
        by: Vec<AccountId>,
        /// Whom its text mentions.
        mentioned: Vec<PersonView>,
    },
    /// A comment or reply was removed.
    Uncommented {
        /// The post that it was about.
        post: PostId,
        /// It.
        comment: CommentId,
        /// Whom a reader had to be able to see in order to see it.
        by: Vec<AccountId>,
    },
    /// A chat message was stored.
    Message {
        /// It.
        message: MessageView,
        /// The two people.
        between: [AccountId; 2],
    },
    /// A person read messages.
    Read {
        /// Who.
        reader: AccountId,
    },
    /// One person follows another.
    Followed {
        /// Who follows.
        follower: AccountId,
        /// Whom.
        followed: AccountId,
    },
    /// One person follows another no more.
    Unfollowed {
        /// Who followed.
        follower: AccountId,
        /// Whom.
        followed: AccountId,
    },
    /// One person blocked another, which ended the follows between them.
    Blocked {
        /// Who blocked.
        blocker: AccountId,
        /// Whom.
        blocked: AccountId,
    },
    /// One person took a block back.
    Unblocked {
        /// Who had blocked.
        blocker: AccountId,
        /// Whom.
        blocked: AccountId,
        /// Whether the other one blocks, too, so that they stay hidden from each other.
        still_hidden: bool,
    },
    /// A session ended.
    SignedOut {
        /// Whose.
        account: AccountId,
        /// Which; all of that person when none is named.
        session: Option<SessionId>,
    },
}

/// Carries events to the hubs of all processes.
pub trait Bus: Send + Sync {
    /// Carries one event. Never blocks; what is lost is read again when a socket resumes.
    fn publish(&self, event: Event);
}

/// The bus of a single process.
pub struct LocalBus(pub std::sync::Arc<Hub>);

impl Bus for LocalBus {
    fn publish(&self, event: Event) {
        self.0.deliver(&event);
    }
}

/// Opens a live connection: registers it, learns what its person may hear of, and greets.
///
/// # Errors
/// [`Problem::SignInNeeded`]; [`Problem::TooMany`] when this person's sockets come and go too often.
pub async fn connect(cx: &Cx, scope: &Scope) -> Result<(Connection, ServerMessage), Error> {
    let session = scope.session().ok_or(Problem::SignInNeeded)?;
    budget::admit_socket(cx, scope)?;
    // First registered, then read: a block or a log-out that comes in between is in one of the two.
    let connection = cx.hub.register(session.person.id, session.id);
    if !crate::session::is_signed_in(cx, session.id).await? {
        return Err(Problem::SignInNeeded.into());
    }
    let hidden = block::hidden_from(cx.db.read(), session.person.id).await?;
    let followed = follow::followed_by(cx.db.read(), session.person.id).await?;
    connection.open(hidden, followed);
    let unread_conversations = chat::unread_conversations(cx, scope).await?;
    Ok((connection, ServerMessage::Welcome { version: VERSION, unread_conversations }))
}

/// Does the next piece of what a client's message asks for, and makes the answer to it as it goes over the wire; none when
/// all has been said.
///
/// # Errors
/// [`Problem::TooMany`] when a read mark comes too early; then nothing of the message is done. Else only errors that concern
/// the connection as a whole; what is wrong with one message is said in an answer.
pub async fn answer(cx: &Cx, scope: &Scope, answers: &mut Answers) -> Result<Option<bytes::Bytes>, Error> {
    answers.next(cx, scope).await
}

/// What stands behind an outgoing entry for the person of `scope`.
///
/// # Errors
/// Those of the database.
pub async fn resolve(cx: &Cx, scope: &Scope, outgoing: Outgoing) -> Result<Option<bytes::Bytes>, Error> {
    let message = match outgoing {
        Outgoing::Frame(frame) => return Ok(Some(frame)),
        Outgoing::Recount(post) => match like::counts(cx, scope, post).await {
            Ok(counts) => ServerMessage::Counted { post, counts },
            Err(error) if *error.problem() == Problem::NotFound => return Ok(None),
            Err(error) => return Err(error),
        },
        Outgoing::Unread => {
            ServerMessage::Unread { conversations: chat::unread_conversations(cx, scope).await? }
        }
    };
    frame(&message).map(Some)
}

/// A message as it goes over the wire.
///
/// # Errors
/// None that can be caused from outside.
pub fn frame(message: &ServerMessage) -> Result<bytes::Bytes, Error> {
    serde_json::to_vec(message).map(bytes::Bytes::from).map_err(Error::internal)
}
