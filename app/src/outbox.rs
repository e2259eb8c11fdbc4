//! What one has written and the server has not stored yet: posts, comments and messages on their way.
//!
//! Made at the root and alive as long as the page, so that what is written on one page goes out from the next one, too. The
//! [`queue`] decides what goes out when, and keeps it in the browser's storage; this module brings it the clock, the
//! network and the other tabs, and calls the server.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use protocol::{
    chat::ChatMessage,
    comment::{CommentMessage, CommentView},
    live::{ServerMessage, Topic},
    post::PostView,
};
use uuid::Uuid;

use crate::{
    browser,
    effect::effect,
    live::{Live, Status, live},
    schedule::run_after,
    session,
    storage::BrowserStorage,
    tab::{Tab, tab},
    ui::{Toaster, toast},
};

mod back_off;
mod deliver;
mod entry;
mod pending_list;
mod pending_status;
mod queue;
mod rate_limit;
#[cfg(test)]
mod tests;

pub(crate) use entry::can_retry;
pub use entry::{Entry, Payload};
pub(crate) use pending_list::{PendingItem, PendingList};
use pending_status::PendingStatus;
pub use queue::{Delay, Queue};

/// How often it is looked what may go out by now, while something waits.
const TICK: Duration = Duration::from_secs(1);

type Listener = Arc<dyn Fn(&Sent) + Send + Sync>;

/// What the server has stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// A post.
    Post(PostView),
    /// A comment or reply.
    Comment(CommentView),
}

/// The outbox of whoever is signed in. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Outbox {
    queue: RwSignal<Queue>,
    live: Live,
    tab: Tab,
    listeners: StoredValue<Vec<(Uuid, Listener)>>,
    is_ticking: StoredValue<bool>,
    toaster: Toaster,
}

/// Makes the page able to send; once, at its root.
pub fn provide() {
    let Some(me) = session::me() else { return };
    let outbox = Outbox {
        queue: RwSignal::new(Queue::new(Arc::new(BrowserStorage::Local), me.person.id)),
        live: live(),
        tab: tab(),
        listeners: StoredValue::new(Vec::new()),
        is_ticking: StoredValue::new(false),
        toaster: toast(),
    };
    provide_context(outbox);
    outbox.live.subscribe(Topic::Outbox, move |message| outbox.on_message(message));
    outbox.live.on_open(move |_| outbox.on_open());
    effect(move || outbox.start());
    effect(move || {
        if matches!(outbox.live.status().get(), Status::Lost | Status::Outdated) {
            outbox.queue.try_update(Queue::socket_lost);
        }
    });
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outbox").finish_non_exhaustive()
    }
}

impl Outbox {
    /// Sends something: now, or as soon as it can be.
    pub fn send(self, payload: Payload) {
        let now = browser::now();
        self.queue.try_update(|queue| queue.add(browser::random_id(), payload, now));
        self.flush();
    }

    /// Sends once more what was refused.
    pub fn retry(self, client_id: Uuid) {
        self.queue.try_update(|queue| queue.retry(client_id));
        self.flush();
    }

    /// Takes something back.
    pub fn discard(self, client_id: Uuid) -> Option<Payload> {
        self.remove(|queue| queue.remove(client_id)).map(|entry| entry.payload)
    }

    /// The server says that it has stored something: the answer itself may have been lost.
    pub fn confirm(self, client_id: Uuid) -> Option<Entry> {
        self.remove(|queue| queue.sent(client_id))
    }

    /// Whether a post of this person is on its way.
    pub fn sends_posts(self) -> bool {
        self.queue
            .try_with_untracked(|queue| queue.mine().any(|entry| matches!(entry.payload, Payload::Post(_))))
            == Some(true)
    }

    /// Reads what is on its way.
    pub fn with<T>(self, read: impl FnOnce(&Queue) -> T) -> T {
        self.queue.with(read)
    }

    /// Calls `listener` with whatever the server has stored, until the part of the page that asks goes away.
    pub fn listen(self, listener: impl Fn(&Sent) + Send + Sync + 'static) {
        let listener: Listener = Arc::new(listener);
        effect(move || {
            let id = browser::random_id();
            self.listeners.update_value(|all| all.push((id, Arc::clone(&listener))));
            // The next page listens already when this one goes.
            on_cleanup(move || {
                self.listeners.try_update_value(|all| all.retain(|(other, _)| *other != id));
            });
        });
    }

    fn start(self) {
        self.tab.with(|tabs| {
            self.queue.try_update(|queue| queue.start(tabs.me, |tab| tabs.is_alive(tab, browser::now())));
        });
        // The page listens as long as it lives, so the handles are not kept.
        window_event_listener_untyped("storage", move |_| self.sync());
        // A page that a browser kept for the way back has heard nothing meanwhile.
        for event in ["online", "focus", "pageshow"] {
            window_event_listener_untyped(event, move |_| {
                self.queue.try_update(Queue::reconnected);
                self.sync();
            });
        }
        self.flush();
    }

    /// Another tab has written, sent or discarded something, or is gone.
    pub fn sync(self) {
        self.queue.try_maybe_update(|queue| (queue.sync(), ()));
        self.flush();
    }

    fn on_open(self) {
        self.queue.try_update(Queue::socket_opened);
        self.flush();
    }

    fn on_message(self, message: &ServerMessage) {
        match message {
            ServerMessage::Chat(ChatMessage::Refused { client_id, problem }) => {
                self.failed(*client_id, problem.clone());
            }
            ServerMessage::Comment(CommentMessage::Stored { comment }) => {
                comment.client_id.into_iter().for_each(|client_id| _ = self.confirm(client_id));
            }
            _ => {}
        }
    }

    /// Sends what is due, and comes back as long as something waits.
    fn flush(self) {
        let now = browser::now();
        let is_alive = |id| self.tab.with(|tabs| tabs.is_alive(id, now)) != Some(false);
        let due = self.queue.try_maybe_update(|queue| {
            let has_claimed = queue.claim(is_alive);
            let due = queue.due(now);
            (has_claimed || !due.is_empty(), due)
        });
        due.unwrap_or_default().into_iter().for_each(|entry| self.deliver(entry));
        let is_waiting = self.queue.try_with_untracked(|queue| queue.waiting() > 0) == Some(true);
        if is_waiting
            && self.is_ticking.try_update_value(|ticking| std::mem::replace(ticking, true)) == Some(false)
        {
            let tick = move || {
                self.is_ticking.try_set_value(false);
                self.flush();
            };
            run_after(tick, TICK);
        }
    }

    fn remove(self, remove: impl FnOnce(&mut Queue) -> Option<Entry>) -> Option<Entry> {
        let removed = self.queue.try_maybe_update(|queue| {
            let removed = remove(queue);
            (removed.is_some(), removed)
        });
        // The next one of its lane.
        self.flush();
        removed.flatten()
    }
}
