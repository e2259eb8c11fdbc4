//! How an entry gets to the server, and what becomes of it there.

use leptos::{prelude::*, task::spawn_local};
use protocol::{
    Problem,
    chat::{ChatRequest, NewMessage},
    comment::NewComment,
};
use uuid::Uuid;

use super::{Entry, Outbox, Payload, Sent};
use crate::{
    browser, comment,
    error::{self, AppError},
    post,
};

impl Outbox {
    pub(super) fn deliver(self, entry: Entry) {
        let client_id = entry.client_id;
        match entry.payload {
            Payload::Post(content) => spawn_local(async move {
                let sent = post::api::publish(content.to_post(client_id)).await;
                self.answered(client_id, sent.map(Sent::Post));
            }),
            Payload::Comment { post, answers, body, .. } => spawn_local(async move {
                let new = NewComment { client_id: Some(client_id), post, answers, body };
                self.answered(client_id, comment::api::write(new).await.map(Sent::Comment));
            }),
            // The answer is a message of the socket: `Sent` for the chats, or `Refused`.
            Payload::Message { to, body, reply_to } => {
                let reply_to = reply_to.map(|quoted| quoted.seq);
                self.live.send(ChatRequest::Send { message: NewMessage { to, client_id, body, reply_to } });
            }
        }
    }

    fn answered(self, client_id: Uuid, answer: Result<Sent, AppError>) {
        match answer {
            Ok(sent) => {
                let listeners = self.listeners.try_get_value().unwrap_or_default();
                listeners.iter().for_each(|(_, listener)| listener(&sent));
                self.confirm(client_id);
            }
            Err(error) => self.failed(client_id, error.problem()),
        }
    }

    pub(super) fn failed(self, client_id: Uuid, problem: Problem) {
        let refused = self.queue.try_update(|queue| {
            queue.failed(client_id, problem, browser::now());
            queue.mine().find(|entry| entry.client_id == client_id && entry.problem.is_some()).cloned()
        });
        refused.flatten().iter().for_each(|entry| self.report_refusal(entry));
        self.flush();
    }

    /// Whoever is elsewhere by now hears of what was refused, and gets there.
    fn report_refusal(self, refused: &Entry) {
        let place = refused.payload.path();
        let here = window().location().pathname().unwrap_or_default();
        let is_here = here == place || place != "/" && here.starts_with(&place);
        if let Some(problem) = refused.problem.as_ref().filter(|_| !is_here) {
            let text = format!("Your {} wasn’t sent. {}", refused.payload.kind(), error::sentence(problem));
            self.toaster.fail_with(text, "Show", move || browser::navigate(&place));
        }
    }
}
