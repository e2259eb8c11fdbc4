//! What depends on its readers is read for all of them at once. From those from whom nobody is hidden, one stands for all.

use std::collections::HashMap;

use bytes::Bytes;
use protocol::AccountId;

use super::{connection::Outgoing, registry::Registry, schedule::Question};

/// For whom the answer to a question is to be read.
#[derive(Debug, Default)]
pub struct Readers {
    /// Each with the revision of their relations: what was read before a change of them does not count.
    listed: HashMap<AccountId, u64>,
    /// Whose answer is that of everybody from whom nobody is hidden.
    representative: Option<AccountId>,
}

/// What one reader is told.
#[derive(Debug, Clone)]
pub struct Answer {
    /// To whom.
    pub reader: AccountId,
    /// The same for the same answer, whenever it was read.
    pub digest: u64,
    /// The message.
    pub frame: Bytes,
}

impl Readers {
    /// The accounts to read for.
    pub fn accounts(&self) -> Vec<AccountId> {
        self.listed.keys().copied().chain(self.representative).collect()
    }
}

impl Registry {
    pub(super) fn readers(&self, question: &Question) -> Readers {
        let mut readers = Readers::default();
        for id in self.sockets_of(question) {
            let Some((reader, relations)) = self.account_of(id) else { continue };
            if relations.hide_nobody() {
                readers.representative = Some(reader);
            } else {
                readers.listed.insert(reader, relations.revision());
            }
        }
        readers
    }

    pub(super) fn answer(&mut self, question: &Question, readers: &Readers, answers: &[Answer]) {
        let answers: HashMap<AccountId, &Answer> =
            answers.iter().map(|answer| (answer.reader, answer)).collect();
        for id in self.sockets_of(question) {
            let Some((reader, relations)) = self.account_of(id) else { continue };
            let stands_for = match readers.listed.get(&reader) {
                // A change makes the socket read everything again by itself.
                Some(revision) if *revision != relations.revision() => continue,
                Some(_) => Some(reader),
                None if relations.hide_nobody() => readers.representative,
                None => continue,
            };
            let Some(answer) = stands_for.and_then(|reader| answers.get(&reader)) else { continue };
            let socket = self.sockets.get_mut(&id);
            if socket.is_some_and(|socket| socket.record_sent(question.topic, answer.digest)) {
                self.push(id, Outgoing::Frame(answer.frame.clone()));
            }
        }
    }

    fn sockets_of(&self, question: &Question) -> Vec<u64> {
        match question.account {
            Some(account) => self.ids_of(account),
            None => self.watchers_of(question.topic),
        }
    }
}
