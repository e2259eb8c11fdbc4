//! What has been read: what stands on a screen that somebody can see. Opening a page marks nothing; this script does.

use leptos::{ev, prelude::*};

use super::conversation::Conversation;
use crate::live::Status;
use crate::{browser, effect::effect};

/// Notes for the server how far the conversation has been read.
pub(super) fn track(conversation: Conversation, at_end: Signal<bool>) {
    let visible = RwSignal::new(false);
    let marked = StoredValue::new(0);
    effect(move || {
        visible.set(browser::is_seen());
        let listener =
            window_event_listener(ev::visibilitychange, move |_| _ = visible.try_set(browser::is_seen()));
        on_cleanup(move || listener.remove());
    });
    let status = conversation.store.live.status();
    effect(move || {
        if status.get() != Status::Open || !visible.get() || !at_end.get() {
            return;
        }
        let Some(read) = conversation.timeline.with(|timeline| timeline.markable(conversation.store.me))
        else {
            return;
        };
        if read.seq > marked.get_value() && conversation.store.mark_read(read) {
            marked.set_value(read.seq);
        }
    });
}
