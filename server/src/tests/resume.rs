//! Two people write to each other while their lines are cut at any moment.

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
};

use domain::{
    Cx, Scope, chat,
    testing::{both, id},
};
use protocol::{
    ConversationId,
    chat::{ChatMessage, ChatRequest, KnownPosition, MESSAGES_AT_ONCE, MessageView, NewMessage},
    live::{CLOSE_RESTART, ClientMessage, ServerMessage},
};

use super::{
    Browser, Site,
    test_socket::{Received, TestSocket},
};
use crate::demo::rng::Rng;

/// Messages of each of the two.
const MESSAGES: usize = 150;
/// Cuts of each of the two.
const CUTS: usize = 50;
/// Steps on one line at most: what nobody can type that fast, the server does not take.
const STEPS: usize = 40;
/// Messages under way at most.
const UNDER_WAY: usize = 4;

/// Somebody who writes, and keeps what the server has said, as our client does.
struct Talker<'a> {
    cx: &'a Cx,
    scope: &'a Scope,
    conversation: ConversationId,
    to: protocol::AccountId,
    rng: Rng,
    unwritten: VecDeque<String>,
    /// Sent, and not acknowledged.
    pending: VecDeque<NewMessage>,
    /// By their numbers, without gaps.
    log: BTreeMap<i64, MessageView>,
    expected: usize,
}

impl Talker<'_> {
    fn is_done(&self) -> bool {
        self.unwritten.is_empty() && self.pending.is_empty() && self.log.len() == self.expected
    }

    /// Talks over lines that break `CUTS` times, until everything is said and heard.
    async fn talk(
        mut self,
        address: SocketAddr,
        browser: &Browser,
        cuts: &AtomicUsize,
    ) -> BTreeMap<i64, MessageView> {
        for _ in 0..CUTS {
            let moment = self.rng.below(10);
            let mut line = self.reconnect(address, browser).await;
            for _ in 0..moment {
                if !self.is_done() && !self.step(&mut line).await {
                    break;
                }
            }
            cuts.fetch_add(1, Ordering::SeqCst);
            match self.rng.below(4) {
                0 => line.part().await,
                1 => drop(line),
                2 => line.cut(),
                // The server goes, and with it the lines of both.
                _ => {
                    self.cx.hub.close_all();
                    line.cut();
                }
            }
        }
        while !self.is_done() {
            let mut line = self.reconnect(address, browser).await;
            for _ in 0..STEPS {
                if self.is_done() || !self.step(&mut line).await {
                    break;
                }
            }
        }
        self.log
    }

    /// Says what it saw last, and once more whatever was not acknowledged.
    async fn reconnect(&mut self, address: SocketAddr, browser: &Browser) -> TestSocket {
        let headers = [("origin", "http://localhost:3000")];
        let mut line = TestSocket::try_open(address, browser, &headers).await.expect("an open socket");
        line.say(&ClientMessage::Chat(ChatRequest::Resume { positions: vec![self.seen()] })).await;
        for message in &self.pending {
            line.say(&ClientMessage::Chat(ChatRequest::Send { message: message.clone() })).await;
        }
        line
    }

    fn seen(&self) -> KnownPosition {
        KnownPosition {
            revision: 0,
            conversation: self.conversation,
            seq: self.log.last_key_value().map_or(0, |(seq, _)| *seq),
        }
    }

    /// Writes or listens once; false when the line has gone.
    async fn step(&mut self, line: &mut TestSocket) -> bool {
        let may_write = !self.unwritten.is_empty() && self.pending.len() < UNDER_WAY;
        if may_write && self.rng.once_in(2) {
            let body = self.unwritten.pop_front().unwrap_or_default();
            let new =
                NewMessage { to: self.to, client_id: self.cx.new_id().expect("an id"), body, reply_to: None };
            self.pending.push_back(new.clone());
            line.say(&ClientMessage::Chat(ChatRequest::Send { message: new })).await;
            return true;
        }
        match line.receive().await {
            Received::Message(message) => self.receive(message, line).await,
            Received::Closed(CLOSE_RESTART) | Received::Cut => return false,
            Received::Closed(code) | Received::ClosedBecause(code, _) => panic!("closed with {code}"),
        }
        true
    }

    async fn receive(&mut self, message: ServerMessage, line: &mut TestSocket) {
        match message {
            ServerMessage::Chat(ChatMessage::Message { message }) => self.keep(message, line).await,
            ServerMessage::Chat(ChatMessage::Sent { message }) => {
                self.pending.retain(|sent| sent.client_id != message.client_id);
                self.keep(message, line).await;
            }
            ServerMessage::Chat(ChatMessage::Backlog { messages, .. }) => {
                for message in messages {
                    self.keep(message, line).await;
                }
            }
            ServerMessage::Chat(ChatMessage::Resync { .. }) => {
                // As a page does: from the end, until it meets what is known.
                let (known, mut before) = (self.seen().seq, i64::MAX);
                while before > known + 1 {
                    let page = chat::earlier(self.cx, self.scope, self.conversation, before).await;
                    let messages = page.expect("a page").items;
                    before = messages.first().map_or(0, |first| first.seq);
                    self.log.extend(messages.into_iter().map(|message| (message.seq, message)));
                }
            }
            ServerMessage::Chat(ChatMessage::Refused { problem, .. }) => panic!("{problem:?}"),
            _ => {}
        }
    }

    /// Keeps a message that goes on where the log ends, and asks for what is missing before one that does not.
    async fn keep(&mut self, message: MessageView, line: &mut TestSocket) {
        let next = self.seen().seq + 1;
        if message.seq == next {
            self.log.insert(next, message);
        } else if message.seq > next {
            line.say(&ClientMessage::Chat(ChatRequest::Resume { positions: vec![self.seen()] })).await;
        } else {
            assert_eq!(self.log.get(&message.seq), Some(&message), "a number that means two messages");
        }
    }
}

#[tokio::test]
async fn a_hundred_cuts_lose_nothing_and_repeat_nothing() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.member("ana").await, site.member("ben").await);
        let (anas, bens) = (ana.scope(&site).await, ben.scope(&site).await);
        let conversation = site.seed.say(&anas, &bens, "hello").await.conversation;
        let address = site.listen().await;
        let talker = |scope, to, name: &str, rng| Talker {
            cx: &site.seed.cx,
            scope,
            conversation,
            to: id(to),
            rng: Rng::new(rng),
            unwritten: (0..MESSAGES).map(|number| format!("{name} {number}")).collect(),
            pending: VecDeque::new(),
            log: BTreeMap::new(),
            expected: 1 + 2 * MESSAGES,
        };
        let cuts = AtomicUsize::new(0);
        let (one, other) = tokio::join!(
            talker(&anas, &bens, "ana", 1).talk(address, &ana, &cuts),
            talker(&bens, &anas, "ben", 2).talk(address, &ben, &cuts),
        );
        assert_eq!(cuts.into_inner(), 100);
        assert_eq!(one, other, "both have the same");
        let numbers: Vec<i64> = one.keys().copied().collect();
        assert_eq!(numbers, (1..=one.len() as i64).collect::<Vec<_>>(), "without gaps");
        for (scope, name) in [(&anas, "ana"), (&bens, "ben")] {
            let written = one.values().filter(|message| message.sender == id(scope) && message.seq > 1);
            let written: Vec<_> = written.map(|message| message.body.clone()).collect();
            let expected: Vec<_> = (0..MESSAGES).map(|number| format!("{name} {number}")).collect();
            assert_eq!(written, expected, "each once, and in the order in which it was written");
        }
        assert_eq!(site.seed.number("SELECT COUNT(*) AS count FROM message").await, one.len() as i64);
        site.seed.assert_counters_are_right().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_was_away_gets_all_that_was_missed_or_is_told_to_load_it() {
    both(|seed| async move {
        let site = Site::new(seed);
        let (ana, ben) = (site.seed.person("ana").await, site.member("ben").await);
        let bens = ben.scope(&site).await;
        let conversation = site.seed.say(&ana, &bens, "1").await.conversation;
        let mut line = TestSocket::open(site.listen().await, &ben).await;
        for number in 2..=i64::from(MESSAGES_AT_ONCE) + 1 {
            site.seed.say(&ana, &bens, &number.to_string()).await;
        }
        line.say(&ClientMessage::Chat(ChatRequest::Resume {
            positions: vec![KnownPosition { conversation, seq: 1, revision: 0 }],
        }))
        .await;
        let missed = line.receive_matching(|message| match message {
            ServerMessage::Chat(ChatMessage::Backlog { messages, .. }) => Some(messages),
            _ => None,
        });
        let bodies: Vec<_> = missed.await.into_iter().map(|message| message.body).collect();
        assert_eq!(bodies, (2..=MESSAGES_AT_ONCE + 1).map(|number| number.to_string()).collect::<Vec<_>>());
        line.say(&ClientMessage::Chat(ChatRequest::Resume {
            positions: vec![KnownPosition { conversation, seq: 0, revision: 0 }],
        }))
        .await;
        let resync = line.receive_matching(|message| match message {
            ServerMessage::Chat(ChatMessage::Resync { conversation }) => Some(conversation),
            ServerMessage::Chat(ChatMessage::Backlog { .. }) => panic!("a part would be taken for the whole"),
            _ => None,
        });
        assert_eq!(resync.await, conversation);
    })
    .await;
}
