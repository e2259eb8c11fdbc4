//! Sends one file to the host. By `XMLHttpRequest`, because nothing else tells how much of it has gone out.

use protocol::{PictureId, account::ACCOUNT_HEADER, media::PictureView};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{File, ProgressEvent, XmlHttpRequest};

use crate::{browser, error::AppError};

/// A file on its way. Dropping it takes it back.
pub(super) struct Upload {
    request: XmlHttpRequest,
    // What the request calls lives as long as it does.
    _progress: Closure<dyn FnMut(ProgressEvent)>,
    _end: Closure<dyn FnMut()>,
}

impl Upload {
    /// Begins to send. `on_progress` hears the percentage that has gone out, `on_end` what came back.
    pub(super) fn start(
        file: &File,
        mut on_progress: impl FnMut(u32) + 'static,
        mut on_end: impl FnMut(Result<PictureView, AppError>) + 'static,
    ) -> Option<Self> {
        let request = post("/media")?;
        request.set_request_header("accept", "application/json").ok()?;
        request.set_request_header("content-type", "application/octet-stream").ok()?;
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            on_progress((event.loaded() * 100.0 / event.total().max(1.0)) as u32);
        });
        let asked = request.clone();
        let end = Closure::<dyn FnMut()>::new(move || on_end(answer(&asked)));
        request.upload().ok()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        request.set_onloadend(Some(end.as_ref().unchecked_ref()));
        request.send_with_opt_blob(Some(file)).ok()?;
        Some(Self { request, _progress: progress, _end: end })
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.request.set_onloadend(None);
        // One that has ended already cannot be aborted any more.
        _ = self.request.abort();
    }
}

fn answer(request: &XmlHttpRequest) -> Result<PictureView, AppError> {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status() {
        Ok(200) => serde_json::from_str(&text).map_err(|_| AppError::Transport),
        Ok(0) | Err(_) => Err(AppError::Transport),
        Ok(_) => Err(serde_json::from_str(&text).unwrap_or(AppError::Transport)),
    }
}

/// Tells the host that nobody wants this picture. If it does not hear it, it forgets the picture after a while.
pub(super) fn discard(picture: PictureId) {
    if let Some(request) = post(&format!("/media/{picture}/discard")) {
        drop(request.send());
    }
}

/// A request that says for which account the page was made.
fn post(path: &str) -> Option<XmlHttpRequest> {
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", path).ok()?;
    request.set_request_header(ACCOUNT_HEADER, &browser::page_account()).ok()?;
    Some(request)
}
