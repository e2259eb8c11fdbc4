use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;

use crate::{
    effect::{effect, on_change},
    page::PendingFocus,
    pages,
};

/// Moves the focus to the heading of a page that was opened without loading: a screen reader says where one is, and Tab goes
/// on from the top.
pub(super) fn follow_navigation() {
    let at = use_location().pathname;
    let pending = PendingFocus::provide();
    let on_navigation = move |opened: String| {
        pending.set(true);
        spawn_local(async move {
            // Until then the page before is on the screen, and then somebody may want yet another one.
            pages::load(&opened).await;
            if at.try_with_untracked(|path| *path == opened) == Some(true) {
                pending.focus_now();
            }
        });
    };
    on_change(move || at.get(), on_navigation);
    // Whoever goes on meanwhile is not called back.
    effect(move || {
        _ = window_event_listener(ev::keydown, move |_| pending.set(false));
        _ = window_event_listener(ev::pointerdown, move |_| pending.set(false));
        _ = window_event_listener(ev::wheel, move |_| pending.set(false));
    });
}
