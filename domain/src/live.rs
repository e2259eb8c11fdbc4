//! Live delivery: what happened ([`Event`]) goes over the [`Bus`] to the [`Hub`] of each process, which knows the open
//! sockets and what each of them may hear of.

use std::collections::HashMap;

use protocol::{
    AccountId, CommentId, PostId, Problem, SessionId,
    account::PersonView,
    chat::MessageView,
    comment::CommentView,
    live::{ServerMessage, VERSION},
    post::PostView,
};

use crate::{Cx, Error, Scope, block, chat, follow, like, post};

use hub::{SharedCounts, Unsettled};

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
    read_relations(cx, session.person.id, &connection).await?;
    let unread_conversations = chat::unread_conversations(cx, scope).await?;
    connection.note_unread(unread_conversations);
    Ok((connection, ServerMessage::Welcome { version: VERSION, unread_conversations }))
}

/// Does the next piece of what a client's message asks for, and makes the answer to it as it goes over the wire; none when
/// all has been said.
///
/// # Errors
/// [`Problem::TooMany`] when a read mark comes too early; then nothing of the message is done. Else only errors that concern
/// the connection as a whole; what is wrong with one message is said in an answer.
pub async fn answer(
    cx: &Cx,
    scope: &Scope,
    answers: &mut Answers<'_>,
) -> Result<Option<bytes::Bytes>, Error> {
    answers.next(cx, scope).await
}

/// What stands behind an outgoing entry for the person of `scope`, whose connection it came over.
///
/// # Errors
/// Those of the database.
pub async fn resolve(
    cx: &Cx,
    scope: &Scope,
    connection: &Connection,
    outgoing: Outgoing,
) -> Result<Vec<bytes::Bytes>, Error> {
    let message = match outgoing {
        Outgoing::Frame(frame) => return Ok(vec![frame]),
        Outgoing::Counts(shared) if connection.hides_nobody() => {
            return Ok(shared_counts(cx, scope, connection, &shared).await?.into_iter().collect());
        }
        Outgoing::Counts(shared) => recount(cx, scope, connection, shared.post).await?,
        Outgoing::Recount(post) => recount(cx, scope, connection, post).await?,
        Outgoing::Unread => {
            let conversations = chat::unread_conversations(cx, scope).await?;
            connection.note_unread(conversations);
            Some(ServerMessage::Unread { conversations })
        }
        Outgoing::Relations => {
            return catch_up(cx, scope, connection).await?.iter().map(frame).collect();
        }
        Outgoing::Held(event) => return release(cx, scope, connection, &event).await,
    };
    message.iter().map(frame).collect()
}

/// A message as it goes over the wire.
///
/// # Errors
/// None that can be caused from outside.
pub fn frame(message: &ServerMessage) -> Result<bytes::Bytes, Error> {
    serde_json::to_vec(message).map(bytes::Bytes::from).map_err(Error::internal)
}

/// Reads whom `reader` may hear of, until nothing has changed meanwhile. Whether other people are hidden than before.
async fn read_relations(cx: &Cx, reader: AccountId, connection: &Connection) -> Result<bool, Error> {
    while let Some(revision) = connection.revision() {
        let hidden = block::hidden_from(cx.db.read(), reader).await?;
        let followed = follow::followed_by(cx.db.read(), reader).await?;
        if let Some(has_changed) = connection.settle(revision, hidden, followed) {
            return Ok(has_changed);
        }
    }
    Ok(false)
}

/// Reads again whom the person may hear of, and says which numbers on their screen are others by that.
async fn catch_up(cx: &Cx, scope: &Scope, connection: &Connection) -> Result<Vec<ServerMessage>, Error> {
    if !read_relations(cx, scope.account()?, connection).await? {
        return Ok(Vec::new());
    }
    let shown = shown(cx, scope, &connection.watched()).await?.into_values();
    let changed = shown.filter(|post| connection.note_counts(post.id, post.counts));
    let changed = changed.map(|PostView { id, counts, .. }| ServerMessage::Counted { post: id, counts });
    let conversations = chat::unread_conversations(cx, scope).await?;
    let unread = connection.note_unread(conversations).then_some(ServerMessage::Unread { conversations });
    Ok(changed.chain(unread).collect())
}

/// What an event is that waited until it is known whether the person may hear of it.
async fn release(
    cx: &Cx,
    scope: &Scope,
    connection: &Connection,
    event: &Event,
) -> Result<Vec<bytes::Bytes>, Error> {
    let mut frames = Vec::new();
    let released = loop {
        match connection.release(event) {
            Ok(released) => break released,
            Err(Unsettled) => {
                for message in catch_up(cx, scope, connection).await? {
                    frames.push(frame(&message)?);
                }
            }
        }
    };
    for outgoing in released {
        frames.extend(Box::pin(resolve(cx, scope, connection, outgoing)).await?);
    }
    Ok(frames)
}

/// The counts as everybody knows them from whom nobody is hidden. Who comes first reads them for all.
async fn shared_counts(
    cx: &Cx,
    scope: &Scope,
    connection: &Connection,
    shared: &SharedCounts,
) -> Result<Option<bytes::Bytes>, Error> {
    let post = shared.post;
    let read = shared.read.get_or_try_init(async || match like::counts(cx, scope, post).await {
        Ok(counts) => Ok(Some((counts, frame(&ServerMessage::Counted { post, counts })?))),
        Err(error) if *error.problem() == Problem::NotFound => Ok(None),
        Err(error) => Err(error),
    });
    Ok(read.await?.as_ref().map(|(counts, frame)| {
        connection.note_counts(post, *counts);
        frame.clone()
    }))
}

async fn recount(
    cx: &Cx,
    scope: &Scope,
    connection: &Connection,
    post: PostId,
) -> Result<Option<ServerMessage>, Error> {
    match like::counts(cx, scope, post).await {
        Ok(counts) => {
            Ok(connection.note_counts(post, counts).then_some(ServerMessage::Counted { post, counts }))
        }
        Err(error) if *error.problem() == Problem::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Those of these posts that the person of `scope` may see.
async fn shown(cx: &Cx, scope: &Scope, posts: &[PostId]) -> Result<HashMap<PostId, PostView>, Error> {
    let shown = post::store::visible_among(cx, scope.account()?, posts).await?;
    Ok(shown.into_iter().map(|post| (post.id, post)).collect())
}
