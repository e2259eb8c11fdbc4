//! Browser APIs for effects and events. Where the browser refuses one, the page works on without it.

use gloo_net::http::Request;
use js_sys::Math;
use leptos::prelude::*;
use protocol::Timestamp;
use uuid::{Builder, Uuid};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, VisibilityState};

use crate::{platform::ON_HOST, schedule::run_on_next_frame};

/// An id that nobody else makes. Pages without TLS have no `crypto.randomUUID`.
pub(crate) fn random_id() -> Uuid {
    let mut bytes = [0; 16];
    let filled = window().crypto().and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if filled.is_err() {
        bytes.fill_with(|| (Math::random() * 256.0) as u8);
    }
    Builder::from_random_bytes(bytes).into_uuid()
}

/// The browser's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_micros(crate::ui::now_micros())
}

/// The account that the page was made for, as the host wrote it into the document; empty for nobody. Asks nothing of what is
/// around the caller, so that a call that begins after an await, or when its part of the page has gone, says the same.
pub(crate) fn page_account() -> String {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute("data-account")).unwrap_or_default()
}

/// Whether somebody can see the page.
pub(crate) fn is_seen() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Whether the device has an on-screen keyboard: Enter makes a new line there, and focusing a field opens the keyboard.
pub(crate) fn has_screen_keyboard() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches())
}

/// Whether hydration is over: whatever is rendered from now on is rendered in the browser.
pub(crate) fn is_hydrated() -> bool {
    !ON_HOST && document().document_element().is_some_and(|root| root.has_attribute("data-hydrated"))
}

/// Whether the server itself answers, and not only a proxy in front of it.
pub(crate) async fn is_server_reachable() -> bool {
    Request::get("/healthz").send().await.is_ok_and(|answer| answer.status() < 500)
}

/// Loads the page at an address of this site, also when it is this one's.
pub(crate) fn navigate(address: &str) {
    let location = window().location();
    let here =
        [location.pathname(), location.search(), location.hash()].map(Result::unwrap_or_default).concat();
    // To the address that one is at, a browser would at most scroll. One that refuses to load shows why.
    _ = if here == address { location.reload() } else { location.assign(address) };
}

/// Moves the focus to what `selector` finds, after the next render. What is in sight stays where it is.
pub(crate) fn focus(selector: &str) {
    when_rendered(selector, |element| {
        // What cannot be focused is still on the screen.
        _ = element.focus();
    });
}

/// Focuses what `selector` finds, and scrolls there.
pub(crate) fn scroll_to(selector: &str) {
    when_rendered(selector, |element| {
        // As above.
        _ = element.focus();
        element.scroll_into_view_with_bool(true);
    });
}

fn when_rendered(selector: &str, act: impl FnOnce(HtmlElement) + 'static) {
    let selector = selector.to_owned();
    run_on_next_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|found| found.dyn_into().ok()) {
            act(element);
        }
    });
}
