//! Chat between two people.
//!
//! A message gets the next number of its conversation in the transaction that stores it, and is announced after that.
//! The sender's own id for it makes a retry harmless: the first answer is given again.

use protocol::{
    AccountId, ConversationId, Page, Problem,
    chat::{
        ChatView, ConversationView, KnownPosition, MESSAGES_AT_ONCE, MessageBody, MessageState, MessageView,
        NewMessage, QuotedMessage, ReadPosition,
    },
    live::Topic,
    text::Username,
};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

#[cfg(test)]
use crate::block::matrix::{Entry, shows};
use crate::{
    Cx, Error, Scope, block,
    bus::{Announcement, Audience},
    db::{IntoValue, execute},
    limit::Limit,
    notification::record as notification,
    presence,
};

mod announce;
mod mentions;
pub mod message;
pub mod partners;
mod store;
mod unread;
pub(crate) use unread::count_unread;
#[cfg(test)]
mod tests;

/// Stores a message and announces it to both people.
///
/// # Errors
/// [`Problem::Invalid`] for the field `body`; [`Problem::NotFound`] for oneself and for whom one may not see;
/// [`Problem::YouBlocked`]; [`Problem::BadRequest`] when it answers a message that is not there; [`Problem::TooMany`].
pub async fn send(cx: &Cx, scope: &Scope, new: NewMessage) -> Result<MessageView, Error> {
    let sender = scope.account()?;
    // What is stored is answered whatever has become of limits, rules and blocks since.
    if let Some(stored) = stored_before(cx, sender, new.client_id).await? {
        return Ok(stored);
    }
    let body = MessageBody::parse(&new.body).map_err(|reason| Problem::field("body", reason))?;
    cx.limits.spend(Limit::Message, sender)?;
    if sender == new.to {
        return Err(Problem::NotFound.into());
    }
    let (fresh, now) = (ConversationId::from(cx.new_id()?), cx.now());
    let stored = cx.write(move |tx| {
        Box::pin(async move {
            block::member(&**tx, sender, new.to).await?.unblocked()?;
            let conversation = store::lock_between(&**tx, fresh, sender, new.to, now).await?;
            // Behind the lock: of several retries at once, all but one find the message here.
            if let Some(stored) = store::find_by_client_id(&**tx, sender, new.client_id).await? {
                return Ok(stored);
            }
            let reply_to = quoted(&**tx, &conversation, new.reply_to).await?;
            let mut message = MessageView {
                conversation: conversation.id,
                seq: conversation.last_seq + 1,
                sender,
                client_id: new.client_id,
                body: body.into(),
                mentions: Vec::new(),
                sent_at: now,
                reply_to,
                state: MessageState::Original,
                revision: 0,
            };
            store::append(&**tx, &message).await?;
            notification::read_conversation(tx, sender, conversation.id).await?;
            notification::message(tx, sender, new.to, conversation.id).await?;
            let named = mentions::resolve(&**tx, sender, std::slice::from_mut(&mut message)).await?;
            let between = vec![sender, new.to];
            tx.announce(announce::said(&message, between.clone(), named));
            // What one sends, one has read the others' messages before.
            tx.announce(Announcement::per_reader(Audience::Members(between), Topic::Badges));
            Ok(message)
        })
    });
    match stored.await {
        // The same id went to somebody else at the same moment, behind another lock.
        Err(error) if error.violates_unique() => stored_before(cx, sender, new.client_id).await?.ok_or(error),
        stored => stored,
    }
}

/// The message that `sender` sent under this id, if it is stored.
async fn stored_before(cx: &Cx, sender: AccountId, client_id: Uuid) -> Result<Option<MessageView>, Error> {
    let mut stored = store::find_by_client_id(cx.db.read(), sender, client_id).await?;
    mentions::resolve(cx.db.read(), sender, stored.as_mut_slice()).await?;
    Ok(stored)
}

/// The message of a conversation that a new one answers.
async fn quoted(
    db: &impl ConnectionTrait,
    conversation: &store::Locked,
    seq: Option<i64>,
) -> Result<Option<QuotedMessage>, Error> {
    let Some(seq) = seq else { return Ok(None) };
    let message = store::message(db, conversation.id, seq).await?.ok_or(Problem::BadRequest)?;
    Ok(Some(message.quoted()))
}

/// The chat with the person called `username`, with its newest messages.
///
/// # Errors
/// [`Problem::NotFound`] for oneself and for whom one may not see; [`Problem::YouBlocked`].
pub async fn open(cx: &Cx, scope: &Scope, username: &str) -> Result<ChatView, Error> {
    let asker = scope.account()?;
    let username = Username::parse(username).map_err(|_| Problem::NotFound)?;
    let (with, deleted) = match block::member_called(cx.db.read(), asker, &username).await {
        Ok(member) => (member.unblocked()?, false),
        Err(error) if *error.problem() == Problem::NotFound => {
            (store::deleted_partner(cx.db.read(), asker, &username).await?, true)
        }
        Err(error) => return Err(error),
    };
    if with.id == asker {
        return Err(Problem::NotFound.into());
    }
    let presence = presence::of(cx, with.id).await?;
    let Some((read, read_by_other)) = store::read_with(cx.db.read(), asker, with.id).await? else {
        return Ok(ChatView {
            with,
            presence,
            conversation: None,
            messages: Vec::new(),
            more: false,
            read: 0,
            revision: 0,
            read_by_other: None,
            deleted,
        });
    };
    let mut page = store::before(cx.db.read(), read.conversation, i64::MAX).await?;
    mentions::resolve(cx.db.read(), asker, &mut page.items).await?;
    Ok(ChatView {
        with,
        presence,
        deleted,
        conversation: Some(read.conversation),
        messages: page.items,
        more: page.more,
        read: read.seq,
        revision: read.revision,
        read_by_other,
    })
}

/// Messages of a conversation before the one numbered `before`, oldest first.
///
/// # Errors
/// [`Problem::NotFound`] when it is no conversation of the asker, or there is a block.
pub async fn earlier(
    cx: &Cx,
    scope: &Scope,
    conversation: ConversationId,
    before: i64,
) -> Result<Page<MessageView>, Error> {
    let asker = scope.account()?;
    store::membership(cx.db.read(), asker, conversation).await?;
    let mut page = store::before(cx.db.read(), conversation, before).await?;
    mentions::resolve(cx.db.read(), asker, &mut page.items).await?;
    Ok(page)
}

/// What came in a conversation after a position in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// The messages that came, oldest first.
    pub messages: Vec<MessageView>,
    /// The earlier messages that have changed, as they are now.
    pub changed: Vec<MessageView>,
    /// The revision up to which all changes are in it.
    pub revision: i64,
    /// The number of the last message that the other person has read, where that is told.
    pub read_by_other: Option<i64>,
}

/// What came after the last message and the last change that the asker knows; none when that is more than
/// [`MESSAGES_AT_ONCE`] messages of a kind, or when their texts have more than `bytes`.
///
/// # Errors
/// [`Problem::NotFound`] when it is no conversation of the asker, or there is a block.
pub async fn since(
    cx: &Cx,
    scope: &Scope,
    position: KnownPosition,
    bytes: usize,
) -> Result<Option<Backlog>, Error> {
    let (asker, db) = (scope.account()?, cx.db.read());
    // Read first: what changes from now on is announced under a later one.
    let store::Membership { revision, read_by_other, .. } =
        store::membership(db, asker, position.conversation).await?;
    if store::bytes_after(db, position).await? > bytes as u64 {
        return Ok(None);
    }
    let mut messages = store::after(db, position).await?;
    let has_changed = position.revision < revision;
    let mut changed = if has_changed { store::changed_after(db, position).await? } else { Page::empty() };
    if messages.more || changed.more {
        return Ok(None);
    }
    for page in [&mut messages, &mut changed] {
        mentions::resolve(db, asker, &mut page.items).await?;
    }
    Ok(Some(Backlog { messages: messages.items, changed: changed.items, revision, read_by_other }))
}

/// The conversations of the asker, the latest first, at most [`MESSAGES_AT_ONCE`].
///
/// # Errors
/// [`Problem::SignInNeeded`].
pub async fn conversations(cx: &Cx, scope: &Scope) -> Result<Vec<ConversationView>, Error> {
    let mut rows = store::conversations(cx.db.read(), scope.account()?, MESSAGES_AT_ONCE).await?;
    for row in &mut rows {
        row.presence = cx.hub.presence(row.with.id);
    }
    Ok(rows)
}

/// Notes how far the asker has read.
///
/// # Errors
/// [`Problem::NotFound`] when it is no conversation of the asker, or there is a block; [`Problem::TooMany`].
pub async fn read(cx: &Cx, scope: &Scope, position: ReadPosition) -> Result<(), Error> {
    let reader = scope.account()?;
    cx.limits.spend(Limit::ReadMarker, reader)?;
    cx.write(move |tx| {
        Box::pin(async move {
            let member = store::membership(&**tx, reader, position.conversation).await?;
            let sql = "UPDATE chat_member SET read_seq = $1 WHERE conversation_id = $2 AND account_id = $3 \
                       AND read_seq < $1 AND $1 <= (SELECT last_seq FROM conversation WHERE id = $2)";
            let values = [position.seq.into(), position.conversation.into_value(), reader.into_value()];
            if execute(&**tx, sql, values).await? > 0 {
                notification::read_conversation(tx, reader, position.conversation).await?;
                tx.announce(Announcement::per_reader(Audience::Account(reader), Topic::Badges));
                // Where one is told how far the other has read, the other is told it, too.
                if member.read_by_other.is_some() {
                    tx.announce(announce::read(member.other, reader, position));
                }
            }
            Ok(())
        })
    })
    .await
}

/// Tells the other person of a conversation that the asker is typing.
///
/// # Errors
/// [`Problem::NotFound`] when it is no conversation of the asker, or there is a block.
pub async fn typing(cx: &Cx, scope: &Scope, conversation: ConversationId) -> Result<(), Error> {
    let asker = scope.account()?;
    let other = store::membership(cx.db.read(), asker, conversation).await?.other;
    cx.bus.publish(announce::typing(other, asker, conversation).into());
    Ok(())
}

/// Deletes an account that goes from its conversations. What was said stays with the other person; what nobody can read any more
/// is deleted.
pub(crate) async fn delete_all_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    let abandoned = "SELECT id FROM conversation WHERE (first_id = $1 OR second_id = $1) \
                     AND NOT EXISTS (SELECT 1 FROM chat_member WHERE conversation_id = conversation.id)";
    for sql in [
        "DELETE FROM chat_member WHERE account_id = $1".to_owned(),
        format!("DELETE FROM message WHERE conversation_id IN ({abandoned})"),
        format!("DELETE FROM conversation WHERE id IN ({abandoned})"),
    ] {
        execute(db, &sql, [account.into_value()]).await?;
    }
    Ok(())
}

/// What a block hides on each way into this slice, and which test proves it.
#[cfg(test)]
pub(crate) const SURFACES: &[Entry] = &[
    shows("chat::send", &["a_hidden_person_cannot_be_written_to"]),
    shows("chat::open", &["a_chat_with_a_hidden_person_cannot_be_opened"]),
    shows("chat::earlier", &["earlier_messages_of_a_hidden_person_are_not_found"]),
    shows("chat::since", &["messages_missed_of_a_hidden_person_are_not_found"]),
    shows("chat::conversations", &["a_conversation_with_a_hidden_person_is_not_listed"]),
    shows("chat::partners::list", &["a_hidden_person_is_nobody_to_write_to"]),
    shows("chat::message::edit", &["an_own_message_to_a_hidden_person_cannot_be_changed"]),
    shows("chat::message::remove", &["an_own_message_to_a_hidden_person_cannot_be_changed"]),
    shows("chat::typing", &["nobody_hears_a_hidden_person_type"]),
    shows("chat::read", &["messages_of_a_hidden_person_cannot_be_read_up_to_anywhere"]),
];
