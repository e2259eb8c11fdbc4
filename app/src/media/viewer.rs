use std::sync::Arc;

use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::hooks::use_location;
use protocol::media::PictureView;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use screen::Screen;

mod screen;
mod show;

/// What is shown over the whole screen.
#[derive(Debug, Clone)]
struct Shown {
    pictures: Arc<[PictureView]>,
    /// The first one to be seen.
    at: usize,
}

/// Shows pictures over the whole screen; one for the page. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Viewer(RwSignal<Option<Shown>>);

/// Lets pictures of the page be opened; once, at its root.
pub fn provide_viewer() {
    provide_context(Viewer(RwSignal::new(None)));
}

/// The viewer of the page.
pub(super) fn viewer() -> Viewer {
    use_context().unwrap_or_else(|| Viewer(RwSignal::new(None)))
}

impl Viewer {
    /// A press on the link of a picture: shows it here, unless it is wanted in another tab or on the disk.
    pub(super) fn answer(self, event: &MouseEvent, pictures: &Arc<[PictureView]>, at: usize) {
        if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()
        {
            return;
        }
        event.prevent_default();
        // The dialog gives the focus back to what has it now, and not every browser gives it to links that are pressed.
        if let Some(link) = event.current_target().and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            _ = link.focus();
        }
        self.0.set(Some(Shown { pictures: Arc::clone(pictures), at }));
    }

    fn close(self) {
        self.0.try_set(None);
    }
}

/// Where the viewer appears when a picture is opened. It closes when one leaves the page.
#[component]
pub fn PictureViewer() -> impl IntoView {
    let (viewer, path) = (viewer(), use_location().pathname);
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            viewer.close();
        }
        path
    });
    move || viewer.0.get().map(|shown| view! { <Screen shown viewer /> })
}
