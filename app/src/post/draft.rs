//! What somebody is writing as a post, kept in the browser until the host has it.

use leptos::prelude::*;
use protocol::{
    Reason,
    post::{NewPost, PostBody},
};
use uuid::Uuid;

use crate::{
    draft::{Content, DraftTarget, Drafts, drafts},
    effect::effect,
    error,
    form::Start,
    media::{Attachments, attached_pictures},
    schedule::run_on_next_frame,
};

/// The text and the pictures of a post that is being written or changed.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The text.
    pub body: RwSignal<String>,
    /// The pictures.
    pub pictures: Attachments,
    /// What is wrong with it.
    pub problem: RwSignal<Option<String>>,
    /// For a post that is being changed: the version that its author had before them.
    pub(super) version: StoredValue<Option<u32>>,
    target: DraftTarget,
    drafts: Drafts,
}

impl Content {
    /// As a new post that can be sent more than once.
    pub fn to_post(&self, client_id: Uuid) -> NewPost {
        NewPost {
            client_id: Some(client_id),
            body: self.body.clone(),
            pictures: attached_pictures(&self.pictures),
        }
    }
}

impl Draft {
    /// A draft that begins with `content`, in a place where one writes.
    pub(crate) fn new(target: DraftTarget, content: Content) -> Self {
        Self {
            body: RwSignal::new(content.body),
            pictures: Attachments::new(content.pictures),
            problem: RwSignal::new(None),
            version: StoredValue::new(content.version),
            target,
            drafts: drafts(),
        }
    }

    /// Begins with what the plain form could not send, if there is something.
    pub fn restore_from_form(self, start: &Start) -> bool {
        let sentence = start.sentence();
        let returned = sentence.is_some();
        if returned {
            self.body.set(start.value("body"));
            self.pictures.set(start.pictures());
            self.problem.set(sentence);
        }
        returned
    }

    /// From now on, keeps what is written, and restores what was kept before, unless something else is written already.
    pub fn persist(self) {
        let first = StoredValue::new(self.content_now());
        effect(move || self.restore(first));
        let mut is_first = true;
        effect(move || {
            let content = self.content();
            if !std::mem::take(&mut is_first) {
                let is_blank = first.with_value(|first| *first == content);
                self.drafts.save(self.target, if is_blank { Content::default() } else { content });
            }
        });
    }

    /// What is in it.
    fn content(self) -> Content {
        self.pictures.list().track();
        self.body.track();
        self.content_now()
    }

    /// What is in it, for events.
    fn content_now(self) -> Content {
        Content {
            body: self.body.get_untracked(),
            pictures: self.pictures.views(),
            version: self.version.get_value(),
        }
    }

    /// Empties it.
    pub fn clear(self) {
        self.fill(Content::default());
    }

    /// Keeps it no longer: what was written has been saved.
    pub fn discard(self) {
        self.drafts.discard(self.target);
    }

    /// Puts something else in its place.
    pub fn fill(self, content: Content) {
        self.body.set(content.body);
        self.pictures.set(content.pictures);
        self.problem.set(None);
    }

    /// Puts back what could not be sent, below what was written meanwhile.
    pub fn append_content(self, content: Content) {
        self.append(&content.body);
        self.pictures.extend(content.pictures);
    }

    /// Puts a text below what was written.
    pub fn append(self, text: &str) {
        self.body.update(|body| {
            let gap = if body.is_empty() || text.is_empty() { "" } else { "\n\n" };
            *body = format!("{body}{gap}{text}");
        });
    }

    /// What can be sent of it now: all, or nothing and the reason.
    pub fn validate(self) -> Option<Content> {
        let content = self.content_now();
        let problem = if self.pictures.has_failed() {
            Some("A picture couldn’t be uploaded. Try again or remove it.".to_owned())
        } else {
            match PostBody::parse(&content.body) {
                Err(Reason::Empty) if !content.pictures.is_empty() => None,
                checked => checked.err().map(|reason| error::reason("body", reason)),
            }
        };
        let is_valid = problem.is_none();
        self.problem.set(problem);
        is_valid.then_some(content)
    }

    fn restore(self, first: StoredValue<Content>) {
        // After the fields have been joined to their texts.
        run_on_next_frame(move || {
            if first.try_get_value() == Some(self.content_now())
                && let Some(kept) = self.drafts.restore(self.target)
            {
                self.version.set_value(kept.version);
                self.fill(kept);
            }
        });
    }
}

/// The new post that is being written. It belongs to the whole page, so that going elsewhere and back loses nothing, not
/// even an upload that is under way.
pub fn provide_new_post() {
    if crate::session::me().is_some() {
        let draft = Draft::new(DraftTarget::NewPost, Content::default());
        provide_context(draft);
        draft.persist();
    }
}
