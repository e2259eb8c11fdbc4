//! Blocks and follows as they reach open sockets: in whatever order changes, announcements, readings and deliveries come,
//! nothing passes that was blocked when it came.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use protocol::feed::{FeedMessage, Published};
use uuid::Uuid;

use super::{account, attach, hub, post};
use crate::{
    bus::{Announcement, Audience, Event},
    hub::{Connection, Delivery, Hub, Outgoing, Unsettled},
};

/// Ana reads; Ben is blocked by her and not, in turn.
const ANA: u128 = 1;
const BEN: u128 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// The next change is stored.
    TestDb,
    /// A change that is stored, the first or the last that was not announced, is announced.
    AnnounceFirst,
    AnnounceLast,
    /// Ben publishes, and the hub hears of it.
    Publish,
    /// Ana's socket goes on: it reads, takes what it has read, or takes the next entry out of its queue.
    Run,
}

/// What Ana's socket is doing.
enum Doing {
    Idle,
    /// What it has read, and since which revision.
    Read(u64, bool),
}

/// One course of events.
struct Course {
    hub: Arc<Hub>,
    connection: Connection,
    is_open: bool,
    doing: Doing,
    held: Option<Arc<Delivery>>,
    /// Whether there is a block after each change, the first being how it was before.
    changes: Vec<bool>,
    stored: usize,
    announced: Vec<bool>,
    publishings: usize,
    /// Under which number each post that may not be heard as long as there is a block was published.
    forbidden: Vec<usize>,
    heard: VecDeque<usize>,
}

impl Course {
    fn new(changes: &[bool]) -> Self {
        let hub = hub();
        let connection = attach(&hub, ANA);
        Self {
            hub,
            connection,
            is_open: false,
            doing: Doing::Idle,
            held: None,
            changes: changes.to_vec(),
            stored: 0,
            announced: vec![true],
            publishings: 0,
            forbidden: Vec::new(),
            heard: VecDeque::new(),
        }
    }

    fn is_blocked(&self) -> bool {
        self.changes[self.stored]
    }

    /// Whether the hub knows of all that is stored.
    fn is_announced(&self) -> bool {
        self.announced.last() == Some(&true)
    }

    fn is_possible(&self, step: Step, publishings: usize) -> bool {
        let waiting = self.announced.iter().filter(|announced| !**announced).count();
        match step {
            Step::TestDb => self.stored + 1 < self.changes.len(),
            Step::AnnounceFirst => waiting > 0,
            Step::AnnounceLast => waiting > 1,
            Step::Publish => self.publishings < publishings,
            Step::Run => !self.is_idle(),
        }
    }

    fn is_idle(&self) -> bool {
        self.is_open
            && matches!(self.doing, Doing::Idle)
            && self.held.is_none()
            && self.connection.outgoing.is_empty()
    }

    fn go(&mut self, step: Step) {
        match step {
            Step::TestDb => {
                self.stored += 1;
                self.announced.push(false);
            }
            Step::AnnounceFirst => {
                let next = self.announced.iter().position(|announced| !announced);
                self.announce(next.expect("a change"));
            }
            Step::AnnounceLast => {
                let next = self.announced.iter().rposition(|announced| !announced);
                self.announce(next.expect("a change"));
            }
            Step::Publish => self.publish(),
            Step::Run => self.run(),
        }
    }

    fn announce(&mut self, change: usize) {
        self.announced[change] = true;
        self.hub.deliver(Event::RelationsChanged { between: [account(ANA), account(BEN)] });
    }

    fn publish(&mut self) {
        self.publishings += 1;
        let (post, author) = (post(self.publishings as u128), account(BEN));
        if self.is_blocked() && self.is_announced() {
            self.forbidden.push(self.publishings);
        }
        let message = FeedMessage::Published(Published { post, author });
        self.hub.deliver(Announcement::new(Audience::Everyone, [author], message).into());
    }

    fn run(&mut self) {
        match self.doing {
            Doing::Read(revision, hidden) => {
                let hidden = if hidden { vec![account(BEN)] } else { Vec::new() };
                if self.connection.settle(revision, hidden, Vec::new()) {
                    self.is_open = true;
                    self.doing = Doing::Idle;
                } else {
                    self.read();
                }
            }
            Doing::Idle if !self.is_open => self.read(),
            Doing::Idle => self.take(),
        }
    }

    fn read(&mut self) {
        // What was read already, perhaps for what waited, is not read again.
        self.doing = match self.connection.unsettled_revision() {
            Some(revision) => Doing::Read(revision, self.is_blocked()),
            None => Doing::Idle,
        };
    }

    fn take(&mut self) {
        let held = self.held.take().map(Outgoing::Held);
        match held.or_else(|| self.connection.outgoing.try_recv().ok()) {
            Some(Outgoing::Relations) => self.read(),
            Some(Outgoing::Held(delivery)) => match self.connection.release(&delivery) {
                Ok(frame) => frame.iter().for_each(|frame| self.hear(frame)),
                Err(Unsettled) => {
                    self.held = Some(delivery);
                    self.read();
                }
            },
            Some(Outgoing::Frame(frame)) => self.hear(&frame),
            None => {}
        }
    }

    fn hear(&mut self, frame: &[u8]) {
        let text = String::from_utf8_lossy(frame);
        let heard = (1..=self.publishings)
            .find(|number| text.contains(&Uuid::from_u128(*number as u128).to_string()))
            .expect("a post of Ben's");
        let is_forbidden = self.forbidden.contains(&heard) && self.is_blocked() && self.is_announced();
        assert!(!is_forbidden, "post {heard} passed");
        self.heard.push_back(heard);
    }

    /// Lets everything come to its end. Then Ana hears of Ben exactly when there is no block.
    fn finish(&mut self) {
        while self.is_possible(Step::AnnounceFirst, 0) {
            self.go(Step::AnnounceFirst);
        }
        while !self.is_idle() {
            self.run();
        }
        self.heard.clear();
        self.publish();
        while !self.is_idle() {
            self.run();
        }
        assert_eq!(self.heard.len(), usize::from(!self.is_blocked()), "the last state holds");
    }
}

/// Goes through all orders of the steps, each from the beginning.
fn every_order(changes: &[bool], publishings: usize) -> usize {
    let count = AtomicUsize::new(0);
    let mut steps: Vec<Step> = Vec::new();
    loop {
        let mut course = Course::new(changes);
        steps.iter().for_each(|step| course.go(*step));
        // Goes on with the first step that is possible, to the end.
        let all = [Step::TestDb, Step::AnnounceFirst, Step::AnnounceLast, Step::Publish, Step::Run];
        while let Some(step) = all.into_iter().find(|step| course.is_possible(*step, publishings)) {
            course.go(step);
            steps.push(step);
        }
        course.finish();
        count.fetch_add(1, Ordering::Relaxed);
        // The next order: the last step that can be another one is.
        let next = loop {
            let Some(last) = steps.pop() else { return count.into_inner() };
            let mut course = Course::new(changes);
            steps.iter().for_each(|step| course.go(*step));
            let later = all.into_iter().find(|step| *step > last && course.is_possible(*step, publishings));
            if let Some(step) = later {
                break step;
            }
        };
        steps.push(next);
    }
}

#[test]
fn in_no_order_of_block_unblock_connect_and_delivery_does_somebody_blocked_pass() {
    let orders: usize = [&[false, true][..], &[true, false], &[false, true, false], &[true, false, true]]
        .into_iter()
        .map(|changes| every_order(changes, 1))
        .sum();
    assert!(orders > 1_000, "{orders}");
}

#[test]
fn a_late_announcement_of_an_unblock_does_not_let_a_newer_block_through() {
    let mut course = Course::new(&[true, false, true]);
    for step in [
        Step::Run,
        Step::Run,
        Step::TestDb,
        Step::TestDb,
        // That of the block, and then that of the unblock before it.
        Step::AnnounceLast,
        Step::Run,
        Step::Run,
        Step::AnnounceFirst,
        Step::Publish,
        Step::Run,
        Step::Run,
        Step::Run,
    ] {
        course.go(step);
    }
    assert!(course.heard.is_empty());
    course.finish();
}

#[test]
fn what_comes_while_a_change_is_read_is_heard_after_it_and_not_lost() {
    let mut course = Course::new(&[true, false]);
    for step in [Step::Run, Step::Run, Step::TestDb, Step::AnnounceFirst, Step::Publish] {
        course.go(step);
    }
    assert!(course.heard.is_empty());
    while !course.is_idle() {
        course.run();
    }
    assert_eq!(course.heard, [1]);
}
