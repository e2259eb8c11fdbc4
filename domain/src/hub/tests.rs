//! The sockets of one process, without a database.

mod relations;
mod resuming;

use std::sync::Arc;

use protocol::{
    AccountId, PostId, SessionId,
    chat::{ChatMessage, MessageView},
    feed::{FeedMessage, Published},
    live::{
        CLOSE_BEHIND, CLOSE_REPLACED, CLOSE_RESTART, CLOSE_SIGNED_OUT, SOCKETS_PER_ACCOUNT, Topic,
        WATCHED_TOPICS,
    },
    post::PostMessage,
};
use tokio::sync::mpsc::error::TryRecvError;
use uuid::Uuid;

use super::{Connection, Hub, Outgoing, Unsettled};
use crate::{
    bus::{Announcement, Audience, Event},
    testing::{ManualClock, watched},
};

fn hub() -> Arc<Hub> {
    Arc::new(Hub::new(Arc::new(ManualClock::default())))
}

fn account(number: u128) -> AccountId {
    Uuid::from_u128(number).into()
}

fn session(number: u128) -> SessionId {
    Uuid::from_u128(number).into()
}

fn post(number: u128) -> PostId {
    Uuid::from_u128(number).into()
}

fn attach(hub: &Arc<Hub>, person: u128) -> Connection {
    hub.attach(account(person), session(person), None, false).0
}

fn opened(hub: &Arc<Hub>, number: u128) -> Connection {
    let connection = attach(hub, number);
    // Read for the first time, though nothing has changed.
    connection.settle(0, Vec::new(), Vec::new());
    connection
}

/// From these people, and no others, the person of the connection hears nothing from now on.
fn settle(connection: &Connection, hidden: &[AccountId]) {
    if let Some(revision) = connection.unsettled_revision() {
        assert!(connection.settle(revision, hidden.to_vec(), Vec::new()), "no change meanwhile");
    }
}

fn watch(connection: &Connection, add: &[PostId], remove: &[PostId]) -> Vec<PostId> {
    let remove: Vec<Topic> = remove.iter().copied().map(Topic::Post).collect();
    let new = connection.watch(&watched(add.iter().copied()), &remove);
    new.into_iter()
        .map(|topic| match topic {
            Topic::Post(post) => post,
            other => panic!("{other:?}"),
        })
        .collect()
}

fn published(author: u128) -> Event {
    let message = FeedMessage::Published(Published { post: post(1), author: account(author) });
    Announcement::new(Audience::Everyone, [account(author)], message).into()
}

fn edited() -> Event {
    let message = PostMessage::Edited { post: post(1) };
    Announcement::new(Audience::Watchers(Topic::Post(post(1))), [account(9)], message).into()
}

fn waiting(connection: &mut Connection) -> usize {
    std::iter::from_fn(|| connection.outgoing.try_recv().ok()).count()
}

#[test]
fn a_socket_that_falls_behind_is_closed_and_the_others_are_not() {
    let hub = hub();
    let (mut slow, mut quick) = (opened(&hub, 1), opened(&hub, 2));
    let mut heard = 0;
    for number in 1..=300 {
        hub.deliver(published(9));
        heard += waiting(&mut quick);
        assert_eq!(slow.closing.try_recv().ok(), (number == 257).then_some(CLOSE_BEHIND), "after {number}");
    }
    assert_eq!((heard, quick.closing.try_recv().is_ok()), (300, false));
    assert_eq!(waiting(&mut slow), 256, "what was taken in before can still be sent");
    assert!(matches!(slow.outgoing.try_recv(), Err(TryRecvError::Disconnected)));
    assert_eq!(hub.len(), 1);
}

#[test]
fn a_connection_that_is_dropped_leaves_nothing_behind() {
    let hub = hub();
    let connection = opened(&hub, 1);
    watch(&connection, &[post(1), post(2), post(1)], &[]);
    let other = opened(&hub, 1);
    watch(&other, &[post(1)], &[]);
    drop(connection);
    assert_eq!(hub.len(), 1);
    hub.deliver(edited());
    drop(other);
    assert!(hub.remembers_nothing());
}

#[test]
fn a_connection_that_the_server_closes_leaves_nothing_behind() {
    let hub = hub();
    let mut connection = opened(&hub, 1);
    watch(&connection, &[post(1)], &[]);
    hub.deliver(Event::SignedOut { account: account(1), session: None });
    assert!(hub.remembers_nothing());
    assert_eq!(connection.closing.try_recv(), Ok(CLOSE_SIGNED_OUT));
    watch(&connection, &[post(2)], &[]);
    settle(&connection, &[account(2)]);
    assert!(hub.remembers_nothing(), "what is said after the end changes nothing");
}

#[test]
fn a_restart_closes_all() {
    let hub = hub();
    let mut connections: Vec<Connection> = (1..=3).map(|number| opened(&hub, number)).collect();
    hub.close_all();
    for connection in &mut connections {
        assert_eq!(connection.closing.try_recv(), Ok(CLOSE_RESTART));
    }
    assert!(hub.remembers_nothing());
}

#[test]
fn a_socket_too_many_closes_the_oldest_of_its_person() {
    let hub = hub();
    let mut other = opened(&hub, 2);
    let mut sockets: Vec<Connection> = (0..SOCKETS_PER_ACCOUNT).map(|_| opened(&hub, 1)).collect();
    assert!(sockets.iter_mut().all(|socket| socket.closing.try_recv().is_err()));
    for oldest in 0..3 {
        sockets.push(opened(&hub, 1));
        assert_eq!(sockets[oldest].closing.try_recv(), Ok(CLOSE_REPLACED));
        assert_eq!(hub.len(), 1 + SOCKETS_PER_ACCOUNT);
    }
    assert!(other.closing.try_recv().is_err());
    assert!(sockets[3..].iter_mut().all(|socket| socket.closing.try_recv().is_err()));
}

#[test]
fn signing_out_of_one_session_closes_only_its_sockets() {
    let hub = hub();
    let mut tab = hub.attach(account(1), session(1), None, false).0;
    let mut phone = hub.attach(account(1), session(2), None, false).0;
    let mut other = hub.attach(account(2), session(1), None, false).0;
    hub.deliver(Event::SignedOut { account: account(1), session: Some(session(1)) });
    assert_eq!(tab.closing.try_recv(), Ok(CLOSE_SIGNED_OUT), "also before it hears anything");
    assert!(phone.closing.try_recv().is_err() && other.closing.try_recv().is_err());
}

#[test]
fn what_comes_before_it_is_known_whom_one_may_hear_waits() {
    let hub = hub();
    let mut connection = attach(&hub, 1);
    hub.deliver(published(9));
    let Ok(Outgoing::Held(held)) = connection.outgoing.try_recv() else { panic!("a post that waits") };
    let revision = connection.unsettled_revision().expect("nothing was read");
    hub.deliver(Event::RelationsChanged { between: [account(2), account(1)] });
    assert!(!connection.settle(revision, Vec::new(), Vec::new()), "it was read before the block");
    assert_eq!(connection.release(&held), Err(Unsettled));
    hub.deliver(published(2));
    settle(&connection, &[account(2)]);
    assert!(connection.release(&held).is_ok_and(|frame| frame.is_some()));
    let waited: Vec<_> = std::iter::from_fn(|| connection.outgoing.try_recv().ok()).collect();
    let [Outgoing::Relations, Outgoing::Held(hidden)] = &waited[..] else { panic!("{waited:?}") };
    assert_eq!(connection.release(hidden), Ok(None), "a block that came meanwhile holds");
    hub.deliver(published(2));
    assert_eq!(waiting(&mut connection), 0);
    hub.deliver(published(9));
    assert_eq!(waiting(&mut connection), 1);
}

#[test]
fn a_socket_watches_so_many_posts_and_no_more() {
    let hub = hub();
    let mut connection = opened(&hub, 1);
    let others: Vec<PostId> = (0..WATCHED_TOPICS as u128).map(|number| post(100 + number)).collect();
    assert_eq!(watch(&connection, &others, &[]), others);
    for add in [&[post(1)][..], &vec![post(1); 10_000]] {
        assert_eq!(watch(&connection, add, &[post(2)]), []);
        hub.deliver(edited());
        assert_eq!(waiting(&mut connection), 0, "there is no room");
    }
    assert_eq!(watch(&connection, &[post(1); 3], &others[..1]), [post(1)], "what is removed makes room");
    hub.deliver(edited());
    assert_eq!(waiting(&mut connection), 1, "naming a post twice does not count it twice");
}

#[test]
fn a_socket_that_goes_through_an_endless_feed_leaves_nothing_behind_it() {
    let hub = hub();
    let mut connection = opened(&hub, 1);
    for number in 0..10_000_u128 {
        let far: Vec<PostId> = number.checked_sub(20).map(post).into_iter().collect();
        assert_eq!(watch(&connection, &[post(number)], &far), [post(number)]);
    }
    assert_eq!(hub.watched_topics(), 20);
    watch(&connection, &[post(1)], &[]);
    hub.deliver(edited());
    assert_eq!(waiting(&mut connection), 1);
}

#[test]
fn what_all_hear_is_written_once() {
    let hub = hub();
    let (mut one, mut other) = (opened(&hub, 1), opened(&hub, 2));
    hub.deliver(published(9));
    let (Ok(Outgoing::Frame(one)), Ok(Outgoing::Frame(other))) =
        (one.outgoing.try_recv(), other.outgoing.try_recv())
    else {
        panic!("two frames")
    };
    assert_eq!(one.as_ptr(), other.as_ptr());
}

#[test]
fn a_message_that_a_block_overtook_is_not_heard() {
    let hub = hub();
    let (mut one, mut other) = (opened(&hub, 1), opened(&hub, 2));
    hub.deliver(Event::RelationsChanged { between: [account(1), account(2)] });
    let message = MessageView {
        conversation: Uuid::nil().into(),
        seq: 1,
        sender: account(2),
        client_id: Uuid::nil(),
        body: "too late".into(),
        mentions: Vec::new(),
        sent_at: protocol::Timestamp::from_micros(0),
        reply_to: None,
        state: protocol::chat::MessageState::Original,
        revision: 0,
    };
    let between = vec![account(2), account(1)];
    let message = ChatMessage::Message { message };
    hub.deliver(Announcement::new(Audience::Members(between.clone()), between, message).into());
    for (connection, hidden) in [(&mut one, account(2)), (&mut other, account(1))] {
        assert!(matches!(connection.outgoing.try_recv(), Ok(Outgoing::Relations)));
        let Ok(Outgoing::Held(held)) = connection.outgoing.try_recv() else { panic!("a message that waits") };
        assert_eq!(
            connection.release(&held).err(),
            Some(Unsettled),
            "nothing passes before the block is read"
        );
        settle(connection, &[hidden]);
        assert_eq!(connection.release(&held), Ok(None));
        assert_eq!(waiting(connection), 0);
    }
}

#[test]
fn however_often_relations_change_they_are_read_once() {
    let hub = hub();
    let mut connection = opened(&hub, 1);
    for other in 2..1_000 {
        hub.deliver(Event::RelationsChanged { between: [account(1), account(other)] });
    }
    assert_eq!(waiting(&mut connection), 1);
    settle(&connection, &[]);
    hub.deliver(Event::RelationsChanged { between: [account(2), account(1)] });
    assert_eq!(waiting(&mut connection), 1);
}
