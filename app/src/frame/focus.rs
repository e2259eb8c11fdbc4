use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use crate::{effect::effect, pages, schedule::run_on_next_frame};

/// Whether somebody has gone to a page and done nothing there yet.
#[derive(Clone, Copy)]
struct PendingFocus(StoredValue<bool>);

/// Moves the focus to the heading of a page that was opened without loading: whoever listens hears where they are, and
/// Tab goes on from the top.
pub(super) fn follow_navigation() {
    let at = use_location().pathname;
    let pending = StoredValue::new(false);
    provide_context(PendingFocus(pending));
    Effect::new(move |before: Option<String>| {
        let path = at.get();
        if before.is_some_and(|before| before != path) {
            pending.set_value(true);
            let opened = path.clone();
            spawn_local(async move {
                // Until then the page before is on the screen, and then somebody may want yet another one.
                pages::load(&opened).await;
                let is_there = at.try_with_untracked(|path| *path == opened) == Some(true);
                if is_there && pending.try_get_value() == Some(true) {
                    run_on_next_frame(focus_heading);
                }
            });
        }
        path
    });
    // Whoever goes on meanwhile is not called back.
    effect(move || {
        _ = window_event_listener(ev::keydown, move |_| pending.set_value(false));
        _ = window_event_listener(ev::pointerdown, move |_| pending.set_value(false));
        _ = window_event_listener(ev::wheel, move |_| pending.set_value(false));
    });
}

/// What each page does when it is there, perhaps long after it was gone to: what is on it had to be loaded.
pub(super) fn focus_pending_heading() {
    let Some(PendingFocus(pending)) = use_context() else { return };
    effect(move || {
        if pending.try_update_value(std::mem::take) == Some(true) {
            run_on_next_frame(|| {
                // A page may know better where to begin.
                let inside = document().query_selector("main :focus").ok().flatten();
                if inside.is_none() {
                    focus_heading();
                }
            });
        }
    });
}

fn focus_heading() {
    let heading = document().query_selector("h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        // A heading takes the focus only when told that it may.
        heading.set_tab_index(-1);
        // Where the page is scrolled to is not decided here.
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // What cannot be focused is still on the screen.
        _ = heading.focus_with_options(&options);
    }
}
