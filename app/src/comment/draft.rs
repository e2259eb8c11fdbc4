use leptos::prelude::*;
use protocol::{CommentId, PostId};
use uuid::Uuid;

use crate::{
    browser::{self, Keepsake},
    form,
};

/// What is being written: a comment, or a reply. It outlives the form that it stands in, and the page.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) body: ArcRwSignal<String>,
    pub(super) problem: ArcRwSignal<Option<String>>,
    keepsake: Keepsake,
    /// A text that came back, and the id under which it was sent: perhaps only the answer was lost.
    tried: ArcStoredValue<Option<(Uuid, String)>>,
}

impl Draft {
    /// Begins with what the server gave back, if that was for this form; else with what was typed in another life of the page.
    pub(super) fn new(writer: &str, post: PostId, answers: Option<CommentId>) -> Self {
        let start = form::start(&format!("/p/{post}/comments"));
        let place = answers.map(|id| id.to_string()).unwrap_or_default();
        let mine = start.value("answers") == place;
        let draft = Self {
            body: ArcRwSignal::new(if mine { start.value("body") } else { String::new() }),
            problem: ArcRwSignal::new(start.sentence().filter(|_| mine)),
            keepsake: Keepsake::shared(format!("kith.draft.{writer}.comment.{post}.{place}")),
            tried: ArcStoredValue::new(None),
        };
        draft.keepsake.clone().bring_back(draft.body.clone());
        draft
    }

    /// Keeps what stands in it now.
    pub(super) fn keep(&self) {
        self.keepsake.set(&self.body.read_untracked());
    }

    /// Takes the text out, and the id to send it under. It is kept until the answer is there.
    pub(super) fn take(&self, text: &str) -> Uuid {
        self.body.set(String::new());
        self.problem.set(None);
        let tried = self.tried.try_update_value(Option::take).flatten();
        tried.filter(|(_, before)| before == text).map_or_else(browser::random_id, |(id, _)| id)
    }

    /// Puts back a text that could not be sent, in front of what has been typed since.
    pub(super) fn give_back(&self, text: &str, why: String) {
        self.body.update(|body| {
            let typed = std::mem::take(body);
            *body = if typed.trim().is_empty() { text.to_owned() } else { format!("{text}\n\n{typed}") };
        });
        self.problem.set(Some(why));
        self.keep();
    }

    /// Puts back what was sent under this id, which may have arrived.
    pub(super) fn send_again(&self, client_id: Uuid, text: String, why: String) {
        self.give_back(&text, why);
        self.tried.set_value(Some((client_id, text)));
    }
}
