use std::sync::Arc;

use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::hooks::use_location;
use protocol::media::{PictureSize, PictureView};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{
    browser,
    effect::on_change,
    lazy::{LoadError, wasm_split},
};
use screen::Screen;

mod screen;
mod state;

/// What is shown over the whole screen.
#[derive(Debug, Clone)]
struct OpenedPictures {
    pictures: Arc<[PictureView]>,
    /// The first one to be seen.
    at: usize,
}

/// Shows pictures over the whole screen; one for the page. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Viewer(RwSignal<Option<OpenedPictures>>);

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
    pub(super) fn open(self, event: &MouseEvent, pictures: &Arc<[PictureView]>, at: usize) {
        if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key()
        {
            return;
        }
        event.prevent_default();
        // The dialog gives the focus back to what has it now, and not every browser gives it to links that are pressed.
        if let Some(link) = event.current_target().and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            _ = link.focus();
        }
        self.0.set(Some(OpenedPictures { pictures: Arc::clone(pictures), at }));
    }

    fn close(self) {
        self.0.try_set(None);
    }
}

/// Where the viewer appears when a picture is opened. It closes when one leaves the page.
#[component]
pub fn PictureViewer() -> impl IntoView {
    let (viewer, path) = (viewer(), use_location().pathname);
    on_change(move || path.get(), move |_| viewer.close());
    move || viewer.0.get().map(|shown| Suspend::new(SendWrapper::new(load_screen(shown, viewer))))
}

/// The viewer with what is to be shown; the picture by itself, as without a script, when the viewer does not come.
async fn load_screen(shown: OpenedPictures, viewer: Viewer) -> Option<AnyView> {
    let address = shown.pictures.get(shown.at).map(|picture| picture.path(PictureSize::Large));
    let screen = screen(shown, viewer).await.ok();
    if let (None, Some(address)) = (&screen, address) {
        browser::navigate(&address);
    }
    screen
}

/// It is as large as some pages, and nobody needs it at first.
#[wasm_split(viewer, fallible)]
fn screen(shown: OpenedPictures, viewer: Viewer) -> Result<AnyView, LoadError> {
    Ok(view! { <Screen shown viewer /> }.into_any())
}
