use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use crate::{effect::effect, schedule::run_on_next_frame};

/// Whether somebody has gone to a page and done nothing there yet: then its heading takes the focus as soon as it is
/// rendered. The shell sets it when it navigates.
#[derive(Clone, Copy)]
pub(crate) struct PendingFocus(StoredValue<bool>);

impl PendingFocus {
    /// Provides it to the pages.
    pub(crate) fn provide() -> Self {
        let pending = Self(StoredValue::new(false));
        provide_context(pending);
        pending
    }

    pub(crate) fn set(self, pending: bool) {
        self.0.set_value(pending);
    }

    /// Focuses the heading that is on the screen, if that is still wanted.
    pub(crate) fn focus_now(self) {
        if self.0.try_get_value() == Some(true) {
            run_on_next_frame(focus_heading);
        }
    }
}

/// What each page does when it is rendered, perhaps long after the navigation: its data had to be loaded.
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
