//! The pictures that somebody has picked for a post, from the file on their disk to what the host has made of it.

use std::collections::HashMap;

use leptos::prelude::*;
use protocol::{
    PictureId, Reason,
    live::ServerMessage,
    media::{AttachedPicture, POST_PICTURES, PictureSize, PictureView, UPLOAD_MEGABYTES},
};
use send_wrapper::SendWrapper;
use web_sys::{File, Url};

use super::upload::{Sending, discard};
use crate::{error, live::Live};

/// Uploads at a time: the rest of the page needs connections, too.
const AT_ONCE: usize = 2;
const BYTES: f64 = UPLOAD_MEGABYTES as f64 * 1024.0 * 1024.0;

/// A picture that was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// Which, on this page.
    pub key: u32,
    /// What it shows, in words.
    pub alt: String,
    /// Where it can be seen.
    pub src: String,
    /// How far it is.
    pub state: State,
}

/// How far a picture is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Others go first.
    Waiting,
    /// So many percent have gone out.
    Sending(u32),
    /// It was not taken, and can be sent again unless the picture itself is at fault.
    Failed {
        /// Why.
        sentence: String,
        /// Whether trying again makes sense.
        again: bool,
    },
    /// The host has it.
    Ready(PictureView),
}

struct Work {
    file: File,
    sending: Option<Sending>,
}

/// All of them, in their order.
#[derive(Clone, Copy)]
pub struct PickedPictures {
    list: RwSignal<Vec<Picked>>,
    // Files and requests belong to the browser's one thread; on the server there are none.
    work: StoredValue<HashMap<u32, SendWrapper<Work>>>,
    last_key: StoredValue<u32>,
}

impl PickedPictures {
    /// These, which the host has already.
    pub fn new(ready: Vec<PictureView>) -> Self {
        let pictures = Self {
            list: RwSignal::new(Vec::new()),
            work: StoredValue::new(HashMap::new()),
            last_key: StoredValue::new(0),
        };
        pictures.set(ready);
        if let Some(live) = use_context::<Live>() {
            live.listen(move |message| {
                if let ServerMessage::Welcome { .. } = message {
                    pictures.retry_failed();
                }
            });
        }
        pictures
    }

    /// The pictures as they are now.
    pub fn list(self) -> Signal<Vec<Picked>> {
        self.list.into()
    }

    /// Puts these, which the host has already, in the place of all others.
    pub fn set(self, ready: Vec<PictureView>) {
        self.list.set(ready.into_iter().map(|picture| self.ready(picture)).collect());
    }

    /// Adds these, which the host has already.
    pub fn extend(self, ready: Vec<PictureView>) {
        self.list.update(|list| list.extend(ready.into_iter().map(|picture| self.ready(picture))));
    }

    fn ready(self, picture: PictureView) -> Picked {
        let (alt, src) = (picture.alt.clone(), picture.path(PictureSize::Small));
        Picked { key: self.new_key(), alt, src, state: State::Ready(picture) }
    }

    fn new_key(self) -> u32 {
        self.last_key.update_value(|key| *key += 1);
        self.last_key.get_value()
    }

    /// Takes files and begins to send them. Answers why some are left out.
    pub fn pick(self, files: Vec<File>) -> Option<String> {
        let room = POST_PICTURES.saturating_sub(self.list.with_untracked(Vec::len));
        let too_many = files.len() > room;
        for file in files.into_iter().take(room) {
            let src = Url::create_object_url_with_blob(&file).unwrap_or_default();
            let too_large = file.size() > BYTES;
            let state =
                if too_large { failed(Reason::TooLarge { max: UPLOAD_MEGABYTES }) } else { State::Waiting };
            let key = self.new_key();
            self.work
                .update_value(|work| _ = work.insert(key, SendWrapper::new(Work { file, sending: None })));
            self.list.update(|list| list.push(Picked { key, alt: String::new(), src, state }));
        }
        self.send_next();
        too_many.then(|| error::reason("pictures", Reason::TooMany { max: POST_PICTURES as u32 }))
    }

    /// Sends one again.
    pub fn retry(self, key: u32) {
        self.change(key, |picked| picked.state = State::Waiting);
        self.send_next();
    }

    /// The server is in reach again: what it did not get is sent again.
    fn retry_failed(self) {
        let is_failed = |picked: &&Picked| matches!(picked.state, State::Failed { again: true, .. });
        let failed = self.list.try_with_untracked(|list| {
            list.iter().filter(is_failed).map(|picked| picked.key).collect::<Vec<_>>()
        });
        failed.into_iter().flatten().for_each(|key| self.retry(key));
    }

    /// Takes one out.
    pub fn remove(self, key: u32) {
        let taken = self
            .list
            .try_update(|list| list.iter().position(|picked| picked.key == key).map(|at| list.remove(at)));
        // Only what was uploaded here: a picture that stands on a post is the post's until that is saved.
        if self.work.try_update_value(|work| work.remove(&key)).flatten().is_some()
            && let Some(Picked { state: State::Ready(picture), .. }) = taken.flatten()
        {
            discard(picture.id);
        }
        self.send_next();
    }

    /// Says in words what one shows.
    pub fn describe(self, key: u32, alt: String) {
        self.change(key, |picked| picked.alt = alt);
    }

    /// Moves one by so many places, as far as there are places.
    pub fn shift(self, key: u32, by: isize) {
        self.list.update(|list| {
            let Some(at) = list.iter().position(|picked| picked.key == key) else { return };
            let to = at.saturating_add_signed(by).min(list.len() - 1);
            let picked = list.remove(at);
            list.insert(to, picked);
        });
    }

    /// Moves one to the place of another.
    pub fn place(self, key: u32, other: u32) {
        let at = |key| self.list.with_untracked(|list| list.iter().position(|picked| picked.key == key));
        if let (Some(from), Some(to)) = (at(key), at(other)) {
            self.shift(key, to as isize - from as isize);
        }
    }

    /// Whether some are still on their way.
    pub fn are_coming(self) -> bool {
        self.list
            .with(|list| list.iter().any(|picked| matches!(picked.state, State::Waiting | State::Sending(_))))
    }

    /// Whether one was not taken.
    pub fn has_failed(self) -> bool {
        self.list
            .with_untracked(|list| list.iter().any(|picked| matches!(picked.state, State::Failed { .. })))
    }

    /// Those that the host has, as they are described now.
    pub fn views(self) -> Vec<PictureView> {
        self.list.with_untracked(|list| list.iter().filter_map(Picked::view).collect())
    }

    /// The next that wait begin to be sent.
    fn send_next(self) {
        loop {
            let next = self.list.try_with_untracked(|list| {
                let sending = list.iter().filter(|picked| matches!(picked.state, State::Sending(_))).count();
                let waiting = list.iter().find(|picked| picked.state == State::Waiting);
                waiting.filter(|_| sending < AT_ONCE).map(|picked| picked.key)
            });
            let Some(key) = next.flatten() else { return };
            self.change(key, |picked| picked.state = State::Sending(0));
            self.send(key);
        }
    }

    fn send(self, key: u32) {
        let begun = self.work.try_update_value(|all| {
            let work = all.get_mut(&key)?;
            let progress = move |percent| self.change(key, |picked| picked.state = State::Sending(percent));
            work.sending = Sending::begin(&work.file, progress, move |answer| self.sent(key, answer));
            work.sending.as_ref().map(drop)
        });
        if begun.flatten().is_none() {
            self.sent(key, Err(error::AppError::Transport));
        }
    }

    fn sent(self, key: u32, answer: Result<PictureView, error::AppError>) {
        self.change(key, |picked| {
            picked.state = match answer {
                Ok(picture) => State::Ready(picture),
                Err(error) => State::Failed {
                    sentence: error.sentence(),
                    again: error.problem().reason_for("pictures").is_none(),
                },
            };
        });
        self.send_next();
    }

    fn change(self, key: u32, change: impl FnOnce(&mut Picked)) {
        self.list.try_update(|list| list.iter_mut().find(|picked| picked.key == key).map(change));
    }
}

impl Picked {
    /// Under which the host has it.
    pub fn id(&self) -> Option<PictureId> {
        self.view().map(|picture| picture.id)
    }

    fn view(&self) -> Option<PictureView> {
        match &self.state {
            State::Ready(picture) => Some(PictureView { alt: self.alt.clone(), ..picture.clone() }),
            _ => None,
        }
    }
}

/// How pictures go onto a post.
pub fn placed(pictures: &[PictureView]) -> Vec<AttachedPicture> {
    pictures.iter().map(|picture| AttachedPicture { id: picture.id, alt: picture.alt.clone() }).collect()
}

fn failed(reason: Reason) -> State {
    State::Failed { sentence: error::reason("pictures", reason), again: false }
}
