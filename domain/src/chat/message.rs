//! What its sender can do with a message that is stored: write another text, or delete it for both.
//!
//! Each change gets the next revision of the conversation, in the transaction that stores it: a device that was away asks for
//! what came after the last one that it knows.

use protocol::{
    AccountId, ConversationId, Problem, Timestamp,
    chat::{EditMessage, MessageBody, MessageState, MessageView},
};

use super::{announce, mentions, store};
use crate::{Cx, Error, Scope, cx::Tx, limit::Limit};

/// Writes another text for an own message. The same text changes nothing.
///
/// # Errors
/// [`Problem::Invalid`] for the field `body`; [`Problem::NotFound`] when it is no message of the asker, is deleted, or there is a
/// block; [`Problem::TooMany`].
pub async fn edit(cx: &Cx, scope: &Scope, edit: EditMessage) -> Result<MessageView, Error> {
    let sender = scope.account()?;
    let body = MessageBody::parse(&edit.body).map_err(|reason| Problem::field("body", reason))?;
    cx.limits.spend(Limit::Message, sender)?;
    let now = cx.now();
    cx.write(move |tx| {
        Box::pin(async move {
            let own = OwnMessage::lock(tx, sender, edit.conversation, edit.seq).await?;
            if own.message.state.is_deleted() {
                return Err(Problem::NotFound.into());
            }
            let body = String::from(body);
            if own.message.body == body {
                return own.resolved(tx).await;
            }
            own.change(tx, body, MessageState::Edited, now).await
        })
    })
    .await
}

/// Deletes an own message for both people; where it was said stays, and that it is gone. Deleting it again changes nothing.
///
/// # Errors
/// [`Problem::NotFound`] when it is no message of the asker, or there is a block; [`Problem::TooMany`].
pub async fn remove(
    cx: &Cx,
    scope: &Scope,
    conversation: ConversationId,
    seq: i64,
) -> Result<MessageView, Error> {
    let sender = scope.account()?;
    cx.limits.spend(Limit::Message, sender)?;
    let now = cx.now();
    cx.write(move |tx| {
        Box::pin(async move {
            let own = OwnMessage::lock(tx, sender, conversation, seq).await?;
            if own.message.state.is_deleted() {
                return Ok(own.message);
            }
            own.change(tx, String::new(), MessageState::Deleted, now).await
        })
    })
    .await
}

/// A message of whoever asks, in a conversation that nobody else changes until the transaction ends.
struct OwnMessage {
    sender: AccountId,
    other: AccountId,
    message: MessageView,
    /// The revision of the conversation.
    revision: i64,
}

impl OwnMessage {
    async fn lock(tx: &Tx, sender: AccountId, conversation: ConversationId, seq: i64) -> Result<Self, Error> {
        let other = store::membership(&**tx, sender, conversation).await?.other;
        let revision = store::lock(&**tx, conversation).await?;
        let message = store::message(&**tx, conversation, seq).await?;
        let message = message.filter(|message| message.sender == sender).ok_or(Problem::NotFound)?;
        Ok(Self { sender, other, message, revision })
    }

    /// Stores and announces what it says now.
    async fn change(
        self,
        tx: &Tx,
        body: String,
        state: MessageState,
        now: Timestamp,
    ) -> Result<MessageView, Error> {
        let Self { sender, other, mut message, revision } = self;
        let reply_to = message.reply_to.filter(|_| !state.is_deleted());
        message = MessageView { body, state, reply_to, revision: revision + 1, ..message };
        store::change(&**tx, &message, now).await?;
        let named = mentions::resolve(&**tx, sender, std::slice::from_mut(&mut message)).await?;
        tx.announce(announce::changed(&message, vec![sender, other], named));
        Ok(message)
    }

    /// It, as it is.
    async fn resolved(mut self, tx: &Tx) -> Result<MessageView, Error> {
        mentions::resolve(&**tx, self.sender, std::slice::from_mut(&mut self.message)).await?;
        Ok(self.message)
    }
}
