//! The sockets of one process, without a database.

use std::sync::Arc;

use protocol::{
    AccountId, PostId, SessionId,
    live::{
        CLOSE_BEHIND, CLOSE_REPLACED, CLOSE_RESTART, CLOSE_SIGNED_OUT, SOCKETS_PER_ACCOUNT, WATCHED_POSTS,
    },
};
use tokio::sync::mpsc::error::TryRecvError;
use uuid::Uuid;

use crate::live::{Connection, Event, Hub, Outgoing, hub::Unsettled};

fn account(number: u128) -> AccountId {
    Uuid::from_u128(number).into()
}

fn post(number: u128) -> PostId {
    Uuid::from_u128(number).into()
}

fn opened(hub: &Arc<Hub>, number: u128) -> Connection {
    let connection = hub.register(account(number), SessionId::from(Uuid::from_u128(number)));
    settle(&connection, &[]);
    connection
}

/// From these people, and no others, the person of the connection hears nothing from now on.
fn settle(connection: &Connection, hidden: &[AccountId]) {
    if let Some(revision) = connection.revision() {
        connection.settle(revision, hidden.to_vec(), Vec::new()).expect("no change meanwhile");
    }
}

fn published(author: u128) -> Event {
    Event::Published { post: post(1), author: account(author) }
}

fn counted() -> Event {
    Event::Counted { post: post(1), author: account(9) }
}

fn waiting(connection: &mut Connection) -> usize {
    std::iter::from_fn(|| connection.outgoing.try_recv().ok()).count()
}

#[test]
fn a_socket_that_falls_behind_is_closed_and_the_others_are_not() {
    let hub = Arc::new(Hub::default());
    let (mut slow, mut quick) = (opened(&hub, 1), opened(&hub, 2));
    let mut heard = 0;
    for number in 1..=300 {
        hub.deliver(&published(9));
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
    let hub = Arc::new(Hub::default());
    let connection = opened(&hub, 1);
    connection.watch(&[post(1), post(2), post(1)], &[]);
    let other = opened(&hub, 1);
    other.watch(&[post(1)], &[]);
    drop(connection);
    assert_eq!(hub.len(), 1);
    hub.deliver(&counted());
    drop(other);
    assert!(hub.remembers_nothing());
}

#[test]
fn a_connection_that_the_server_closes_leaves_nothing_behind() {
    let hub = Arc::new(Hub::default());
    let mut connection = opened(&hub, 1);
    connection.watch(&[post(1)], &[]);
    hub.deliver(&Event::SignedOut { account: account(1), session: None });
    assert!(hub.remembers_nothing());
    assert_eq!(connection.closing.try_recv(), Ok(CLOSE_SIGNED_OUT));
    connection.watch(&[post(2)], &[]);
    settle(&connection, &[account(2)]);
    assert!(hub.remembers_nothing(), "what is said after the end changes nothing");
}

#[test]
fn a_restart_closes_all() {
    let hub = Arc::new(Hub::default());
    let mut connections: Vec<Connection> = (1..=3).map(|number| opened(&hub, number)).collect();
    hub.close_all();
    for connection in &mut connections {
        assert_eq!(connection.closing.try_recv(), Ok(CLOSE_RESTART));
    }
    assert!(hub.remembers_nothing());
}

#[test]
fn a_socket_too_many_closes_the_oldest_of_its_person() {
    let hub = Arc::new(Hub::default());
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
    let hub = Arc::new(Hub::default());
    let session = |number| SessionId::from(Uuid::from_u128(number));
    let mut tab = hub.register(account(1), session(1));
    let mut phone = hub.register(account(1), session(2));
    let mut other = hub.register(account(2), session(1));
    hub.deliver(&Event::SignedOut { account: account(1), session: Some(session(1)) });
    assert_eq!(tab.closing.try_recv(), Ok(CLOSE_SIGNED_OUT), "also before it hears anything");
    assert!(phone.closing.try_recv().is_err() && other.closing.try_recv().is_err());
}

#[test]
fn a_socket_hears_nothing_before_it_is_known_whom_it_may_hear() {
    let hub = Arc::new(Hub::default());
    let mut connection = hub.register(account(1), SessionId::from(Uuid::nil()));
    hub.deliver(&published(9));
    assert_eq!(waiting(&mut connection), 0);
    let revision = connection.revision().expect("an open socket");
    hub.deliver(&Event::RelationsChanged { between: [account(2), account(1)] });
    assert_eq!(connection.settle(revision, Vec::new(), Vec::new()), None, "it was read before the block");
    hub.deliver(&published(2));
    settle(&connection, &[account(2)]);
    hub.deliver(&published(2));
    assert_eq!(waiting(&mut connection), 0, "a block that came before it opened holds");
    hub.deliver(&published(9));
    assert_eq!(waiting(&mut connection), 1);
}

#[test]
fn a_socket_watches_so_many_posts_and_no_more() {
    let hub = Arc::new(Hub::default());
    let mut connection = opened(&hub, 1);
    let others: Vec<PostId> = (0..WATCHED_POSTS as u128).map(|number| post(100 + number)).collect();
    assert_eq!(connection.watch(&others, &[]), others);
    for add in [&[post(1)][..], &vec![post(1); 10_000]] {
        assert_eq!(connection.watch(add, &[post(2)]), []);
        hub.deliver(&counted());
        assert_eq!(waiting(&mut connection), 0, "there is no room");
    }
    assert_eq!(connection.watch(&[post(1); 3], &others[..1]), [post(1)], "what is removed makes room");
    hub.deliver(&counted());
    assert_eq!(waiting(&mut connection), 1, "naming a post twice does not count it twice");
}

#[test]
fn a_socket_that_goes_through_an_endless_feed_leaves_nothing_behind_it() {
    let hub = Arc::new(Hub::default());
    let mut connection = opened(&hub, 1);
    for number in 0..10_000_u128 {
        let far: Vec<PostId> = number.checked_sub(20).map(post).into_iter().collect();
        assert_eq!(connection.watch(&[post(number)], &far), [post(number)]);
    }
    assert_eq!(hub.watched_posts(), 20);
    connection.watch(&[post(1)], &[]);
    hub.deliver(&counted());
    assert_eq!(waiting(&mut connection), 1);
}

#[test]
fn what_all_hear_is_written_once() {
    let hub = Arc::new(Hub::default());
    let (mut one, mut other) = (opened(&hub, 1), opened(&hub, 2));
    hub.deliver(&published(9));
    let (Ok(Outgoing::Frame(one)), Ok(Outgoing::Frame(other))) =
        (one.outgoing.try_recv(), other.outgoing.try_recv())
    else {
        panic!("two frames")
    };
    assert_eq!(one.as_ptr(), other.as_ptr());
}

#[test]
fn a_message_that_a_block_overtook_is_not_heard() {
    let hub = Arc::new(Hub::default());
    let (mut one, mut other) = (opened(&hub, 1), opened(&hub, 2));
    hub.deliver(&Event::RelationsChanged { between: [account(1), account(2)] });
    let message = protocol::chat::MessageView {
        conversation: Uuid::nil().into(),
        seq: 1,
        sender: account(2),
        client_id: Uuid::nil(),
        body: "too late".into(),
        sent_at: protocol::Timestamp::from_micros(0),
    };
    hub.deliver(&Event::Message { message, between: [account(2), account(1)] });
    for (connection, hidden) in [(&mut one, account(2)), (&mut other, account(1))] {
        assert!(matches!(connection.outgoing.try_recv(), Ok(Outgoing::Relations)));
        let Ok(Outgoing::Held(held)) = connection.outgoing.try_recv() else { panic!("a message that waits") };
        assert_eq!(
            connection.release(&held).err(),
            Some(Unsettled),
            "nothing passes before the block is read"
        );
        settle(connection, &[hidden]);
        assert!(connection.release(&held).is_ok_and(|outgoing| outgoing.is_empty()));
        assert_eq!(waiting(connection), 0);
    }
}

#[test]
fn however_often_relations_change_they_are_read_once() {
    let hub = Arc::new(Hub::default());
    let mut connection = opened(&hub, 1);
    for other in 2..1_000 {
        hub.deliver(&Event::RelationsChanged { between: [account(1), account(other)] });
    }
    assert_eq!(waiting(&mut connection), 1);
    settle(&connection, &[]);
    hub.deliver(&Event::RelationsChanged { between: [account(2), account(1)] });
    assert_eq!(waiting(&mut connection), 1);
}
