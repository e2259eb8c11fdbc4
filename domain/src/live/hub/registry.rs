//! Who has which socket open, watches what, and may hear of whom.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use protocol::{
    AccountId, PostId, SessionId,
    live::{CLOSE_BEHIND, CLOSE_REPLACED, CLOSE_SIGNED_OUT, SOCKETS_PER_ACCOUNT, WATCHED_POSTS},
};
use tokio::sync::{mpsc, oneshot};

use super::{
    super::{Event, frame},
    Outgoing, SharedCounts, Unsettled,
};

mod relations;
mod view;

use relations::{Relations, Verdict};
use view::Frames;

#[derive(Default)]
pub(super) struct Registry {
    last_id: u64,
    pub(super) sockets: HashMap<u64, Socket>,
    /// The oldest first: ids grow.
    pub(super) of_account: HashMap<AccountId, BTreeSet<u64>>,
    pub(super) watchers: HashMap<PostId, HashSet<u64>>,
}

pub(super) struct Socket {
    account: AccountId,
    session: SessionId,
    pub(super) relations: Relations,
    /// At most [`WATCHED_POSTS`].
    pub(super) watched: HashSet<PostId>,
    queue: mpsc::Sender<Outgoing>,
    close: Option<oneshot::Sender<u16>>,
}

impl Socket {
    pub(super) fn new(
        account: AccountId,
        session: SessionId,
        queue: mpsc::Sender<Outgoing>,
        close: oneshot::Sender<u16>,
    ) -> Self {
        Self {
            account,
            session,
            relations: Relations::default(),
            watched: HashSet::new(),
            queue,
            close: Some(close),
        }
    }
}

impl Registry {
    pub(super) fn register(&mut self, socket: Socket) -> u64 {
        let open = self.ids_of(socket.account);
        if let (Some(oldest), true) = (open.first(), open.len() >= SOCKETS_PER_ACCOUNT) {
            self.close(*oldest, CLOSE_REPLACED);
        }
        self.last_id += 1;
        self.of_account.entry(socket.account).or_default().insert(self.last_id);
        self.sockets.insert(self.last_id, socket);
        self.last_id
    }

    pub(super) fn deliver(&mut self, event: &Event) {
        match event {
            Event::RelationsChanged { between: [one, other] } => {
                for (reader, with) in [(one, other), (other, one)] {
                    for id in self.ids_of(*reader) {
                        self.unsettle(id, *with);
                    }
                }
            }
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
            Event::Read { reader } => self.tell_account(*reader, &Outgoing::Unread),
            _ => self.hear(event),
        }
    }

    /// Brings an event to everybody who may hear of it. Where that is not certain at the moment, it waits in the queue behind
    /// the order to find out.
    fn hear(&mut self, event: &Event) {
        let (frames, mut held) = (Frames::of(event), None);
        for id in self.audience(event) {
            let Some(socket) = self.sockets.get(&id).filter(|socket| socket.relations.are_known()) else {
                continue;
            };
            match socket.relations.verdict(event) {
                Verdict::Visible => {
                    for outgoing in frames.of_socket(event, socket) {
                        self.push(id, outgoing);
                    }
                }
                Verdict::Hidden => {}
                Verdict::Uncertain => {
                    let held = held.get_or_insert_with(|| Arc::new(event.clone()));
                    self.push(id, Outgoing::Held(Arc::clone(held)));
                }
            }
        }
    }

    /// What an event that waited is for this socket.
    pub(super) fn release(&self, id: u64, event: &Event) -> Result<Vec<Outgoing>, Unsettled> {
        let Some(socket) = self.sockets.get(&id) else { return Ok(Vec::new()) };
        match socket.relations.verdict(event) {
            Verdict::Visible => Ok(Frames::of(event).of_socket(event, socket)),
            Verdict::Hidden => Ok(Vec::new()),
            Verdict::Uncertain => Err(Unsettled),
        }
    }

    /// The sockets that an event is for, as long as no block is in the way.
    fn audience(&self, event: &Event) -> Vec<u64> {
        let watchers = |post: &PostId| self.watchers.get(post).into_iter().flatten().copied().collect();
        match event {
            Event::Published { .. } => self.sockets.keys().copied().collect(),
            Event::Counted { post, .. }
            | Event::Edited { post, .. }
            | Event::Removed { post, .. }
            | Event::Uncommented { post, .. } => watchers(post),
            Event::Commented { comment, .. } => watchers(&comment.post),
            Event::Message { between, .. } => {
                between.iter().flat_map(|reader| self.ids_of(*reader)).collect()
            }
            Event::Read { .. } | Event::RelationsChanged { .. } | Event::SignedOut { .. } => Vec::new(),
        }
    }

    /// From now on nothing about `person` passes until the relations are read again, which is ordered here.
    fn unsettle(&mut self, id: u64, person: AccountId) {
        let Some(socket) = self.sockets.get_mut(&id) else { return };
        if socket.relations.unsettle(person) {
            self.push(id, Outgoing::Relations);
        }
    }

    fn tell_account(&mut self, account: AccountId, outgoing: &Outgoing) {
        for id in self.ids_of(account) {
            if self.sockets.get(&id).is_some_and(|socket| socket.relations.are_known()) {
                self.push(id, outgoing.clone());
            }
        }
    }

    fn push(&mut self, id: u64, outgoing: Outgoing) {
        let Some(socket) = self.sockets.get(&id) else { return };
        if socket.queue.try_send(outgoing).is_err() {
            self.close(id, CLOSE_BEHIND);
        }
    }

    fn ids_of(&self, account: AccountId) -> Vec<u64> {
        self.of_account.get(&account).into_iter().flatten().copied().collect()
    }

    pub(super) fn watch(&mut self, id: u64, add: &[PostId], remove: &[PostId]) -> Vec<PostId> {
        let Some(socket) = self.sockets.get_mut(&id) else { return Vec::new() };
        let gone: Vec<PostId> = remove.iter().copied().filter(|post| socket.watched.remove(post)).collect();
        let mut new = Vec::new();
        for post in add {
            if socket.watched.len() == WATCHED_POSTS {
                break;
            }
            if socket.watched.insert(*post) {
                new.push(*post);
            }
        }
        self.unwatch(id, gone);
        for post in &new {
            self.watchers.entry(*post).or_default().insert(id);
        }
        new
    }

    fn unwatch(&mut self, id: u64, posts: impl IntoIterator<Item = PostId>) {
        for post in posts {
            if let Some(watchers) = self.watchers.get_mut(&post) {
                watchers.remove(&id);
                if watchers.is_empty() {
                    self.watchers.remove(&post);
                }
            }
        }
    }

    pub(super) fn close(&mut self, id: u64, code: u16) {
        if let Some(close) = self.sockets.get_mut(&id).and_then(|socket| socket.close.take()) {
            // Whoever does not listen any more is closed already.
            _ = close.send(code);
        }
        self.remove(id);
    }

    pub(super) fn remove(&mut self, id: u64) {
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
