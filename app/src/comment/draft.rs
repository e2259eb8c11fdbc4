use leptos::prelude::*;
use protocol::{CommentId, PostId};

use crate::form;

/// What is being written: a comment, or a reply. It outlives the form that it stands in.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) body: ArcRwSignal<String>,
    pub(super) problem: ArcRwSignal<Option<String>>,
}

impl Draft {
    /// Begins with what the server gave back, if that was for this form.
    pub(super) fn new(post: PostId, answers: Option<CommentId>) -> Self {
        let start = form::start(&format!("/p/{post}/comments"));
        let mine = start.value("answers") == answers.map(|id| id.to_string()).unwrap_or_default();
        Self {
            body: ArcRwSignal::new(if mine { start.value("body") } else { String::new() }),
            problem: ArcRwSignal::new(start.sentence().filter(|_| mine)),
        }
    }

    pub(super) fn clear(&self) {
        self.body.set(String::new());
        self.problem.set(None);
    }

    /// Puts a text back that could not be sent, in front of what has been typed since.
    pub(super) fn give_back(&self, text: &str, why: String) {
        self.body.update(|body| {
            let typed = std::mem::take(body);
            *body = if typed.trim().is_empty() { text.to_owned() } else { format!("{text}\n\n{typed}") };
        });
        self.problem.set(Some(why));
    }
}
