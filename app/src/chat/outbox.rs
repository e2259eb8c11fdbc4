//! What one has said here and the server has not answered yet.

use std::collections::HashMap;

use protocol::{AccountId, ConversationId, Problem, Timestamp, chat::MessageView};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Messages on their way, in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outbox {
    pending: Vec<Pending>,
    /// With whom a conversation is, as far as the answers told.
    partners: HashMap<ConversationId, AccountId>,
}

/// One message on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) client_id: Uuid,
    pub(super) to: AccountId,
    pub(super) body: String,
    pub(super) written_at: Timestamp,
    pub(super) problem: Option<Problem>,
}

impl Outbox {
    /// Takes a message that is to be sent.
    pub(super) fn add(&mut self, pending: Pending) {
        self.pending.push(pending);
    }

    /// Takes what another life of this page left, before anything of this one.
    pub(super) fn restore(&mut self, left: Vec<Pending>) {
        let known: Vec<Uuid> = self.pending.iter().map(|pending| pending.client_id).collect();
        self.pending.splice(0..0, left.into_iter().filter(|pending| !known.contains(&pending.client_id)));
    }

    /// All of them.
    pub(super) fn pending(&self) -> &[Pending] {
        &self.pending
    }

    /// Those for one person.
    pub(super) fn to(&self, person: AccountId) -> impl Iterator<Item = &Pending> {
        self.pending.iter().filter(move |pending| pending.to == person)
    }

    /// Those that are to be said again on every new socket: whether they arrived, nobody knows.
    pub(super) fn unanswered(&self) -> impl Iterator<Item = &Pending> {
        self.pending.iter().filter(|pending| pending.problem.is_none())
    }

    /// An own message is stored. Answers whether it was one of these.
    pub(super) fn stored(&mut self, message: &MessageView) -> bool {
        let Some(pending) = self.take(message.client_id) else { return false };
        self.partners.insert(message.conversation, pending.to);
        true
    }

    /// A message was refused.
    pub(super) fn refused(&mut self, client_id: Uuid, problem: &Problem) {
        self.change(client_id, |pending| pending.problem = Some(problem.clone()));
    }

    /// A message that was refused goes out again. Answers what to send.
    pub(super) fn again(&mut self, client_id: Uuid) -> Option<Pending> {
        self.change(client_id, |pending| pending.problem = None)
    }

    /// Takes a message out.
    pub(super) fn take(&mut self, client_id: Uuid) -> Option<Pending> {
        let place = self.pending.iter().position(|pending| pending.client_id == client_id)?;
        Some(self.pending.remove(place))
    }

    /// With whom a conversation is, if something was sent there from here.
    pub(super) fn partner(&self, conversation: ConversationId) -> Option<AccountId> {
        self.partners.get(&conversation).copied()
    }

    fn change(&mut self, client_id: Uuid, change: impl FnOnce(&mut Pending)) -> Option<Pending> {
        let pending = self.pending.iter_mut().find(|pending| pending.client_id == client_id)?;
        change(pending);
        Some(pending.clone())
    }
}
