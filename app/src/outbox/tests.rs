use std::sync::Arc;

use protocol::{AccountId, Problem, Reason, Timestamp};
use uuid::Uuid;

use super::{
    entry::{Entry, Payload},
    queue::{Delay, Queue},
};
use crate::{
    draft::Content,
    storage::{Storage, memory::MemoryStorage, unsent_keys},
};

mod delays;
mod tabs;

fn ana() -> AccountId {
    Uuid::from_u128(1).into()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros((1_777_831_320 + seconds) * 1_000_000)
}

fn tab(id: u128) -> Uuid {
    Uuid::from_u128(1_000 + id)
}

/// A tab that begins with what the storage has, while no other tab is alive.
fn open(storage: &Arc<MemoryStorage>, id: u128) -> Queue {
    open_beside(storage, id, &[])
}

fn open_beside(storage: &Arc<MemoryStorage>, id: u128, alive: &[Uuid]) -> Queue {
    let storage: Arc<MemoryStorage> = Arc::clone(storage);
    let mut queue = Queue::new(storage, ana());
    queue.start(tab(id), |tab| alive.contains(&tab));
    queue.socket_opened();
    queue
}

fn post(text: &str) -> Payload {
    Payload::Post(Content { body: text.to_owned(), ..Content::default() })
}

fn message(to: u128, text: &str) -> Payload {
    Payload::Message { to: Uuid::from_u128(to).into(), body: text.to_owned(), reply_to: None }
}

fn comment(post: u128, text: &str) -> Payload {
    let post = Uuid::from_u128(post).into();
    Payload::Comment { post, answers: None, thread: None, body: text.to_owned() }
}

fn add(queue: &mut Queue, id: u128, payload: Payload) {
    queue.add(Uuid::from_u128(id), payload, at(0));
}

fn ids<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<u128> {
    entries.into_iter().map(|entry| entry.client_id.as_u128()).collect()
}

/// What goes out, in its order.
fn due(queue: &mut Queue, seconds: i64) -> Vec<u128> {
    ids(&queue.due(at(seconds)))
}

fn fail(queue: &mut Queue, id: u128, problem: Problem, seconds: i64) {
    queue.failed(Uuid::from_u128(id), problem, at(seconds));
}

fn sent(queue: &mut Queue, id: u128) -> bool {
    queue.sent(Uuid::from_u128(id)).is_some()
}

#[test]
fn messages_of_one_conversation_go_out_one_after_the_other() {
    let mut queue = open(&MemoryStorage::new(), 1);
    for id in 1..=3 {
        add(&mut queue, id, message(9, "hello"));
    }
    add(&mut queue, 4, message(8, "hello"));
    assert_eq!(due(&mut queue, 0), [1, 4], "two conversations do not wait for each other");
    assert_eq!(due(&mut queue, 1), []);
    assert!(sent(&mut queue, 1));
    assert_eq!(due(&mut queue, 1), [2]);
    fail(&mut queue, 2, Problem::TooMany { retry_after: 5 }, 1);
    assert_eq!(due(&mut queue, 2), [], "the third does not overtake the second");
    assert_eq!(due(&mut queue, 6), [2]);
}

#[test]
fn each_kind_and_each_post_has_a_lane_of_its_own() {
    let mut queue = open(&MemoryStorage::new(), 1);
    for (id, payload) in
        [(1, post("a")), (2, post("b")), (3, comment(7, "c")), (4, comment(7, "d")), (5, comment(8, "e"))]
    {
        add(&mut queue, id, payload);
    }
    assert_eq!(due(&mut queue, 0), [1, 3, 5]);
    for id in [1, 3] {
        assert!(sent(&mut queue, id));
    }
    assert_eq!(due(&mut queue, 0), [2, 4]);
}

#[test]
fn what_is_written_offline_goes_out_in_its_order_after_a_reload() {
    let storage = MemoryStorage::new();
    let mut queue = open(&storage, 1);
    queue.socket_lost();
    for id in [5, 3, 4] {
        add(&mut queue, id, message(9, "hello"));
    }
    assert_eq!(due(&mut queue, 0), []);
    let mut reloaded = open(&storage, 2);
    assert_eq!(ids(reloaded.mine()), [5, 3, 4]);
    for id in [5, 3, 4] {
        assert_eq!(due(&mut reloaded, 1), [id]);
        assert!(sent(&mut reloaded, id));
    }
    assert_eq!(unsent_keys(&*storage, ana()), Vec::<String>::new());
}

#[test]
fn an_entry_keeps_its_id_however_often_it_is_sent() {
    let storage = MemoryStorage::new();
    let mut queue = open(&storage, 1);
    add(&mut queue, 1, post("once"));
    assert_eq!(due(&mut queue, 0), [1]);
    assert_eq!(due(&mut queue, 59), [], "its answer may come");
    assert_eq!(due(&mut queue, 60), [1], "its answer is lost");
    assert_eq!(due(&mut open(&storage, 2), 61), [1], "after a reload, too");
}

#[test]
fn an_answer_that_comes_twice_or_for_another_window_is_no_harm() {
    let mut queue = open(&MemoryStorage::new(), 1);
    add(&mut queue, 1, message(9, "hello"));
    assert!(!sent(&mut queue, 2));
    assert!(sent(&mut queue, 1));
    assert!(!sent(&mut queue, 1));
    fail(&mut queue, 1, Problem::Internal, 0);
    assert_eq!(queue.waiting(), 0);
}

#[test]
fn a_message_goes_out_again_on_a_new_socket() {
    let mut queue = open(&MemoryStorage::new(), 1);
    add(&mut queue, 1, message(9, "hello"));
    assert_eq!(due(&mut queue, 0), [1]);
    queue.socket_lost();
    assert_eq!(due(&mut queue, 1), []);
    queue.socket_opened();
    assert_eq!(due(&mut queue, 2), [1]);
}

#[test]
fn many_messages_go_out_no_faster_than_the_server_takes_them() {
    let mut queue = open(&MemoryStorage::new(), 1);
    for id in 1..=100 {
        add(&mut queue, id, message(id, "hello"));
    }
    assert_eq!(due(&mut queue, 0).len(), 40);
    let more: usize = (1..=60).map(|second| due(&mut queue, second).len()).sum();
    assert_eq!(more, 60);
}

#[test]
fn what_can_never_succeed_stays_until_its_author_decides_and_holds_up_nothing() {
    let storage = MemoryStorage::new();
    let mut queue = open(&storage, 1);
    let refusals = [
        Problem::NotFound,
        Problem::field("body", Reason::TooLong { max: 5_000 }),
        Problem::TooLarge,
        Problem::YouBlocked,
    ];
    for (id, problem) in (1..).zip(refusals) {
        add(&mut queue, id, message(9, "no"));
        assert_eq!(due(&mut queue, 0), [id]);
        fail(&mut queue, id, problem.clone(), 0);
        assert!(!super::can_retry(&problem));
    }
    add(&mut queue, 9, message(9, "yes"));
    assert_eq!(due(&mut queue, 0), [9]);
    assert_eq!((queue.waiting(), queue.delay()), (1, None));
    let mut reloaded = open(&storage, 2);
    assert_eq!(due(&mut reloaded, 100), [9], "a reload does not send what was refused");
    assert_eq!(reloaded.mine().filter(|entry| entry.problem.is_some()).count(), 4);
    for id in 1..=4 {
        assert!(reloaded.remove(Uuid::from_u128(id)).is_some());
    }
    assert_eq!(unsent_keys(&*storage, ana()).len(), 1);
}

#[test]
fn what_failed_by_no_fault_of_its_own_can_be_sent_again() {
    let mut queue = open(&MemoryStorage::new(), 1);
    add(&mut queue, 1, post("fine"));
    assert_eq!(due(&mut queue, 0), [1]);
    fail(&mut queue, 1, Problem::Internal, 0);
    assert!(super::can_retry(&Problem::Internal));
    assert_eq!(due(&mut queue, 1), []);
    queue.retry(Uuid::from_u128(1));
    assert_eq!(due(&mut queue, 1), [1]);
}

#[test]
fn what_the_storage_does_not_take_is_sent_all_the_same() {
    let mut queue = open(&MemoryStorage::full(), 1);
    add(&mut queue, 1, post("hello"));
    assert!(!queue.sync());
    assert_eq!(due(&mut queue, 0), [1]);
}
