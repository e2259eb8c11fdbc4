//! What a page that was made a moment ago, or a socket that broke, is told of what happened since.

use protocol::live::{Topic, Watched};

use super::{account, edited, hub, opened, post, published, session, settle, waiting};
use crate::{
    bus::{Announcement, Audience, Event},
    hub::{Hub, Missed},
};

fn counts_changed(number: u128) -> Event {
    let topic = Topic::Post(post(number));
    Announcement::per_reader(Audience::Watchers(topic), topic).into()
}

fn known(number: u128, since: i64) -> Watched {
    Watched { topic: Topic::Post(post(number)), since }
}

/// What a socket on a page of this revision is told, and whether it has to load again.
fn resumed(hub: &std::sync::Arc<Hub>, since: i64) -> (usize, bool) {
    let (mut connection, missed) = hub.attach(account(1), session(1), Some(since), false);
    settle(&connection, &[]);
    (waiting(&mut connection), missed == Missed::Everything)
}

#[test]
fn what_was_announced_since_comes_and_nothing_else() {
    let hub = hub();
    let before = hub.next_revision();
    hub.deliver(published(9));
    let between = hub.next_revision();
    hub.deliver(published(8));
    let after = hub.next_revision();
    assert_eq!(
        [before, between, after].map(|since| resumed(&hub, since)),
        [(2, false), (1, false), (0, false)]
    );
}

#[test]
fn who_knows_nothing_or_knew_it_before_the_server_began_loads_again() {
    let hub = hub();
    assert_eq!(hub.attach(account(1), session(1), None, false).1, Missed::Everything);
    assert_eq!(resumed(&hub, 0), (0, true));
}

#[test]
fn who_missed_too_much_loads_again() {
    let hub = hub();
    let since = hub.next_revision();
    for _ in 0..129 {
        hub.deliver(published(9));
    }
    assert_eq!(resumed(&hub, since), (0, true));
}

/// Else whoever was blocked meanwhile could tell.
#[test]
fn a_change_of_relations_makes_nobody_load_again() {
    let hub = hub();
    let since = hub.next_revision();
    hub.deliver(Event::RelationsChanged { between: [account(2), account(1)] });
    assert_eq!(resumed(&hub, since), (0, false));
}

#[test]
fn a_session_that_ended_meanwhile_is_known() {
    let hub = hub();
    let since = hub.next_revision();
    let has_ended = |number| hub.has_ended(account(1), session(number), since);
    assert_eq!(has_ended(1), Some(false));
    hub.deliver(Event::SignedOut { account: account(1), session: Some(session(1)) });
    assert_eq!((has_ended(1), has_ended(2)), (Some(true), Some(false)));
    hub.deliver(Event::SignedOut { account: account(1), session: None });
    assert_eq!(has_ended(2), Some(true));
    assert_eq!(hub.has_ended(account(1), session(1), 0), None, "who asks so late has to look elsewhere");
}

#[test]
fn what_was_said_of_a_topic_meanwhile_is_said_again() {
    let hub = hub();
    let mut connection = opened(&hub, 1);
    let since = hub.next_revision();
    hub.deliver(edited());
    assert_eq!(connection.watch(&[known(1, since)], &[]), [Topic::Post(post(1))]);
    assert_eq!(waiting(&mut connection), 1);
}

/// Whether a topic is read tells nobody what has happened to it.
#[test]
fn every_topic_that_is_new_is_read_whatever_the_page_knows() {
    let hub = hub();
    let connection = opened(&hub, 1);
    let since = hub.next_revision();
    hub.deliver(counts_changed(2));
    let topics: Vec<Topic> = (1..=3).map(|number| Topic::Post(post(number))).collect();
    let add: Vec<Watched> = topics.iter().map(|topic| Watched { topic: *topic, since }).collect();
    assert_eq!(connection.watch(&add, &[]), topics);
}

#[test]
fn everything_is_sent_when_nothing_waits() {
    let hub = hub();
    let mut connection = opened(&hub, 1);
    let before = connection.sent_revision().expect("nothing waits");
    hub.deliver(published(9));
    assert_eq!(connection.sent_revision(), None);
    waiting(&mut connection);
    assert!(connection.sent_revision().is_some_and(|revision| revision > before));
    hub.deliver(Announcement::per_reader(Audience::Account(account(1)), Topic::Badges).into());
    assert_eq!(connection.sent_revision(), None, "what has to be read first waits, too");
}

#[test]
fn what_depends_on_the_reader_is_named_with_its_latest_change() {
    let hub = hub();
    let since = hub.next_revision();
    let badges = || Announcement::per_reader(Audience::Account(account(1)), Topic::Badges).into();
    hub.deliver(badges());
    let between = hub.next_revision();
    hub.deliver(badges());
    let (_connection, missed) = hub.attach(account(1), session(1), Some(since), false);
    let Missed::Topics(topics) = missed else { panic!("{missed:?}") };
    assert!(topics.get(&Topic::Badges).is_some_and(|changed| *changed > between));
    assert_eq!(
        hub.attach(account(2), session(2), Some(since), false).1,
        Missed::Topics([].into()),
        "those of others"
    );
}

#[test]
fn what_was_sent_before_the_page_was_known_is_not_taken_for_what_the_page_showed() {
    let hub = hub();
    let connection = opened(&hub, 1);
    assert!(connection.record_sent(Topic::Badges, 2));
    connection.record_shown(Topic::Badges, 1);
    assert!(
        connection.record_sent(Topic::Badges, 1),
        "it is back at what the page showed, and has to be said"
    );
}
