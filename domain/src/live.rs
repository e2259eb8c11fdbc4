//! Live delivery: what happened ([`Event`]) goes over the [`Bus`] to the [`Hub`] of each process, which knows the open
//! sockets and what each of them may hear of.

use std::collections::HashMap;

use protocol::{
    AccountId, CommentId, PostId, Problem, SessionId,
    account::PersonView,
    chat::{MessageView, NewMessage},
    comment::CommentView,
    live::{ClientMessage, Seen, ServerMessage, VERSION},
    post::{Counts, PostView},
};

use crate::{Cx, Error, Scope, block, chat, follow, like, post};

mod hub;
#[cfg(test)]
mod tests;

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
/// [`Problem::SignInNeeded`].
pub async fn connect(cx: &Cx, scope: &Scope) -> Result<(Connection, ServerMessage), Error> {
    let session = scope.session().ok_or(Problem::SignInNeeded)?;
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

/// Does what a client's message asks for, and says the answers.
///
/// # Errors
/// Only those that concern the connection as a whole; what is wrong with one message is said in an answer.
pub async fn answer(
    cx: &Cx,
    scope: &Scope,
    connection: &Connection,
    message: ClientMessage,
) -> Result<Vec<ServerMessage>, Error> {
    match message {
        ClientMessage::Beat => Ok(Vec::new()),
        ClientMessage::Watch { add, remove } => {
            // What changed before anybody here watched is said now.
            let new = connection.watch(&add, &remove);
            watched(cx, scope, new).await
        }
        ClientMessage::Resume { seen } => {
            let mut answers = Vec::new();
            for known in seen.into_iter().take(protocol::live::RESUMED_CONVERSATIONS) {
                answers.extend(missed(cx, scope, known).await?);
            }
            Ok(answers)
        }
        ClientMessage::Send { message } => Ok(vec![send(cx, scope, message).await]),
        ClientMessage::Read { seen } => match chat::read(cx, scope, seen).await {
            Ok(()) => Ok(Vec::new()),
            Err(error) if *error.problem() == Problem::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        },
    }
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

/// How each of these posts stands for the person of `scope`.
async fn watched(cx: &Cx, scope: &Scope, posts: Vec<PostId>) -> Result<Vec<ServerMessage>, Error> {
    let shown = post::store::visible_among(cx.db.read(), scope.account()?, &posts).await?;
    let shown: HashMap<PostId, PostView> = shown.into_iter().map(|post| (post.id, post)).collect();
    let stands = |post| match shown.get(&post) {
        Some(&PostView { version, counts, .. }) => ServerMessage::Watched { post, version, counts },
        None => ServerMessage::Removed { post },
    };
    Ok(posts.into_iter().map(stands).collect())
}

async fn missed(cx: &Cx, scope: &Scope, seen: Seen) -> Result<Option<ServerMessage>, Error> {
    let conversation = seen.conversation;
    match chat::since(cx, scope, seen).await {
        Ok(page) if page.more => Ok(Some(ServerMessage::Resync { conversation })),
        Ok(page) => Ok(Some(ServerMessage::Missed { conversation, messages: page.items })),
        Err(error) if *error.problem() == Problem::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

async fn send(cx: &Cx, scope: &Scope, message: NewMessage) -> ServerMessage {
    let client_id = message.client_id;
    match chat::send(cx, scope, message).await {
        Ok(message) => ServerMessage::Sent { message },
        Err(error) => {
            error.log();
            ServerMessage::Refused { client_id, problem: error.into_problem() }
        }
    }
}
