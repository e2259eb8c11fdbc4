use leptos::prelude::*;
use protocol::{CommentId, PostId};
use serde::{Deserialize, Serialize};
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
    /// What was sent and is not known to have arrived. Sent again, it is written once.
    sent: ArcStoredValue<Vec<Sent>>,
    keepsake: Keepsake,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sent {
    client_id: Uuid,
    text: String,
}

/// A draft as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    body: String,
    sent: Vec<Sent>,
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
            sent: ArcStoredValue::new(Vec::new()),
            keepsake: Keepsake::shared(format!("kith.draft.{writer}.comment.{post}.{place}")),
        };
        draft.bring_back();
        draft
    }

    /// Keeps what stands in it now, and what is on its way.
    pub(super) fn keep(&self) {
        let kept = Kept { body: self.body.get_untracked(), sent: self.sent.get_value() };
        let nothing = kept.body.is_empty() && kept.sent.is_empty();
        let text = if nothing { String::new() } else { serde_json::to_string(&kept).unwrap_or_default() };
        self.keepsake.set(&text);
    }

    /// Takes a text out, and says the id to send it under.
    pub(super) fn take(&self, text: &str) -> Uuid {
        self.body.set(String::new());
        self.problem.set(None);
        let tried = self
            .sent
            .with_value(|sent| sent.iter().find(|sent| sent.text == text).map(|sent| sent.client_id));
        let client_id = tried.unwrap_or_else(|| {
            let client_id = browser::random_id();
            self.sent.update_value(|sent| sent.push(Sent { client_id, text: text.to_owned() }));
            client_id
        });
        self.keep();
        client_id
    }

    /// Empties it: the text has another place now.
    pub(super) fn drop_text(&self) {
        self.body.set(String::new());
        self.keep();
    }

    /// What was sent under this id has arrived.
    pub(super) fn arrived(&self, client_id: Uuid) {
        self.sent.update_value(|sent| sent.retain(|sent| sent.client_id != client_id));
        self.keep();
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

    fn bring_back(&self) {
        let draft = self.clone();
        Effect::new(move || {
            let draft = draft.clone();
            // After the field has been joined to its text.
            request_animation_frame(move || draft.put_back());
        });
    }

    /// Whether what another life of the page sent has arrived, nobody knows: it stands in the form again.
    fn put_back(&self) {
        let kept = self.keepsake.get().and_then(|kept| serde_json::from_str::<Kept>(&kept).ok());
        if let (Some(Kept { body, sent }), true) = (kept, self.body.with_untracked(String::is_empty)) {
            // What was given back stands in the form already.
            let lost = sent.iter().map(|sent| sent.text.as_str()).filter(|text| !body.contains(text));
            let texts = lost.chain([body.as_str()]);
            self.body.set(texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n"));
            self.sent.set_value(sent);
        }
    }
}
