//! What somebody is writing as a post, kept in the browser until the host has it.

use leptos::prelude::*;
use protocol::{
    Reason,
    media::PictureView,
    post::{NewPost, PostBody},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    browser::{self, Keepsake},
    error,
    form::Start,
    media::{PickedPictures, placed},
};

/// The text and the pictures of a post that is being written or changed.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The text.
    pub body: RwSignal<String>,
    /// The pictures.
    pub pictures: PickedPictures,
    /// What is wrong with it.
    pub problem: RwSignal<Option<String>>,
    keepsake: StoredValue<Keepsake>,
}

/// A draft as it is kept, and as it is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The text.
    pub body: String,
    /// The pictures that the host has.
    pub pictures: Vec<PictureView>,
}

impl Content {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.body.is_empty() && self.pictures.is_empty()
    }

    /// As a new post that can be sent more than once.
    pub fn to_post(&self, client_id: Uuid) -> NewPost {
        NewPost { client_id: Some(client_id), body: self.body.clone(), pictures: placed(&self.pictures) }
    }
}

impl Draft {
    /// A draft that begins with `content` and is kept under `key`.
    pub fn new(key: String, content: Content) -> Self {
        Self {
            body: RwSignal::new(content.body),
            pictures: PickedPictures::new(content.pictures),
            problem: RwSignal::new(None),
            keepsake: StoredValue::new(Keepsake::shared(key)),
        }
    }

    /// Begins with what the plain form could not send, if there is something.
    pub fn take_over(self, start: &Start) -> bool {
        let sentence = start.sentence();
        let returned = sentence.is_some();
        if returned {
            self.body.set(start.value("body"));
            self.pictures.set(start.pictures());
            self.problem.set(sentence);
        }
        returned
    }

    /// From now on, keeps what is written, and brings back what was kept before, unless something else is written already.
    pub fn outlive_loads(self) {
        let first = StoredValue::new(self.content_now());
        Effect::new(move |began: Option<bool>| {
            let content = self.content();
            if began == Some(true) {
                self.keep(&content);
            } else {
                self.bring_back(first);
            }
            true
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
        Content { body: self.body.get_untracked(), pictures: self.pictures.views() }
    }

    /// Empties it.
    pub fn clear(self) {
        self.fill(Content::default());
    }

    /// Keeps it no longer: what was written has been saved.
    pub fn forget(self) {
        self.keepsake.try_with_value(|keepsake| keepsake.set(""));
    }

    /// Puts something else in its place.
    pub fn fill(self, content: Content) {
        self.body.set(content.body);
        self.pictures.set(content.pictures);
        self.problem.set(None);
    }

    /// Puts back what could not be sent, below what was written meanwhile.
    pub fn take_back(self, content: Content) {
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
    pub fn finished(self) -> Option<Content> {
        let content = self.content_now();
        let problem = if self.pictures.has_failed() {
            Some("A picture could not be uploaded. Try it again, or take it out.".to_owned())
        } else {
            match PostBody::parse(&content.body) {
                Err(Reason::Empty) if !content.pictures.is_empty() => None,
                checked => checked.err().map(|reason| error::reason("body", reason)),
            }
        };
        let finished = problem.is_none();
        self.problem.set(problem);
        finished.then_some(content)
    }

    fn keep(self, content: &Content) {
        let kept = if content.is_empty() {
            String::new()
        } else {
            serde_json::to_string(content).unwrap_or_default()
        };
        self.keepsake.with_value(|keepsake| keepsake.set(&kept));
    }

    fn bring_back(self, first: StoredValue<Content>) {
        // After the fields have been joined to their texts.
        request_animation_frame(move || {
            let kept = self.keepsake.try_with_value(Keepsake::get).flatten();
            let kept: Option<Content> = kept.and_then(|kept| serde_json::from_str(&kept).ok());
            let untouched = || first.try_get_value() == Some(self.content_now());
            if let Some(kept) = kept.filter(|_| untouched()) {
                self.fill(kept);
            }
        });
    }
}

/// The new post that is being written. It belongs to the whole page, so that going elsewhere and back loses nothing, not
/// even an upload that is under way.
pub fn provide_new_post() {
    let Some(me) = crate::session::me() else { return };
    let draft = Draft::new(format!("kith.draft.{}.post", me.person.id), Content::default());
    provide_context(draft);
    draft.outlive_loads();
}

/// A fresh id for a new post.
pub fn new_id() -> Uuid {
    browser::random_id()
}
