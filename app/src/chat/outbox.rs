//! What one has said here and the server has not answered yet.

use std::collections::{HashMap, HashSet};

use protocol::{AccountId, ConversationId, Problem, Timestamp, chat::MessageView};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::pace::Pace;

/// Messages on their way, in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outbox {
    pending: Vec<Pending>,
    /// Those that were said on this socket.
    said: HashSet<Uuid>,
    pace: Pace,
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

    /// On a new socket all is to be said again: whether it arrived, nobody knows.
    pub(super) fn reconnected(&mut self) {
        self.said.clear();
    }

    /// Takes note of what is to be said now, in its order. What the server would not take yet waits.
    pub(super) fn say(&mut self, now: Timestamp) -> Vec<Pending> {
        let Self { pending, said, pace, .. } = self;
        let waiting = pending.iter().filter(|pending| is_waiting(pending, said));
        let due: Vec<Pending> = waiting.take_while(|_| pace.step(now)).cloned().collect();
        said.extend(due.iter().map(|pending| pending.client_id));
        due
    }

    /// Whether something has to be said later.
    pub(super) fn waits(&self) -> bool {
        self.pending.iter().any(|pending| is_waiting(pending, &self.said))
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

    /// A message that was refused goes out again.
    pub(super) fn again(&mut self, client_id: Uuid) {
        self.change(client_id, |pending| pending.problem = None);
        self.said.remove(&client_id);
    }

    /// Takes a message out.
    pub(super) fn take(&mut self, client_id: Uuid) -> Option<Pending> {
        self.said.remove(&client_id);
        let place = self.pending.iter().position(|pending| pending.client_id == client_id)?;
        Some(self.pending.remove(place))
    }

    /// With whom a conversation is, if something was sent there from here.
    pub(super) fn partner(&self, conversation: ConversationId) -> Option<AccountId> {
        self.partners.get(&conversation).copied()
    }

    fn change(&mut self, client_id: Uuid, change: impl FnMut(&mut Pending)) {
        self.pending.iter_mut().filter(|pending| pending.client_id == client_id).for_each(change);
    }
}

fn is_waiting(pending: &Pending, said: &HashSet<Uuid>) -> bool {
    pending.problem.is_none() && !said.contains(&pending.client_id)
}
