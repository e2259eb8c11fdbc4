use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::{effect::effect, pages};

/// Prefetches the part of the client that a page needs when its link is hovered or focused.
pub(super) fn prefetch_on_hover() {
    effect(|| {
        // The frame stays as long as the page, and so do these.
        _ = window_event_listener(ev::pointerover, |event| prefetch(&event));
        _ = window_event_listener(ev::focusin, |event| prefetch(&event));
    });
}

fn prefetch(event: &Event) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let link = target.closest("a[href^='/']").ok().flatten();
    if let Some(address) = link.and_then(|link| link.get_attribute("href")) {
        spawn_local(async move {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            // What does not come now is asked for again when it is needed.
            _ = pages::load(path).await;
        });
    }
}
