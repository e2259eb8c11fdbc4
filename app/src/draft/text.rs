use leptos::prelude::*;

use super::{Content, DraftTarget, Drafts, drafts};
use crate::{effect::effect, schedule::run_on_next_frame};

/// A text that is being written. It outlives the form that it stands in, and the page.
#[derive(Clone)]
pub(crate) struct TextDraft {
    pub(crate) body: ArcRwSignal<String>,
    /// What is wrong with it.
    pub(crate) problem: ArcRwSignal<Option<String>>,
    /// For another text of something: the version that it is made of.
    pub(crate) version: ArcRwSignal<Option<u32>>,
    /// What stands there when nothing is being written.
    blank: ArcStoredValue<String>,
    target: DraftTarget,
    drafts: Drafts,
}

impl TextDraft {
    /// Begins with `body`; or with what was written in this place before, if `body` is `blank`.
    pub(crate) fn new(target: DraftTarget, body: String, blank: String, version: Option<u32>) -> Self {
        let draft = Self {
            body: ArcRwSignal::new(body),
            problem: ArcRwSignal::new(None),
            version: ArcRwSignal::new(version),
            blank: ArcStoredValue::new(blank),
            target,
            drafts: drafts(),
        };
        let restored = draft.clone();
        effect(move || {
            let draft = restored.clone();
            // After the field has been joined to its text.
            run_on_next_frame(move || draft.restore());
        });
        draft
    }

    /// Whether something is written that is not sent.
    pub(crate) fn is_changed(&self) -> bool {
        self.blank.with_value(|blank| self.body.with(|body| body != blank))
    }

    /// Keeps what stands in it now.
    pub(crate) fn persist(&self) {
        let body = self.body.get_untracked();
        let is_blank = self.blank.with_value(|blank| *blank == body);
        let body = if is_blank { String::new() } else { body };
        let version = self.version.get_untracked();
        self.drafts.save(self.target, Content { body, version, ..Content::default() });
    }

    /// Empties it: what was written has been sent, or has another place now.
    pub(crate) fn clear(&self) {
        self.body.set(self.blank.get_value());
        self.problem.set(None);
        self.persist();
    }

    /// Keeps it no longer: it has been saved.
    pub(crate) fn discard(&self) {
        self.drafts.discard(self.target);
    }

    /// Puts back what was written before, in front of what has been typed since.
    pub(crate) fn prepend(&self, text: &str) {
        self.restore();
        self.body.update(|body| {
            let typed = std::mem::take(body);
            *body = if typed.trim().is_empty() { text.to_owned() } else { format!("{text}\n\n{typed}") };
        });
        self.persist();
    }

    fn restore(&self) {
        if self.blank.with_value(|blank| self.body.with_untracked(|body| body == blank))
            && let Some(content) = self.drafts.restore(self.target)
        {
            self.body.set(content.body);
            if content.version.is_some() {
                self.version.set(content.version);
            }
        }
    }
}
