//! The one socket of this tab, and what comes in over it.
//!
//! Made at the root and alive as long as the page. Parts of the page listen while they are shown ([`Live::listen`], and
//! [`Live::subscribe`] to one post), say which posts they want to be watched ([`Live::watch`], [`Live::watch_near`]) and how
//! far they know a conversation ([`Live::follow`]); after a break the socket says all of it again, so nobody but this
//! module knows that there was one.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures::channel::mpsc::UnboundedSender;
use leptos::{html::ElementType, prelude::*};
use protocol::{
    PostId,
    live::{ClientMessage, RESUMED_CONVERSATIONS, Seen, ServerMessage},
};
use wasm_bindgen::JsCast;

use crate::{schedule::run_after, viewport};

use crate::platform::ON_HOST;

mod socket;
#[cfg(test)]
mod tests;
mod watch_set;

use watch_set::WatchSet;

/// How long posts that come and go are gathered: somebody who scrolls says less than half as much as the server takes.
const GATHER: Duration = Duration::from_millis(250);

type Followed = Signal<Option<Seen>>;
type Listener = Arc<dyn Fn(&ServerMessage) + Send + Sync>;

/// How the socket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nobody is signed in, or no script runs.
    Off,
    /// Messages come and go.
    Open,
    /// It broke and will come back.
    Lost,
    /// The server speaks another version of the protocol: the page must be loaded again.
    Outdated,
    /// This person has too many pages open; it comes back when they look at this one.
    Paused,
}

/// The tab's socket. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Live {
    status: RwSignal<Status>,
    unread: RwSignal<u32>,
    other_account: RwSignal<Option<String>>,
    parts: StoredValue<Parts>,
}

#[derive(Default)]
struct Parts {
    queue: Option<UnboundedSender<ClientMessage>>,
    last_listener: u64,
    listeners: Vec<(u64, Listener)>,
    /// Those of single posts.
    subscribers: HashMap<PostId, Vec<(u64, Listener)>>,
    watch_is_due: bool,
    watch_set: WatchSet,
    last_followed: u64,
    /// How far the conversations that are shown are known.
    followed: Vec<(u64, Followed)>,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts")
            .field("watch_set", &self.watch_set)
            .field("followed", &self.followed)
            .finish_non_exhaustive()
    }
}

/// Makes the socket of this page, and opens it once the page is alive.
pub fn provide() {
    let me = crate::session::me();
    let live = Live {
        status: RwSignal::new(Status::Off),
        unread: RwSignal::new(me.as_ref().map_or(0, |me| me.unread_conversations)),
        other_account: RwSignal::new(None),
        parts: StoredValue::new(Parts::default()),
    };
    provide_context(live);
    if me.is_some() {
        Effect::new(move || socket::keep_open(live));
    }
}

/// The tab's socket.
pub fn live() -> Live {
    expect_context()
}

impl Live {
    /// How the socket is.
    pub fn status(self) -> Signal<Status> {
        self.status.into()
    }

    /// The username of whoever the browser is signed in as now, when that is not whom this page was made for.
    pub fn other_account(self) -> Signal<Option<String>> {
        self.other_account.into()
    }

    /// How many conversations have something unread.
    pub fn unread_conversations(self) -> Signal<u32> {
        self.unread.into()
    }

    /// Calls `listener` with every message until the part of the page that asks goes away. `Welcome` comes on every new
    /// socket: the sign to fetch what may have been missed.
    pub fn listen(self, listener: impl Fn(&ServerMessage) + Send + Sync + 'static) {
        // The host has no socket to listen to.
        if ON_HOST {
            return;
        }
        let id = self.parts.try_update_value(|parts| {
            parts.last_listener += 1;
            parts.listeners.push((parts.last_listener, Arc::new(listener)));
            parts.last_listener
        });
        on_cleanup(move || {
            self.parts.try_update_value(|parts| parts.listeners.retain(|(other, _)| Some(*other) != id));
        });
    }

    /// Calls `listener` with every message about this post until the part of the page that asks goes away. They come while
    /// the post is watched.
    pub fn subscribe(self, post: PostId, listener: impl Fn(&ServerMessage) + Send + Sync + 'static) {
        if ON_HOST {
            return;
        }
        let id = self.parts.try_update_value(|parts| {
            parts.last_listener += 1;
            let subscribers = parts.subscribers.entry(post).or_default();
            subscribers.push((parts.last_listener, Arc::new(listener)));
            parts.last_listener
        });
        on_cleanup(move || {
            self.parts.try_update_value(|parts| {
                let Some(subscribers) = parts.subscribers.get_mut(&post) else { return };
                subscribers.retain(|(other, _)| Some(*other) != id);
                if subscribers.is_empty() {
                    parts.subscribers.remove(&post);
                }
            });
        });
    }

    /// Has this post watched until the part of the page that asks goes away.
    pub fn watch(self, post: PostId) {
        // Only a browser watches: the server renders and forgets.
        Effect::new(move || {
            self.set_watched(post, true);
            on_cleanup(move || self.set_watched(post, false));
        });
    }

    /// Has this post watched while this element of it is near the screen.
    pub fn watch_near<E>(self, post: PostId, element: NodeRef<E>)
    where
        E: ElementType + 'static,
        E::Output: JsCast + Clone + 'static,
    {
        viewport::follow_nearness(element, move |near| self.set_watched(post, near));
    }

    fn set_watched(self, post: PostId, watched: bool) {
        let is_due = self.parts.try_update_value(|parts| {
            if watched {
                parts.watch_set.add(post)
            } else {
                parts.watch_set.remove(post)
            }
            std::mem::replace(&mut parts.watch_is_due, true)
        });
        // Many posts come and go at once; that is said in one message.
        if is_due == Some(false) {
            run_after(move || self.say_watched(), GATHER);
        }
    }

    /// Asks after a break for what came since `seen`, until the part of the page that asks goes away.
    pub fn follow(self, seen: Signal<Option<Seen>>) {
        let id = self.parts.try_update_value(|parts| {
            parts.last_followed += 1;
            parts.followed.push((parts.last_followed, seen));
            parts.last_followed
        });
        on_cleanup(move || {
            self.parts.try_update_value(|parts| parts.followed.retain(|(other, _)| Some(*other) != id));
        });
    }

    /// Says something to the server, if the socket is open. Whoever must be heard says it again on `Welcome`.
    pub fn say(self, message: ClientMessage) -> bool {
        self.parts.try_update_value(|parts| {
            parts.queue.as_ref().is_some_and(|queue| queue.unbounded_send(message).is_ok())
        }) == Some(true)
    }

    fn opened(self, queue: UnboundedSender<ClientMessage>) {
        self.parts.try_update_value(|parts| parts.queue = Some(queue));
    }

    fn lost(self) {
        self.parts.try_update_value(|parts| parts.queue = None);
        self.status.try_set(Status::Lost);
    }

    fn outdated(self) {
        self.parts.try_update_value(|parts| parts.queue = None);
        self.status.try_set(Status::Outdated);
    }

    fn paused(self) {
        self.lost();
        self.status.try_set(Status::Paused);
    }

    fn received(self, message: &ServerMessage) {
        match message {
            ServerMessage::Welcome { unread_conversations, .. } => {
                self.status.try_set(Status::Open);
                self.unread.try_set(*unread_conversations);
                self.parts.try_update_value(|parts| parts.watch_set.reset());
                self.say_watched();
                self.say_seen();
            }
            ServerMessage::Unread { conversations } => _ = self.unread.try_set(*conversations),
            ServerMessage::Beat => _ = self.say(ClientMessage::Beat),
            _ => {}
        }
        // A listener may listen or fall silent while it is called.
        let listeners: Vec<Listener> = self
            .parts
            .try_with_value(|parts| {
                let subscribers = message.post().and_then(|post| parts.subscribers.get(&post));
                let all = parts.listeners.iter().chain(subscribers.into_iter().flatten());
                all.map(|(_, listener)| Arc::clone(listener)).collect()
            })
            .unwrap_or_default();
        for listener in listeners {
            listener(message);
        }
    }

    fn say_watched(self) {
        let change = self.parts.try_update_value(|parts| {
            parts.watch_is_due = false;
            parts.watch_set.take_change()
        });
        // What a broken socket does not take, the next one is told.
        change.flatten().into_iter().for_each(|change| _ = self.say(change));
    }

    fn say_seen(self) {
        let seen = self.seen();
        if !seen.is_empty() {
            self.say(ClientMessage::Resume { seen });
        }
    }

    /// How far what is shown is known, the latest first.
    fn seen(self) -> Vec<Seen> {
        let followed = self.parts.try_with_value(|parts| parts.followed.clone()).unwrap_or_default();
        let known = followed.iter().rev().filter_map(|(_, seen)| seen.try_get_untracked().flatten());
        known.take(RESUMED_CONVERSATIONS).collect()
    }
}
