use super::*;

fn row(id: u128, last: MessageView, unread: u32) -> ConversationView {
    let id: ConversationId = Uuid::from_u128(id).into();
    let last = MessageView { conversation: id, ..last };
    ConversationView { id, with: person(ben()), last, unread, presence: Presence::Offline }
}

fn message(id: u128, message: MessageView) -> MessageView {
    MessageView { conversation: Uuid::from_u128(id).into(), ..message }
}

fn list() -> Conversations {
    Conversations::new(ana(), vec![row(10, said(ben(), 3), 0), row(11, said(ben(), 8), 2)])
}

fn shown(list: &Conversations) -> Vec<(u128, i64, u32)> {
    list.rows().iter().map(|row| (Uuid::from(row.id).as_u128(), row.last.seq, row.unread)).collect()
}

#[test]
fn a_new_message_moves_its_conversation_up() {
    let mut list = list();
    assert!(list.on_message(&message(11, said(ben(), 9))));
    assert_eq!(shown(&list), [(11, 9, 3), (10, 3, 0)]);
}

#[test]
fn a_message_that_comes_twice_counts_once() {
    let mut list = list();
    list.on_message(&message(10, said(ben(), 4)));
    list.on_message(&message(10, said(ben(), 4)));
    list.on_message(&message(10, said(ben(), 2)));
    assert_eq!(shown(&list), [(10, 4, 1), (11, 8, 2)]);
}

#[test]
fn whoever_answers_has_read() {
    let mut list = list();
    list.on_message(&message(11, said(ana(), 9)));
    assert_eq!(shown(&list), [(11, 9, 0), (10, 3, 0)]);
}

#[test]
fn an_unknown_conversation_has_to_be_asked_for() {
    assert!(!list().on_message(&message(12, said(ben(), 1))));
}

#[test]
fn what_was_read_here_stays_read_when_an_older_answer_comes() {
    let mut list = list();
    list.mark_read(ReadPosition { conversation: Uuid::from_u128(11).into(), seq: 8 });
    assert_eq!(shown(&list)[1], (11, 8, 0));
    list.on_message(&message(10, said(ben(), 4)));
    list.merge(vec![row(10, said(ben(), 3), 0), row(11, said(ben(), 8), 2)]);
    assert_eq!(shown(&list), [(10, 4, 1), (11, 8, 0)]);
}

#[test]
fn what_the_server_leaves_out_is_gone() {
    let mut list = list();
    list.merge(vec![row(11, said(ben(), 8), 0)]);
    assert_eq!(shown(&list), [(11, 8, 0)]);
}

#[test]
fn a_smaller_count_of_the_server_means_that_something_was_read_elsewhere() {
    assert!(list().has_more_unread_than(0));
    assert!(!list().has_more_unread_than(1));
    assert!(!list().has_more_unread_than(2));
}

#[test]
fn a_change_of_the_last_message_is_seen_in_the_list_and_moves_nothing() {
    let mut list = Conversations::new(ana(), vec![row(1, said(ben(), 5), 2), row(2, said(ben(), 3), 0)]);
    let changed = message(2, edited(&said(ben(), 3), 1));
    list.on_change(&changed);
    list.on_change(&message(1, edited(&said(ben(), 4), 1)));
    list.on_change(&message(2, said(ben(), 3)));
    let last: Vec<&str> = list.rows().iter().map(|row| row.last.body.as_str()).collect();
    assert_eq!(last, ["Message 5", "Message 3 again"]);
    assert_eq!(list.rows()[0].unread, 2);
}
