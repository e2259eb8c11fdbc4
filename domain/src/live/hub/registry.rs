//! Who has which socket open, watches what, and may hear of whom.

use std::collections::{HashMap, HashSet};

use protocol::{
    AccountId, PostId, SessionId,
    account::PersonView,
    comment::CommentView,
    live::{CLOSE_BEHIND, CLOSE_SIGNED_OUT, ServerMessage, WATCHED_POSTS},
};
use tokio::sync::{mpsc, oneshot};

use super::{
    super::{Event, frame},
    Outgoing,
};

#[derive(Default)]
pub(super) struct Registry {
    last_id: u64,
    pub(super) sockets: HashMap<u64, Socket>,
    pub(super) of_account: HashMap<AccountId, HashSet<u64>>,
    pub(super) watchers: HashMap<PostId, HashSet<u64>>,
}

pub(super) struct Socket {
    account: AccountId,
    session: SessionId,
    /// False until it is known whom this person may hear of.
    pub(super) open: bool,
    pub(super) hidden: HashSet<AccountId>,
    pub(super) followed: HashSet<AccountId>,
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
            open: false,
            hidden: HashSet::new(),
            followed: HashSet::new(),
            watched: HashSet::new(),
            queue,
            close: Some(close),
        }
    }
}

impl Registry {
    pub(super) fn register(&mut self, socket: Socket) -> u64 {
        self.last_id += 1;
        self.of_account.entry(socket.account).or_default().insert(self.last_id);
        self.sockets.insert(self.last_id, socket);
        self.last_id
    }

    pub(super) fn deliver(&mut self, event: &Event) {
        match event {
            Event::Published { post, author } => self.published(*post, *author),
            Event::Counted { post, author, counts } => {
                let shared = message(&ServerMessage::Counted { post: *post, counts: *counts });
                self.tell_watchers(*post, &[*author], |socket| {
                    if socket.hidden.is_empty() { shared.clone() } else { Some(Outgoing::Recount(*post)) }
                });
            }
            Event::Edited { post, author } => {
                let shared = message(&ServerMessage::Edited { post: *post });
                self.tell_watchers(*post, &[*author], |_| shared.clone());
            }
            Event::Removed { post, author } => {
                let shared = message(&ServerMessage::Removed { post: *post });
                self.tell_watchers(*post, &[*author], |_| shared.clone());
            }
            Event::Commented { comment, by, mentioned } => {
                // Under which id it was sent is for its author alone.
                let public = CommentView { client_id: None, ..comment.clone() };
                let shared = message(&ServerMessage::Commented { comment: public.clone().into() });
                let author = comment.author.as_ref().map(|author| author.id);
                self.tell_watchers(comment.post, by, |socket| {
                    let is_author = author == Some(socket.account);
                    let mut named = comment.answers.iter().chain(mentioned);
                    let comment = if is_author { comment } else { &public };
                    if is_author || named.any(|person| socket.hidden.contains(&person.id)) {
                        let comment = without(comment, mentioned, &socket.hidden);
                        message(&ServerMessage::Commented { comment: comment.into() })
                    } else {
                        shared.clone()
                    }
                });
            }
            Event::Uncommented { post, comment, by } => {
                let shared = message(&ServerMessage::Uncommented { post: *post, comment: *comment });
                self.tell_watchers(*post, by, |_| shared.clone());
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
        let say = |following| message(&ServerMessage::Published { post, author, following });
        let (near, far) = (say(true), say(false));
        let ids: Vec<u64> = self.sockets.keys().copied().collect();
        for id in ids {
            self.send(id, |socket| {
                if socket.hidden.contains(&author) {
                    None
                } else if socket.account == author || socket.followed.contains(&author) {
                    near.clone()
                } else {
                    far.clone()
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

/// The comment as somebody sees it from whom these people are hidden.
fn without(comment: &CommentView, mentioned: &[PersonView], hidden: &HashSet<AccountId>) -> CommentView {
    let mut comment = comment.clone();
    comment.answers.take_if(|person| hidden.contains(&person.id));
    let unseen =
        |name: &String| mentioned.iter().any(|one| one.username == *name && hidden.contains(&one.id));
    comment.mentions.retain(|name| !unseen(name));
    comment
}

fn message(message: &ServerMessage) -> Option<Outgoing> {
    frame(message).inspect_err(crate::Error::log).ok().map(Outgoing::Frame)
}
