use super::*;

fn of(ids: &[u128]) -> Outbox {
    let mut outbox = Outbox::default();
    ids.iter().for_each(|id| outbox.add(pending(*id)));
    outbox
}

fn now(seconds: i64) -> Timestamp {
    Timestamp::from_micros((EVENING + seconds) * 1_000_000)
}

fn said_at(outbox: &mut Outbox, seconds: i64) -> Vec<u128> {
    outbox.say(now(seconds)).iter().map(|pending| pending.client_id.as_u128()).collect()
}

/// What goes out on a new socket.
fn said_again(outbox: &mut Outbox) -> Vec<u128> {
    outbox.reconnected();
    said_at(outbox, 0)
}

#[test]
fn what_is_not_answered_goes_out_again_in_its_order() {
    let mut outbox = of(&[1, 2, 3]);
    assert!(outbox.stored(&said(ana(), 2)));
    assert_eq!(said_again(&mut outbox), [1, 3]);
}

#[test]
fn what_was_said_waits_for_its_answer() {
    let mut outbox = of(&[1, 2]);
    assert_eq!(said_at(&mut outbox, 0), [1, 2]);
    assert!(!outbox.waits());
    outbox.add(pending(3));
    assert_eq!(said_at(&mut outbox, 0), [3]);
    assert_eq!(said_again(&mut outbox), [1, 2, 3]);
}

#[test]
fn many_messages_go_out_in_their_order_and_no_faster_than_the_server_takes_them() {
    let ids: Vec<u128> = (1..=100).collect();
    let mut outbox = of(&ids);
    let mut said = said_again(&mut outbox);
    assert_eq!(said.len(), 40);
    assert_eq!(said_at(&mut outbox, 0), []);
    for seconds in 1..=60 {
        assert!(outbox.waits());
        said.extend(said_at(&mut outbox, seconds));
    }
    assert_eq!(said, ids);
    assert!(!outbox.waits());
}

#[test]
fn a_message_of_another_window_changes_nothing() {
    let mut outbox = of(&[1]);
    assert!(!outbox.stored(&said(ana(), 9)));
    assert_eq!(said_again(&mut outbox), [1]);
}

#[test]
fn an_answer_tells_with_whom_the_conversation_is() {
    let mut outbox = of(&[1]);
    assert_eq!(outbox.partner(choir()), None);
    outbox.stored(&said(ana(), 1));
    assert_eq!(outbox.partner(choir()), Some(ben()));
}

#[test]
fn a_refused_message_stays_until_it_is_sent_again_or_discarded() {
    let mut outbox = of(&[1, 2]);
    assert_eq!(said_at(&mut outbox, 0), [1, 2]);
    outbox.refused(Uuid::from_u128(1), &Problem::TooMany { retry_after: 5 });
    assert_eq!(said_again(&mut outbox), [2]);
    assert_eq!(outbox.to(ben()).count(), 2);
    outbox.again(Uuid::from_u128(1));
    assert_eq!(said_at(&mut outbox, 0), [1]);
    assert!(outbox.take(Uuid::from_u128(1)).is_some());
    assert_eq!(said_again(&mut outbox), [2]);
}

#[test]
fn an_answer_that_comes_twice_is_no_harm() {
    let mut outbox = of(&[1]);
    assert!(outbox.stored(&said(ana(), 1)));
    assert!(!outbox.stored(&said(ana(), 1)));
    outbox.refused(Uuid::from_u128(1), &Problem::Internal);
    assert_eq!(outbox.pending(), []);
}

#[test]
fn what_an_earlier_load_left_goes_first_and_once() {
    let mut outbox = of(&[3]);
    outbox.restore(vec![pending(1), pending(3)]);
    assert_eq!(said_again(&mut outbox), [1, 3]);
}
