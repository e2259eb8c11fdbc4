//! A page that is older than its server is reloaded by itself, once and at a quiet moment: while its tab is hidden, or on the
//! next navigation. Unsent text and running requests prevent it.

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use protocol::live::VERSION;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use crate::{
    browser,
    effect::{effect, on_change},
    live::{Status, live},
    storage::{BrowserStorage, Storage},
};

/// The version for which this tab was loaded again last.
const RELOADED: &str = "kith.reloaded";

/// Loads the page again at a quiet moment after the server was updated.
pub(super) fn reload_when_idle() {
    let (status, path) = (live().status(), use_location().pathname);
    let on_navigation = move |_| {
        if status.get_untracked() == Status::Outdated {
            reload_once();
        }
    };
    on_change(move || path.get(), on_navigation);
    let hidden = RwSignal::new(false);
    effect(move || {
        let listener =
            window_event_listener(ev::visibilitychange, move |_| _ = hidden.try_set(!browser::is_seen()));
        on_cleanup(move || listener.remove());
    });
    effect(move || {
        if hidden.get() && status.get() == Status::Outdated {
            reload_once();
        }
    });
}

/// Pages of the same version are loaded again once only: perhaps the server serves no newer ones.
fn reload_once() {
    let version = VERSION.to_string();
    if BrowserStorage::Session.get(RELOADED).as_ref() != Some(&version) && is_idle() {
        BrowserStorage::Session.set(RELOADED, &version);
        // A page that cannot reload stays as it is.
        _ = window().location().reload();
    }
}

/// Whether nothing is typed that the page did not come with, and nothing is on its way.
fn is_idle() -> bool {
    let Ok(fields) = document().query_selector_all("input, textarea, [data-state=sending]") else {
        return false;
    };
    (0..fields.length()).filter_map(|at| fields.get(at)).all(|field| {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            input.value() == input.default_value()
        } else {
            let area = field.dyn_ref::<HtmlTextAreaElement>();
            area.is_some_and(|area| area.default_value().is_ok_and(|default| default == area.value()))
        }
    })
}
