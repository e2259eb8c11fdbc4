use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

use crate::pages;

/// Moves the focus to the heading of a page that was opened without loading: whoever listens hears where they are, and
/// Tab goes on from the top.
pub(super) fn follow_navigation() {
    let at = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = at.get();
        if before.is_some_and(|before| before != path) {
            let opened = path.clone();
            spawn_local(async move {
                // Until then the page before is on the screen, and then somebody may want yet another one.
                pages::load(&opened).await;
                if at.try_with_untracked(|path| *path == opened) == Some(true) {
                    request_animation_frame(focus_heading);
                }
            });
        }
        path
    });
}

fn focus_heading() {
    let heading = document().query_selector("h1").ok().flatten();
    if let Some(heading) = heading {
        // A heading takes the focus only when told that it may.
        _ = heading.set_attribute("tabindex", "-1");
        focus(&heading);
    }
}

fn focus(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // What cannot be focused is still on the screen.
        _ = element.focus();
    }
}
