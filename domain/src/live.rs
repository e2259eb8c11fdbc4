//! The live socket: who may open one, what a client says and how it is answered, and what depends on the reader. What is
//! told to whom, the slices announce on the [`bus`](crate::bus), and the [`hub`](crate::hub) delivers.

use std::collections::HashMap;

use bytes::Bytes;
use protocol::{
    AccountId, PostId, Problem,
    live::{Badges, ServerMessage, Topic, VERSION, Welcome},
    post::{PostMessage, PostView},
    presence::PresenceMessage,
};

use crate::{
    Cx, Error, Scope, badge, block, follow,
    hub::{Connection, Missed, Outgoing, Question, Unsettled, frame},
    post, presence, session,
};

mod answers;
mod budget;
mod readers;
#[cfg(test)]
mod tests;

pub use answers::Answers;
pub use budget::admit;
pub use readers::{answer_due, run};

/// What is known of whoever opens a socket.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// The revision up to which the page knows everything.
    pub since: Option<i64>,
    /// Read with the session.
    pub badges: Badges,
    /// Whether nobody looks at the page.
    pub is_away: bool,
}

/// Opens a live connection and greets. What was announced since the page was made comes over it.
///
/// # Errors
/// [`Problem::SignInNeeded`]; [`Problem::TooMany`] when this person's sockets come and go too often.
pub async fn connect(
    cx: &Cx,
    scope: &Scope,
    Opening { since, badges, is_away }: Opening,
) -> Result<(Connection, Vec<ServerMessage>), Error> {
    let session = scope.session().ok_or(Problem::SignInNeeded)?;
    let account = session.person.id;
    budget::admit_socket(cx, scope)?;
    // First attached, then asked: a log-out that comes in between closes the socket.
    let (connection, missed) = cx.hub.attach(account, session.id, since, is_away);
    let has_ended = match cx.hub.has_ended(account, session.id, session.revision) {
        Some(has_ended) => has_ended,
        None => !session::is_signed_in(cx, session.id).await?,
    };
    if has_ended {
        return Err(Problem::SignInNeeded.into());
    }
    // In whatever way they change from now on: that somebody blocks this person changes none of them.
    connection.record_shown(Topic::Badges, badge::digest(badges));
    let (resync, changed) = match &missed {
        Missed::Everything => (true, Some(i64::MIN)),
        Missed::Topics(topics) => (false, topics.get(&Topic::Badges).copied()),
    };
    // After the badges were read.
    if changed.is_some_and(|changed| changed > session.revision) {
        cx.hub.ask(Question { topic: Topic::Badges, account: Some(account) });
    }
    let badges = changed.map(|_| ServerMessage::Badges(badges));
    let welcome = ServerMessage::Welcome(Welcome { version: VERSION, resync });
    Ok((connection, [welcome].into_iter().chain(badges).collect()))
}

/// Does the next piece of what a client's message asks for, and makes the answer to it as it goes over the wire; none when
/// all has been said.
///
/// # Errors
/// [`Problem::TooMany`] when a read mark comes too early; then nothing of the message is done. Else only errors that concern
/// the connection as a whole; what is wrong with one message is said in an answer.
pub async fn answer(cx: &Cx, scope: &Scope, answers: &mut Answers<'_>) -> Result<Option<Bytes>, Error> {
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
) -> Result<Vec<Bytes>, Error> {
    let delivery = match outgoing {
        Outgoing::Frame(frame) => return Ok(vec![frame]),
        Outgoing::Relations => return catch_up(cx, scope, connection).await,
        Outgoing::Held(delivery) => delivery,
    };
    let mut frames = Vec::new();
    loop {
        match connection.release(&delivery) {
            Ok(released) => {
                frames.extend(released);
                return Ok(frames);
            }
            Err(Unsettled) => frames.extend(catch_up(cx, scope, connection).await?),
        }
    }
}

/// Reads again whom the person may hear of, until nothing has changed meanwhile, and says which numbers on their screen are
/// others by that.
async fn catch_up(cx: &Cx, scope: &Scope, connection: &Connection) -> Result<Vec<Bytes>, Error> {
    let reader = scope.account()?;
    while let Some(revision) = connection.unsettled_revision() {
        let hidden = block::hidden_from(cx.db.read(), reader).await?;
        let followed = follow::followed_by(cx.db.read(), reader).await?;
        if connection.settle(revision, hidden, followed) {
            break;
        }
    }
    if !connection.take_hidden_change() {
        return Ok(Vec::new());
    }
    let shown = shown(cx, scope, &posts(&connection.watched())).await?.into_values();
    let changed = shown
        .filter(|post| connection.record_change(Topic::Post(post.id), post::counts::digest(post.counts)))
        .map(|PostView { id: post, counts, .. }| PostMessage::CountsChanged { post, counts }.into());
    let people = presence::states(cx, scope, &people(&connection.watched())).await?.into_iter();
    let people = people
        .filter(|(person, presence)| {
            connection.record_change(Topic::Person(*person), presence::digest(*presence))
        })
        .map(|(person, presence)| PresenceMessage::State { person, presence }.into());
    let badges = badge::own(cx, scope).await?;
    let badges = connection
        .record_change(Topic::Badges, badge::digest(badges))
        .then_some(ServerMessage::Badges(badges));
    changed.chain(people).chain(badges).map(|message| frame(&message)).collect()
}

/// Those of these posts that the person of `scope` may see.
async fn shown(cx: &Cx, scope: &Scope, posts: &[PostId]) -> Result<HashMap<PostId, PostView>, Error> {
    let shown = post::store::visible_among(cx, scope.account()?, posts).await?;
    Ok(shown.into_iter().map(|post| (post.id, post)).collect())
}

/// The people among these topics.
fn people(topics: &[Topic]) -> Vec<AccountId> {
    let person = |topic: &Topic| match topic {
        Topic::Person(person) => Some(*person),
        _ => None,
    };
    topics.iter().filter_map(person).collect()
}

/// The posts among these topics.
fn posts(topics: &[Topic]) -> Vec<PostId> {
    let post = |topic: &Topic| match topic {
        Topic::Post(post) => Some(*post),
        _ => None,
    };
    topics.iter().filter_map(post).collect()
}
