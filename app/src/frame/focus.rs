use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Moves the focus to the heading of a page that was opened without loading: whoever listens hears where they are, and
/// Tab goes on from the top.
pub(super) fn follow_navigation() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            request_animation_frame(|| {
                let heading = document().query_selector("h1").ok().flatten();
                if let Some(heading) = heading {
                    // A heading takes the focus only when told that it may.
                    _ = heading.set_attribute("tabindex", "-1");
                    focus(&heading);
                }
            });
        }
        path
    });
}

fn focus(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // What cannot be focused is still on the screen.
        _ = element.focus();
    }
}
