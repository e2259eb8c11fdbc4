//! Who has which socket open, watches what, and may hear of whom.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use protocol::{
    AccountId, SessionId,
    live::{CLOSE_BEHIND, CLOSE_REPLACED, CLOSE_SIGNED_OUT, SOCKETS_PER_ACCOUNT, Topic, Watched},
    presence::Presence,
};

use super::{
    connection::{Missed, Outgoing, Unsettled},
    delivery::{Content, Delivery},
    log::{Entry, Log},
    presence::{PresenceChange, PresenceTable},
    relations::{Relations, Verdict},
    schedule::{Question, Schedule},
    socket::Socket,
};
use crate::{bus::Audience, clock::Clock};

/// Entries that a socket is sent when it resumes, at most: half of what its queue holds.
const RESUMED: usize = super::QUEUE / 2;

pub(super) struct Registry {
    last_id: u64,
    pub(super) sockets: HashMap<u64, Socket>,
    pub(super) accounts: HashMap<AccountId, Account>,
    pub(super) watchers: HashMap<Topic, HashSet<u64>>,
    pub(super) log: Log,
    pub(super) schedule: Schedule,
    pub(super) presence: PresenceTable,
    clock: Arc<dyn Clock>,
}

/// Somebody with an open socket.
#[derive(Default)]
pub(super) struct Account {
    /// The oldest first: ids grow.
    sockets: BTreeSet<u64>,
    relations: Relations,
}

impl Registry {
    /// One without sockets.
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            last_id: 0,
            sockets: HashMap::new(),
            accounts: HashMap::new(),
            watchers: HashMap::new(),
            log: Log::new(0),
            schedule: Schedule::default(),
            presence: PresenceTable::default(),
            clock,
        }
    }

    pub(super) fn register(&mut self, socket: Socket) -> u64 {
        let open = self.ids_of(socket.account);
        if let (Some(oldest), true) = (open.first(), open.len() >= SOCKETS_PER_ACCOUNT) {
            self.close(*oldest, CLOSE_REPLACED);
        }
        self.last_id += 1;
        let (account, session) = (socket.account, socket.session);
        self.accounts.entry(account).or_default().sockets.insert(self.last_id);
        self.sockets.insert(self.last_id, socket);
        self.record_presence(account, session);
        self.last_id
    }

    /// Delivers to a new socket what came since `since`; none when that is not known any more, or is too much. A change of
    /// relations makes no difference: whoever was blocked meanwhile would be told so by having to load again.
    pub(super) fn resume(&mut self, id: u64, since: i64) -> Option<Missed> {
        let account = self.sockets.get(&id)?.account;
        let (mut topics, mut deliveries) = (HashMap::new(), Vec::new());
        for (revision, entry) in self.log.since(since)? {
            match entry {
                Entry::Delivery(delivery) if delivery.concerns(account) => match &delivery.content {
                    Content::PerReader(topic) => _ = topics.insert(*topic, *revision),
                    Content::Frame { .. } => deliveries.push(Arc::clone(delivery)),
                },
                _ => {}
            }
        }
        if deliveries.len() > RESUMED {
            return None;
        }
        for delivery in deliveries {
            self.offer(id, &delivery);
        }
        Some(Missed::Topics(topics))
    }

    pub(super) fn deliver(&mut self, revision: i64, entry: Entry, now: Duration) {
        if !matches!(&entry, Entry::Delivery(delivery) if delivery.is_transient) {
            self.log.push(revision, entry.clone());
        }
        match entry {
            Entry::Delivery(delivery) => match &delivery.content {
                Content::PerReader(topic) => {
                    for account in self.questioners(&delivery.audience) {
                        self.schedule.add(Question { topic: *topic, account }, now);
                    }
                }
                Content::Frame { .. } => {
                    for id in self.audience(&delivery.audience) {
                        self.offer(id, &delivery);
                    }
                }
            },
            Entry::RelationsChanged([one, other]) => {
                self.unsettle(one, other);
                self.unsettle(other, one);
            }
            Entry::SignedOut { account, session } => {
                for id in self.ids_of(account) {
                    let socket = self.sockets.get(&id);
                    if socket.is_some_and(|socket| session.is_none_or(|one| one == socket.session)) {
                        self.close(id, CLOSE_SIGNED_OUT);
                    }
                }
            }
        }
    }

    /// Brings a delivery to a socket whose person may hear of it. Where that is not certain at the moment, it waits in the
    /// queue.
    fn offer(&mut self, id: u64, delivery: &Arc<Delivery>) {
        let Some((reader, relations)) = self.account_of(id) else { return };
        match delivery.frame_for(reader, relations) {
            Verdict::Visible(frame) => self.push(id, Outgoing::Frame(frame)),
            Verdict::Hidden => {}
            Verdict::Uncertain => self.push(id, Outgoing::Held(Arc::clone(delivery))),
        }
    }

    /// What a delivery that waited is for this socket.
    pub(super) fn release(&self, id: u64, delivery: &Delivery) -> Result<Option<Bytes>, Unsettled> {
        let Some((reader, relations)) = self.account_of(id) else { return Ok(None) };
        match delivery.frame_for(reader, relations) {
            Verdict::Visible(frame) => Ok(Some(frame)),
            Verdict::Hidden => Ok(None),
            Verdict::Uncertain => Err(Unsettled),
        }
    }

    /// The sockets of an audience, as long as no block is in the way.
    fn audience(&self, audience: &Audience) -> Vec<u64> {
        match audience {
            Audience::Everyone | Audience::Followers(_) => self.sockets.keys().copied().collect(),
            Audience::Account(account) => self.ids_of(*account),
            Audience::Watchers(topic) => self.watchers_of(*topic),
            Audience::Members(members) => members.iter().flat_map(|member| self.ids_of(*member)).collect(),
        }
    }

    /// For whom a question is asked: once for all watchers of its topic, or for each account with a socket.
    fn questioners(&self, audience: &Audience) -> Vec<Option<AccountId>> {
        let open = |account: &AccountId| self.accounts.contains_key(account).then_some(Some(*account));
        match audience {
            Audience::Everyone | Audience::Followers(_) => self.accounts.keys().copied().map(Some).collect(),
            Audience::Account(account) => open(account).into_iter().collect(),
            Audience::Members(members) => members.iter().filter_map(open).collect(),
            Audience::Watchers(topic) if self.watchers.contains_key(topic) => vec![None],
            Audience::Watchers(_) => Vec::new(),
        }
    }

    /// From now on nothing about `person` passes to `account` until the relations are read again, which is ordered here.
    fn unsettle(&mut self, account: AccountId, person: AccountId) {
        let is_first =
            self.accounts.get_mut(&account).is_some_and(|account| account.relations.unsettle(person));
        if is_first {
            for id in self.ids_of(account) {
                self.push(id, Outgoing::Relations);
            }
        }
    }

    pub(super) fn push(&mut self, id: u64, outgoing: Outgoing) {
        let Some(socket) = self.sockets.get(&id) else { return };
        if socket.queue.try_send(outgoing).is_err() {
            self.close(id, CLOSE_BEHIND);
        }
    }

    pub(super) fn ids_of(&self, account: AccountId) -> Vec<u64> {
        self.accounts.get(&account).into_iter().flat_map(|account| &account.sockets).copied().collect()
    }

    pub(super) fn watchers_of(&self, topic: Topic) -> Vec<u64> {
        self.watchers.get(&topic).into_iter().flatten().copied().collect()
    }

    /// Whose socket this is, and whom they may hear of.
    pub(super) fn account_of(&self, id: u64) -> Option<(AccountId, &Relations)> {
        let account = self.sockets.get(&id)?.account;
        self.accounts.get(&account).map(|entry| (account, &entry.relations))
    }

    pub(super) fn relations_of(&self, id: u64) -> Option<&Relations> {
        self.account_of(id).map(|(_, relations)| relations)
    }

    pub(super) fn relations_of_mut(&mut self, id: u64) -> Option<&mut Relations> {
        let account = self.sockets.get(&id)?.account;
        self.accounts.get_mut(&account).map(|entry| &mut entry.relations)
    }

    pub(super) fn watch(&mut self, id: u64, add: &[Watched], remove: &[Topic]) -> Vec<Topic> {
        let Some(socket) = self.sockets.get_mut(&id) else { return Vec::new() };
        let gone: Vec<Topic> = remove.iter().copied().filter(|topic| socket.unwatch(*topic)).collect();
        let new: Vec<Watched> = add.iter().copied().filter(|watched| socket.watch(watched.topic)).collect();
        self.unwatch(id, gone);
        for Watched { topic, .. } in &new {
            self.watchers.entry(*topic).or_default().insert(id);
        }
        for watched in &new {
            self.catch_up(id, *watched);
        }
        new.into_iter().map(|watched| watched.topic).collect()
    }

    /// Delivers what was said of a topic since the page read it, as far as that is known.
    fn catch_up(&mut self, id: u64, Watched { topic, since }: Watched) {
        let Some(missed) = self.log.since(since) else { return };
        let missed: Vec<Arc<Delivery>> = missed
            .filter_map(|(_, entry)| match entry {
                Entry::Delivery(delivery) if delivery.audience == Audience::Watchers(topic) => Some(delivery),
                _ => None,
            })
            .filter(|delivery| matches!(delivery.content, Content::Frame { .. }))
            .cloned()
            .collect();
        for delivery in missed.iter().rev().take(RESUMED).rev() {
            self.offer(id, delivery);
        }
    }

    fn unwatch(&mut self, id: u64, topics: impl IntoIterator<Item = Topic>) {
        for topic in topics {
            if let Some(watchers) = self.watchers.get_mut(&topic) {
                watchers.remove(&id);
                if watchers.is_empty() {
                    self.watchers.remove(&topic);
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
        if let Some(account) = self.accounts.get_mut(&socket.account) {
            account.sockets.remove(&id);
            if account.sockets.is_empty() {
                self.accounts.remove(&socket.account);
            }
        }
        self.record_presence(socket.account, socket.session);
    }

    /// Notes whether somebody looks at the page of this socket.
    pub(super) fn set_away(&mut self, id: u64, is_away: bool) {
        let Some(socket) = self.sockets.get_mut(&id) else { return };
        socket.is_away = is_away;
        let (account, session) = (socket.account, socket.session);
        self.record_presence(account, session);
    }

    fn record_presence(&mut self, person: AccountId, session: SessionId) {
        let sockets = self.accounts.get(&person).into_iter().flat_map(|account| &account.sockets);
        let mut are_away = sockets.filter_map(|id| self.sockets.get(id)).map(|socket| socket.is_away);
        let presence = match are_away.next() {
            None => Presence::Offline,
            Some(true) if are_away.all(|is_away| is_away) => Presence::Away,
            Some(_) => Presence::Online,
        };
        self.presence.record(PresenceChange { person, presence, session }, self.clock.elapsed());
    }
}
