//! The pictures that somebody has picked for a post, from the file on their disk to what the host has made of it.

use std::collections::HashMap;

use leptos::prelude::*;
use protocol::{
    PictureId, Reason,
    media::{AttachedPicture, POST_PICTURES, PictureSize, PictureView, UPLOAD_MEGABYTES},
};
use send_wrapper::SendWrapper;
use web_sys::{File, Url};

use super::upload::{Upload, discard};
use crate::{error, live::Live};

/// Uploads at a time: the rest of the page needs connections, too.
const MAX_CONCURRENT: usize = 2;
const MAX_BYTES: f64 = UPLOAD_MEGABYTES as f64 * 1024.0 * 1024.0;

/// A picture that was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Which, on this page.
    pub key: u32,
    /// What it shows, in words.
    pub alt: String,
    /// Where it can be seen.
    pub src: String,
    /// How far it is.
    pub state: UploadState,
}

/// How far a picture is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UploadState {
    /// Others go first.
    Waiting,
    /// So many percent have gone out.
    Sending(u32),
    /// It was not taken, and can be sent again unless the picture itself is at fault.
    Failed {
        /// Why.
        sentence: String,
        /// Whether trying again makes sense.
        can_retry: bool,
    },
    /// The host has it.
    Ready(PictureView),
}

struct UploadTask {
    file: File,
    sending: Option<Upload>,
}

/// All of them, in their order.
#[derive(Clone, Copy)]
pub struct Attachments {
    list: RwSignal<Vec<Attachment>>,
    // Files and requests belong to the browser's one thread; on the server there are none.
    work: StoredValue<HashMap<u32, SendWrapper<UploadTask>>>,
    last_key: StoredValue<u32>,
}

impl Attachments {
    /// These, which the host has already.
    pub fn new(ready: Vec<PictureView>) -> Self {
        let pictures = Self {
            list: RwSignal::new(Vec::new()),
            work: StoredValue::new(HashMap::new()),
            last_key: StoredValue::new(0),
        };
        pictures.set(ready);
        if let Some(live) = use_context::<Live>() {
            live.on_open(move |_| pictures.retry_failed());
        }
        pictures
    }

    /// The pictures as they are now.
    pub fn list(self) -> Signal<Vec<Attachment>> {
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

    fn ready(self, picture: PictureView) -> Attachment {
        let (alt, src) = (picture.alt.clone(), picture.path(PictureSize::Small));
        Attachment { key: self.new_key(), alt, src, state: UploadState::Ready(picture) }
    }

    fn new_key(self) -> u32 {
        self.last_key.update_value(|key| *key += 1);
        self.last_key.get_value()
    }

    /// Takes files and begins to send them. Answers why some are left out.
    pub fn attach(self, files: Vec<File>) -> Option<String> {
        let room = POST_PICTURES.saturating_sub(self.list.with_untracked(Vec::len));
        let too_many = files.len() > room;
        for file in files.into_iter().take(room) {
            let src = Url::create_object_url_with_blob(&file).unwrap_or_default();
            let too_large = file.size() > MAX_BYTES;
            let state = if too_large {
                failed(Reason::TooLarge { max: UPLOAD_MEGABYTES })
            } else {
                UploadState::Waiting
            };
            let key = self.new_key();
            self.work.update_value(|work| {
                _ = work.insert(key, SendWrapper::new(UploadTask { file, sending: None }))
            });
            self.list.update(|list| list.push(Attachment { key, alt: String::new(), src, state }));
        }
        self.send_next();
        too_many.then(|| error::reason("pictures", Reason::TooMany { max: POST_PICTURES as u32 }))
    }

    /// Sends one again.
    pub fn retry(self, key: u32) {
        self.change(key, |attachment| attachment.state = UploadState::Waiting);
        self.send_next();
    }

    /// The server is in reach again: what it did not get is sent again.
    fn retry_failed(self) {
        let is_failed = |attachment: &&Attachment| {
            matches!(attachment.state, UploadState::Failed { can_retry: true, .. })
        };
        let failed = self.list.try_with_untracked(|list| {
            list.iter().filter(is_failed).map(|attachment| attachment.key).collect::<Vec<_>>()
        });
        failed.into_iter().flatten().for_each(|key| self.retry(key));
    }

    /// Takes one out.
    pub fn remove(self, key: u32) {
        let taken = self.list.try_update(|list| {
            list.iter().position(|attachment| attachment.key == key).map(|at| list.remove(at))
        });
        // Only what was uploaded here: a picture that stands on a post is the post's until that is saved.
        if self.work.try_update_value(|work| work.remove(&key)).flatten().is_some()
            && let Some(Attachment { state: UploadState::Ready(picture), .. }) = taken.flatten()
        {
            discard(picture.id);
        }
        self.send_next();
    }

    /// Says in words what one shows.
    pub fn describe(self, key: u32, alt: String) {
        self.change(key, |attachment| attachment.alt = alt);
    }

    /// Moves one by so many places, as far as there are places.
    pub fn move_by(self, key: u32, by: isize) {
        self.list.update(|list| {
            let Some(at) = list.iter().position(|attachment| attachment.key == key) else { return };
            let to = at.saturating_add_signed(by).min(list.len() - 1);
            let attachment = list.remove(at);
            list.insert(to, attachment);
        });
    }

    /// Moves one to the place of another.
    pub fn move_to(self, key: u32, other: u32) {
        let at =
            |key| self.list.with_untracked(|list| list.iter().position(|attachment| attachment.key == key));
        if let (Some(from), Some(to)) = (at(key), at(other)) {
            self.move_by(key, to as isize - from as isize);
        }
    }

    /// Whether some are still on their way.
    pub fn is_uploading(self) -> bool {
        self.list.with(|list| {
            list.iter()
                .any(|attachment| matches!(attachment.state, UploadState::Waiting | UploadState::Sending(_)))
        })
    }

    /// Whether one was not taken.
    pub fn has_failed(self) -> bool {
        self.list.with_untracked(|list| {
            list.iter().any(|attachment| matches!(attachment.state, UploadState::Failed { .. }))
        })
    }

    /// Those that the host has, as they are described now.
    pub fn views(self) -> Vec<PictureView> {
        self.list.with_untracked(|list| list.iter().filter_map(Attachment::view).collect())
    }

    /// The next that wait begin to be sent.
    fn send_next(self) {
        loop {
            let next = self.list.try_with_untracked(|list| {
                let sending = list
                    .iter()
                    .filter(|attachment| matches!(attachment.state, UploadState::Sending(_)))
                    .count();
                let waiting = list.iter().find(|attachment| attachment.state == UploadState::Waiting);
                waiting.filter(|_| sending < MAX_CONCURRENT).map(|attachment| attachment.key)
            });
            let Some(key) = next.flatten() else { return };
            self.change(key, |attachment| attachment.state = UploadState::Sending(0));
            self.send(key);
        }
    }

    fn send(self, key: u32) {
        let begun = self.work.try_update_value(|all| {
            let work = all.get_mut(&key)?;
            let progress = move |percent| {
                self.change(key, |attachment| attachment.state = UploadState::Sending(percent))
            };
            work.sending = Upload::start(&work.file, progress, move |answer| self.sent(key, answer));
            work.sending.as_ref().map(drop)
        });
        if begun.flatten().is_none() {
            self.sent(key, Err(error::AppError::Transport));
        }
    }

    fn sent(self, key: u32, answer: Result<PictureView, error::AppError>) {
        self.change(key, |attachment| {
            attachment.state = match answer {
                Ok(picture) => UploadState::Ready(picture),
                Err(error) => UploadState::Failed {
                    sentence: error.sentence(),
                    can_retry: error.problem().reason_for("pictures").is_none(),
                },
            };
        });
        self.send_next();
    }

    fn change(self, key: u32, change: impl FnOnce(&mut Attachment)) {
        self.list.try_update(|list| list.iter_mut().find(|attachment| attachment.key == key).map(change));
    }
}

impl Attachment {
    /// Under which the host has it.
    pub fn id(&self) -> Option<PictureId> {
        self.view().map(|picture| picture.id)
    }

    fn view(&self) -> Option<PictureView> {
        match &self.state {
            UploadState::Ready(picture) => Some(PictureView { alt: self.alt.clone(), ..picture.clone() }),
            _ => None,
        }
    }
}

/// How pictures go onto a post.
pub fn attached_pictures(pictures: &[PictureView]) -> Vec<AttachedPicture> {
    pictures.iter().map(|picture| AttachedPicture { id: picture.id, alt: picture.alt.clone() }).collect()
}

fn failed(reason: Reason) -> UploadState {
    UploadState::Failed { sentence: error::reason("pictures", reason), can_retry: false }
}
