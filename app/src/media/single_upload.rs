//! One picture on its way to the host, for a place that has no more than one.

use leptos::prelude::*;
use protocol::{
    Reason,
    media::{PictureView, UPLOAD_MEGABYTES},
};
use send_wrapper::SendWrapper;
use web_sys::File;

use super::upload::{Upload, discard};
use crate::error::AppError;

const MAX_BYTES: f64 = UPLOAD_MEGABYTES as f64 * 1024.0 * 1024.0;

/// A picture that is sent alone. Another one takes its place.
#[derive(Clone, Copy, Default)]
pub struct SingleUpload {
    progress: RwSignal<Option<u32>>,
    picture: RwSignal<Option<PictureView>>,
    // Requests belong to the browser's one thread; on the server there are none.
    request: StoredValue<Option<SendWrapper<Upload>>>,
}

impl SingleUpload {
    /// How many percent have gone out, while it is on its way.
    pub fn progress(self) -> Signal<Option<u32>> {
        self.progress.into()
    }

    /// What the host has made of it.
    pub fn picture(self) -> Signal<Option<PictureView>> {
        self.picture.into()
    }

    /// Sends a file; `done` hears how that ended.
    pub fn send(self, file: File, done: impl Fn(Result<(), AppError>) + 'static) {
        if let Some(Some(before)) = self.picture.try_update(Option::take) {
            discard(before.id);
        }
        if file.size() > MAX_BYTES {
            let problem = protocol::Problem::field("pictures", Reason::TooLarge { max: UPLOAD_MEGABYTES });
            return done(Err(problem.into()));
        }
        self.progress.set(Some(0));
        let progress = move |percent| _ = self.progress.try_set(Some(percent));
        let end = move |answer: Result<PictureView, AppError>| {
            self.progress.try_set(None);
            done(answer.map(|picture| _ = self.picture.try_set(Some(picture))));
        };
        let request = Upload::start(&file, progress, end).map(SendWrapper::new);
        self.request.set_value(request);
    }
}
