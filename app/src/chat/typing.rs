//! Whether the other one is typing, and telling them that one is.

use std::time::Duration;

use leptos::prelude::*;
use protocol::{
    ConversationId, Timestamp,
    chat::{ChatRequest, TYPED_SECONDS, TYPING_SECONDS},
};

use crate::{browser, live::Live, schedule::run_after};

/// Who types in a conversation. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Typing {
    live: Live,
    is_on: RwSignal<bool>,
    /// Counts what was heard: only the last of it ends by its time.
    heard: StoredValue<u32>,
    told_at: StoredValue<Option<Timestamp>>,
}

impl Typing {
    pub(super) fn new(live: Live) -> Self {
        Self {
            live,
            is_on: RwSignal::new(false),
            heard: StoredValue::new(0),
            told_at: StoredValue::new(None),
        }
    }

    /// Whether the other one is typing.
    pub(super) fn is_on(self) -> bool {
        self.is_on.try_get().unwrap_or_default()
    }

    /// The other one has typed something, and is typing until nothing has come for a while.
    pub(super) fn heard(self) {
        self.is_on.try_set(true);
        let Some(turn) = self.heard.try_update_value(|heard| {
            *heard = heard.wrapping_add(1);
            *heard
        }) else {
            return;
        };
        let end = move || {
            if self.heard.try_get_value() == Some(turn) {
                self.stop();
            }
        };
        run_after(end, Duration::from_secs(TYPED_SECONDS.into()));
    }

    /// What they were typing has come.
    pub(super) fn stop(self) {
        if self.is_on.try_get_untracked() == Some(true) {
            self.is_on.try_set(false);
        }
    }

    /// Tells the other one that one is typing, at most every [`TYPING_SECONDS`].
    pub(super) fn tell(self, conversation: ConversationId) {
        let now = browser::now();
        let is_due = self.told_at.try_with_value(|told_at| is_due(*told_at, now));
        if is_due == Some(true) && self.live.send(ChatRequest::Typing { conversation }) {
            self.told_at.try_set_value(Some(now));
        }
    }
}

/// A clock that was set back does not keep it silent.
fn is_due(told_at: Option<Timestamp>, now: Timestamp) -> bool {
    told_at.is_none_or(|told_at| !(0..i64::from(TYPING_SECONDS)).contains(&now.seconds_since(told_at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_is_told_at_most_every_three_seconds() {
        let at = |seconds: i64| Timestamp::from_micros(seconds * 1_000_000);
        assert!(is_due(None, at(0)));
        assert!(!is_due(Some(at(10)), at(10)));
        assert!(!is_due(Some(at(10)), at(12)));
        assert!(is_due(Some(at(10)), at(13)));
        assert!(is_due(Some(at(10)), at(5)), "the clock was set back");
    }
}
