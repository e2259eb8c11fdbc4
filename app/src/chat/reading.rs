//! What has been read: what stands on a screen that somebody can see. Opening a page marks nothing; this script does.

use leptos::{ev, prelude::*};

use super::talk::Talk;
use crate::browser;
use crate::live::Status;

/// Notes for the server how far the conversation has been read.
pub(super) fn note(talk: Talk, at_end: Signal<bool>) {
    let seen = RwSignal::new(false);
    let noted = StoredValue::new(0);
    Effect::new(move || {
        seen.set(browser::is_seen());
        let listener =
            window_event_listener(ev::visibilitychange, move |_| _ = seen.try_set(browser::is_seen()));
        on_cleanup(move || listener.remove());
    });
    let status = talk.chats.live.status();
    Effect::new(move || {
        if status.get() != Status::Open || !seen.get() || !at_end.get() {
            return;
        }
        let Some(read) = talk.timeline.with(|timeline| timeline.answerable(talk.chats.me)) else { return };
        if read.seq > noted.get_value() && talk.chats.read(read) {
            noted.set_value(read.seq);
        }
    });
}
