//! The one socket of this tab, and what comes in over it.
//!
//! Made at the root and alive as long as the page. Parts of the page subscribe to topics while they are shown
//! ([`Live::subscribe`]), say which posts they want to be watched ([`Live::watch`], [`Live::watch_near`]) and how far they
//! know a conversation ([`Live::follow`]). After a break the next socket says all of it again and is told what was missed;
//! only where that is not known any more, parts of the page load again ([`Live::on_open`]).

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures::channel::mpsc::UnboundedSender;
use leptos::{html::ElementType, prelude::*};
use protocol::{
    PostId,
    chat::{ChatRequest, KnownPosition, RESUMED_CONVERSATIONS},
    live::{Badges, ClientMessage, ServerMessage, Topic, Welcome},
    presence::PresenceRequest,
};
use wasm_bindgen::JsCast;

use crate::{effect::effect, platform::ON_HOST, schedule::run_after, viewport};

mod socket;
#[cfg(test)]
mod tests;
mod watch_set;

use watch_set::WatchSet;

/// How long posts that come and go are gathered: somebody who scrolls says less than half as much as the server takes.
const GATHER: Duration = Duration::from_millis(250);

type Followed = Signal<Option<KnownPosition>>;
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
    badges: RwSignal<Badges>,
    other_account: RwSignal<Option<String>>,
    parts: StoredValue<Parts>,
}

#[derive(Default)]
struct Parts {
    queue: Option<UnboundedSender<ClientMessage>>,
    /// The revision up to which everything has been received.
    received: i64,
    last_subscriber: u64,
    subscribers: HashMap<Topic, Vec<(u64, Listener)>>,
    /// Whether nobody looks at the page.
    is_away: bool,
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
        badges: RwSignal::new(me.as_ref().map_or_else(Badges::default, |me| me.badges)),
        other_account: RwSignal::new(None),
        parts: StoredValue::new(Parts {
            received: me.as_ref().map_or(0, |me| me.revision),
            ..Parts::default()
        }),
    };
    provide_context(live);
    if me.is_some() {
        effect(move || socket::keep_open(live));
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

    /// The counts on icons.
    pub fn badges(self) -> Signal<Badges> {
        self.badges.into()
    }

    /// Calls `listener` with every message about this topic until the part of the page that asks goes away. Those about a
    /// post come while it is watched.
    pub fn subscribe(self, topic: Topic, listener: impl Fn(&ServerMessage) + Send + Sync + 'static) {
        // The host has no socket to listen to.
        if ON_HOST {
            return;
        }
        let id = self.parts.try_update_value(|parts| {
            parts.last_subscriber += 1;
            let subscribers = parts.subscribers.entry(topic).or_default();
            subscribers.push((parts.last_subscriber, Arc::new(listener)));
            parts.last_subscriber
        });
        on_cleanup(move || {
            self.parts.try_update_value(|parts| {
                let Some(subscribers) = parts.subscribers.get_mut(&topic) else { return };
                subscribers.retain(|(other, _)| Some(*other) != id);
                if subscribers.is_empty() {
                    parts.subscribers.remove(&topic);
                }
            });
        });
    }

    /// Calls `listener` whenever a socket has opened, until the part of the page that asks goes away. It is told whether what
    /// is shown has to be loaded again.
    pub fn on_open(self, listener: impl Fn(Welcome) + Send + Sync + 'static) {
        self.subscribe(Topic::Connection, move |message| {
            if let ServerMessage::Welcome(welcome) = message {
                listener(*welcome);
            }
        });
    }

    /// Has this topic, of which the page knows everything up to `since`, watched until the part of the page that asks goes
    /// away.
    pub fn watch(self, topic: Topic, since: i64) {
        // Only a browser watches: the server renders and forgets.
        effect(move || {
            self.change_watched(|set| set.add(topic, since));
            on_cleanup(move || self.change_watched(|set| set.remove(topic)));
        });
    }

    /// Has this post watched while this element of it is near the screen. `since` says up to where the page knows it by then.
    pub fn watch_near<E>(
        self,
        post: PostId,
        since: impl Fn() -> Option<i64> + Copy + 'static,
        element: NodeRef<E>,
    ) where
        E: ElementType + 'static,
        E::Output: JsCast + Clone + 'static,
    {
        viewport::follow_nearness(element, move |near| {
            self.change_watched(|set| match near {
                true => set.add(Topic::Post(post), since().unwrap_or(0)),
                false => set.remove(Topic::Post(post)),
            });
        });
    }

    fn change_watched(self, change: impl FnOnce(&mut WatchSet)) {
        let is_due = self.parts.try_update_value(|parts| {
            change(&mut parts.watch_set);
            std::mem::replace(&mut parts.watch_is_due, true)
        });
        // Many posts come and go at once; that is said in one message.
        if is_due == Some(false) {
            run_after(move || self.send_watched(), GATHER);
        }
    }

    /// Asks after a break for what came since `known`, until the part of the page that asks goes away.
    pub fn follow(self, known: Signal<Option<KnownPosition>>) {
        let id = self.parts.try_update_value(|parts| {
            parts.last_followed += 1;
            parts.followed.push((parts.last_followed, known));
            parts.last_followed
        });
        on_cleanup(move || {
            self.parts.try_update_value(|parts| parts.followed.retain(|(other, _)| Some(*other) != id));
        });
    }

    /// Sends something to the server, if the socket is open. What must arrive is sent again when the next one opens.
    pub fn send(self, message: impl Into<ClientMessage>) -> bool {
        let message = message.into();
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
            ServerMessage::Welcome(_) => {
                self.status.try_set(Status::Open);
                self.parts.try_update_value(|parts| parts.watch_set.reset(parts.received));
                self.send_watched();
                self.send_followed();
            }
            ServerMessage::Heartbeat { revision } => {
                self.parts.try_update_value(|parts| parts.received = parts.received.max(*revision));
                self.send(ClientMessage::Heartbeat);
            }
            ServerMessage::Badges(badges) => _ = self.badges.try_set(*badges),
            _ => {}
        }
        // A subscriber may subscribe or go away while it is called.
        let subscribers: Vec<Listener> = self
            .parts
            .try_with_value(|parts| {
                let subscribers = parts.subscribers.get(&message.topic()).into_iter().flatten();
                subscribers.map(|(_, listener)| Arc::clone(listener)).collect()
            })
            .unwrap_or_default();
        for listener in subscribers {
            listener(message);
        }
    }

    /// Notes whether somebody looks at the page, and tells the server; the next socket says it from its beginning.
    pub fn set_away(self, is_away: bool) {
        let was_away = self.parts.try_update_value(|parts| std::mem::replace(&mut parts.is_away, is_away));
        if was_away == Some(!is_away) {
            self.send(if is_away { PresenceRequest::Away } else { PresenceRequest::Back });
        }
    }

    fn is_away(self) -> bool {
        self.parts.try_with_value(|parts| parts.is_away).unwrap_or_default()
    }

    /// The revision up to which everything has been received.
    fn received_revision(self) -> i64 {
        self.parts.try_with_value(|parts| parts.received).unwrap_or_default()
    }

    fn send_watched(self) {
        let change = self.parts.try_update_value(|parts| {
            parts.watch_is_due = false;
            parts.watch_set.take_change()
        });
        // What a broken socket does not take, the next one is told.
        change.flatten().into_iter().for_each(|change| _ = self.send(change));
    }

    fn send_followed(self) {
        let positions = self.followed_positions();
        if !positions.is_empty() {
            self.send(ChatRequest::Resume { positions });
        }
    }

    /// How far what is shown is known, the latest first.
    fn followed_positions(self) -> Vec<KnownPosition> {
        let followed = self.parts.try_with_value(|parts| parts.followed.clone()).unwrap_or_default();
        let known = followed.iter().rev().filter_map(|(_, known)| known.try_get_untracked().flatten());
        known.take(RESUMED_CONVERSATIONS).collect()
    }
}
