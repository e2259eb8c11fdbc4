//! The open sockets of this process.
//!
//! One lock, held for microseconds and never across an await. A socket's queue is bounded: one that falls behind is
//! closed, and resumes.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use protocol::{
    AccountId, PostId, SessionId,
    live::{CLOSE_BEHIND, CLOSE_RESTART, CLOSE_SIGNED_OUT, ServerMessage, WATCHED_POSTS},
};
use tokio::sync::{mpsc, oneshot};

use super::{Event, frame};

/// Entries that wait for one socket at most.
const QUEUE: usize = 256;

/// The open sockets.
#[derive(Default)]
pub struct Hub {
    registry: Mutex<Registry>,
}

#[derive(Default)]
struct Registry {
    last_id: u64,
    sockets: HashMap<u64, Socket>,
    of_account: HashMap<AccountId, HashSet<u64>>,
    watchers: HashMap<PostId, HashSet<u64>>,
}

struct Socket {
    account: AccountId,
    session: SessionId,
    /// False until it is known whom this person may hear of.
    open: bool,
    hidden: HashSet<AccountId>,
    followed: HashSet<AccountId>,
    watched: Vec<PostId>,
    queue: mpsc::Sender<Outgoing>,
    close: Option<oneshot::Sender<u16>>,
}

/// What waits to be sent to one socket.
#[derive(Debug, Clone)]
pub enum Outgoing {
    /// A message that is the same for all who get it, made once.
    Frame(Bytes),
    /// The counts of a post, which are this person's own because of their blocks.
    Recount(PostId),
    /// The number of conversations with something unread.
    Unread,
}

/// A registered socket; dropping it takes it out.
pub struct Connection {
    id: u64,
    hub: Arc<Hub>,
    /// What waits to be sent.
    pub outgoing: mpsc::Receiver<Outgoing>,
    /// The code to close with, once the server wants to.
    pub closing: oneshot::Receiver<u16>,
}

impl Hub {
    /// Takes in a socket that hears nothing yet.
    pub fn register(self: &Arc<Self>, account: AccountId, session: SessionId) -> Connection {
        let (queue, outgoing) = mpsc::channel(QUEUE);
        let (close, closing) = oneshot::channel();
        let mut registry = self.lock();
        registry.last_id += 1;
        let id = registry.last_id;
        let socket = Socket {
            account,
            session,
            open: false,
            hidden: HashSet::new(),
            followed: HashSet::new(),
            watched: Vec::new(),
            queue,
            close: Some(close),
        };
        registry.sockets.insert(id, socket);
        registry.of_account.entry(account).or_default().insert(id);
        Connection { id, hub: Arc::clone(self), outgoing, closing }
    }

    /// Brings an event to every socket that it concerns.
    pub fn deliver(&self, event: &Event) {
        self.lock().deliver(event);
    }

    /// Tells all sockets to come back after a restart.
    pub fn close_all(&self) {
        let mut registry = self.lock();
        let all: Vec<u64> = registry.sockets.keys().copied().collect();
        for id in all {
            registry.close(id, CLOSE_RESTART);
        }
    }

    /// Open sockets.
    pub fn len(&self) -> usize {
        self.lock().sockets.len()
    }

    /// Whether no socket is open.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[cfg(test)]
    pub(super) fn remembers_nothing(&self) -> bool {
        let registry = self.lock();
        registry.sockets.is_empty() && registry.of_account.is_empty() && registry.watchers.is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connection {
    /// Lets events through, except those of people in `hidden`.
    pub fn open(&self, hidden: Vec<AccountId>, followed: Vec<AccountId>) {
        if let Some(socket) = self.hub.lock().sockets.get_mut(&self.id) {
            socket.hidden.extend(hidden);
            socket.followed.extend(followed);
            socket.open = true;
        }
    }

    /// Watches these posts, and no others. Says which of them were not watched before.
    pub fn watch(&self, mut posts: Vec<PostId>) -> Vec<PostId> {
        posts.truncate(WATCHED_POSTS);
        self.hub.lock().watch(self.id, posts)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.hub.lock().remove(self.id);
    }
}

impl Registry {
    fn deliver(&mut self, event: &Event) {
        match event {
            Event::Published { post, author } => self.published(*post, *author),
            Event::Counted { post, author, counts } => {
                let shared = message(&ServerMessage::Counted { post: *post, counts: *counts });
                self.tell_watchers(*post, &[*author], |socket| {
                    if socket.hidden.is_empty() { shared.clone() } else { Some(Outgoing::Recount(*post)) }
                });
            }
            Event::Commented { comment, by } => {
                let shared = message(&ServerMessage::Commented { comment: comment.clone() });
                let mut unaddressed = comment.clone();
                let answered = unaddressed.answers.take();
                let unaddressed = message(&ServerMessage::Commented { comment: unaddressed });
                self.tell_watchers(comment.post, by, |socket| match &answered {
                    Some(person) if socket.hidden.contains(&person.id) => unaddressed.clone(),
                    _ => shared.clone(),
                });
            }
            Event::Message { message: said, between } => {
                let shared = message(&ServerMessage::Message { message: said.clone() });
                let [one, other] = between;
                for (reader, with) in [(one, other), (other, one)] {
                    for id in self.ids_of(*reader) {
                        // A block may have come between the message and its announcement.
                        self.send(
                            id,
                            |socket| if socket.hidden.contains(with) { None } else { shared.clone() },
                        );
                    }
                    self.tell_account(*reader, Some(Outgoing::Unread));
                }
            }
            Event::Read { reader } => self.tell_account(*reader, Some(Outgoing::Unread)),
            Event::Followed { follower, followed } => {
                self.each_of(*follower, |socket| _ = socket.followed.insert(*followed));
            }
            Event::Unfollowed { follower, followed } => {
                self.each_of(*follower, |socket| _ = socket.followed.remove(followed));
            }
            Event::Blocked { blocker, blocked } => {
                for (one, other) in [(blocker, blocked), (blocked, blocker)] {
                    self.each_of(*one, |socket| {
                        socket.hidden.insert(*other);
                        socket.followed.remove(other);
                    });
                    self.tell_account(*one, Some(Outgoing::Unread));
                }
            }
            Event::Unblocked { blocker, blocked, still_hidden: false } => {
                for (one, other) in [(blocker, blocked), (blocked, blocker)] {
                    self.each_of(*one, |socket| _ = socket.hidden.remove(other));
                    self.tell_account(*one, Some(Outgoing::Unread));
                }
            }
            Event::Unblocked { still_hidden: true, .. } => {}
            Event::SignedOut { account, session } => {
                for id in self.ids_of(*account) {
                    let ended = self
                        .sockets
                        .get(&id)
                        .is_some_and(|socket| session.is_none_or(|one| one == socket.session));
                    if ended {
                        self.close(id, CLOSE_SIGNED_OUT);
                    }
                }
            }
        }
    }

    fn published(&mut self, post: PostId, author: AccountId) {
        let say = |following, own| message(&ServerMessage::Published { post, following, own });
        let (own, followed, other) = (say(true, true), say(true, false), say(false, false));
        let ids: Vec<u64> = self.sockets.keys().copied().collect();
        for id in ids {
            self.send(id, |socket| {
                if socket.hidden.contains(&author) {
                    None
                } else if socket.account == author {
                    own.clone()
                } else if socket.followed.contains(&author) {
                    followed.clone()
                } else {
                    other.clone()
                }
            });
        }
    }

    fn tell_watchers(
        &mut self,
        post: PostId,
        by: &[AccountId],
        choose: impl Fn(&Socket) -> Option<Outgoing>,
    ) {
        let ids: Vec<u64> = self.watchers.get(&post).into_iter().flatten().copied().collect();
        for id in ids {
            self.send(id, |socket| {
                if by.iter().any(|person| socket.hidden.contains(person)) { None } else { choose(socket) }
            });
        }
    }

    fn tell_account(&mut self, account: AccountId, outgoing: Option<Outgoing>) {
        for id in self.ids_of(account) {
            self.send(id, |_| outgoing.clone());
        }
    }

    fn send(&mut self, id: u64, choose: impl FnOnce(&Socket) -> Option<Outgoing>) {
        let Some(socket) = self.sockets.get(&id).filter(|socket| socket.open) else { return };
        let Some(outgoing) = choose(socket) else { return };
        if socket.queue.try_send(outgoing).is_err() {
            self.close(id, CLOSE_BEHIND);
        }
    }

    fn each_of(&mut self, account: AccountId, change: impl Fn(&mut Socket)) {
        for id in self.ids_of(account) {
            if let Some(socket) = self.sockets.get_mut(&id) {
                change(socket);
            }
        }
    }

    fn ids_of(&self, account: AccountId) -> Vec<u64> {
        self.of_account.get(&account).into_iter().flatten().copied().collect()
    }

    fn watch(&mut self, id: u64, posts: Vec<PostId>) -> Vec<PostId> {
        let Some(socket) = self.sockets.get_mut(&id) else { return Vec::new() };
        let before = std::mem::replace(&mut socket.watched, posts.clone());
        let new = posts.iter().copied().filter(|post| !before.contains(post)).collect();
        self.unwatch(id, before);
        for post in posts {
            self.watchers.entry(post).or_default().insert(id);
        }
        new
    }

    fn unwatch(&mut self, id: u64, posts: Vec<PostId>) {
        for post in posts {
            if let Some(watchers) = self.watchers.get_mut(&post) {
                watchers.remove(&id);
                if watchers.is_empty() {
                    self.watchers.remove(&post);
                }
            }
        }
    }

    fn close(&mut self, id: u64, code: u16) {
        if let Some(close) = self.sockets.get_mut(&id).and_then(|socket| socket.close.take()) {
            // Whoever does not listen any more is closed already.
            _ = close.send(code);
        }
        self.remove(id);
    }

    fn remove(&mut self, id: u64) {
        let Some(socket) = self.sockets.remove(&id) else { return };
        self.unwatch(id, socket.watched);
        if let Some(ids) = self.of_account.get_mut(&socket.account) {
            ids.remove(&id);
            if ids.is_empty() {
                self.of_account.remove(&socket.account);
            }
        }
    }
}

fn message(message: &ServerMessage) -> Option<Outgoing> {
    frame(message).inspect_err(crate::Error::log).ok().map(Outgoing::Frame)
}
