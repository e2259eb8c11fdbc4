use protocol::{
    AccountId, ConversationId, Page, Problem, Timestamp,
    account::PersonView,
    chat::{ChatView, ConversationView, MessageView},
    live::Seen,
};
use time::UtcOffset;
use uuid::Uuid;

use super::{
    conversations::Conversations,
    outbox::{Outbox, Pending},
    rows::{Delivery, Key, Rows},
    timeline::Timeline,
};

const HOUR: i64 = 60 * 60;
/// Sunday, 3 May 2026, 18:02 UTC.
const EVENING: i64 = 1_777_831_320;

fn ana() -> AccountId {
    Uuid::from_u128(1).into()
}

fn ben() -> AccountId {
    Uuid::from_u128(2).into()
}

fn choir() -> ConversationId {
    Uuid::from_u128(10).into()
}

fn said(sender: AccountId, seq: i64) -> MessageView {
    at(sender, seq, EVENING + seq)
}

fn at(sender: AccountId, seq: i64, seconds: i64) -> MessageView {
    MessageView {
        conversation: choir(),
        seq,
        sender,
        client_id: Uuid::from_u128(u128::from(seq.unsigned_abs())),
        body: format!("Message {seq}"),
        sent_at: Timestamp::from_micros(seconds * 1_000_000),
    }
}

fn pending(id: u128) -> Pending {
    Pending {
        client_id: Uuid::from_u128(id),
        to: ben(),
        body: format!("Message {id}"),
        written_at: Timestamp::from_micros((EVENING + 60) * 1_000_000),
        problem: None,
    }
}

fn all(seqs: std::ops::RangeInclusive<i64>) -> Vec<MessageView> {
    seqs.map(|seq| said(ben(), seq)).collect()
}

fn numbers(timeline: &Timeline) -> Vec<i64> {
    timeline.messages().iter().map(|message| message.seq).collect()
}

fn person(id: AccountId) -> PersonView {
    PersonView { id, username: "ben".to_owned(), first_name: "Ben".to_owned(), last_name: "Ito".to_owned() }
}

mod timeline {
    use super::*;

    fn from(seqs: std::ops::RangeInclusive<i64>) -> Timeline {
        Timeline::new(Some(choir()), all(seqs), true)
    }

    #[test]
    fn a_message_that_comes_twice_stands_there_once() {
        let mut timeline = from(5..=6);
        timeline.add(&all(7..=7));
        timeline.add(&all(5..=8));
        assert_eq!(numbers(&timeline), [5, 6, 7, 8]);
        assert_eq!(timeline.seen(), Some(Seen { conversation: choir(), seq: 8 }));
    }

    #[test]
    fn messages_stand_in_their_order_however_they_come() {
        let mut timeline = from(1..=1);
        for seq in [4, 2, 3] {
            timeline.add(&all(seq..=seq));
        }
        assert_eq!(numbers(&timeline), [1, 2, 3, 4]);
        assert_eq!(timeline.gap(), None);
    }

    #[test]
    fn a_gap_is_asked_for_once_from_where_it_begins() {
        let mut timeline = from(1..=3);
        timeline.add(&all(6..=6));
        assert_eq!(timeline.gap(), Some(Seen { conversation: choir(), seq: 3 }));
        timeline.add(&all(7..=7));
        assert_eq!(timeline.gap(), None);
        assert_eq!(timeline.seen().map(|seen| seen.seq), Some(3));
        timeline.add(&all(4..=7));
        assert_eq!(timeline.seen().map(|seen| seen.seq), Some(7));
        timeline.add(&all(9..=9));
        assert_eq!(timeline.gap().map(|seen| seen.seq), Some(7));
    }

    #[test]
    fn the_first_message_begins_the_conversation() {
        let mut timeline = Timeline::new(None, Vec::new(), false);
        assert_eq!(timeline.seen(), None);
        timeline.add(&all(1..=1));
        assert_eq!(timeline.seen(), Some(Seen { conversation: choir(), seq: 1 }));
    }

    #[test]
    fn earlier_pages_go_in_front_until_there_are_none() {
        let mut timeline = from(7..=9);
        assert_eq!(timeline.before(), Some(7));
        timeline.add_earlier(Page { items: all(4..=7), more: true });
        assert_eq!(timeline.before(), Some(4));
        timeline.add_earlier(Page { items: all(1..=3), more: false });
        assert_eq!(timeline.before(), None);
        assert_eq!(numbers(&timeline), (1..=9).collect::<Vec<_>>());
    }

    #[test]
    fn what_lies_before_the_first_page_waits_until_it_is_asked_for() {
        let mut timeline = from(7..=9);
        timeline.add(&all(2..=3));
        assert_eq!(numbers(&timeline), [7, 8, 9]);
    }

    #[test]
    fn a_newest_page_that_joins_is_added() {
        let mut timeline = from(1..=5);
        timeline.renew(ChatView {
            with: person(ben()),
            conversation: Some(choir()),
            messages: all(6..=8),
            more: true,
        });
        assert_eq!(numbers(&timeline), (1..=8).collect::<Vec<_>>());
    }

    #[test]
    fn a_newest_page_that_does_not_join_takes_the_place_of_all() {
        let mut timeline = from(1..=5);
        timeline.renew(ChatView {
            with: person(ben()),
            conversation: Some(choir()),
            messages: all(60..=70),
            more: true,
        });
        assert_eq!(numbers(&timeline), (60..=70).collect::<Vec<_>>());
        assert_eq!(timeline.before(), Some(60));
        assert_eq!(timeline.gap(), None);
    }

    #[test]
    fn only_the_words_of_the_other_one_are_to_be_marked_as_read() {
        let mut timeline = Timeline::new(Some(choir()), vec![said(ben(), 1)], false);
        assert_eq!(timeline.answerable(ana()).map(|seen| seen.seq), Some(1));
        timeline.add(&[said(ana(), 2)]);
        assert_eq!(timeline.answerable(ana()), None);
        // What lies beyond a gap has not been read: nobody knows what is in between.
        timeline.add(&[said(ben(), 4)]);
        assert_eq!(timeline.answerable(ana()), None);
    }

    #[test]
    fn any_order_of_arrival_ends_the_same() {
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..200 {
            let mut timeline = Timeline::new(Some(choir()), Vec::new(), false);
            let mut left: Vec<i64> = (1..=20).collect();
            while !left.is_empty() {
                let seq = left[random(left.len())];
                timeline.add(&all(seq..=seq));
                if random(2) == 0 {
                    left.retain(|other| *other != seq);
                }
            }
            assert_eq!(numbers(&timeline), (1..=20).collect::<Vec<_>>());
            assert_eq!(timeline.seen().map(|seen| seen.seq), Some(20));
        }
    }
}

mod outbox {
    use super::*;

    fn of(ids: &[u128]) -> Outbox {
        let mut outbox = Outbox::default();
        ids.iter().for_each(|id| outbox.add(pending(*id)));
        outbox
    }

    fn unanswered(outbox: &Outbox) -> Vec<u128> {
        outbox.unanswered().map(|pending| pending.client_id.as_u128()).collect()
    }

    #[test]
    fn what_is_not_answered_goes_out_again_in_its_order() {
        let mut outbox = of(&[1, 2, 3]);
        assert!(outbox.stored(&said(ana(), 2)));
        assert_eq!(unanswered(&outbox), [1, 3]);
    }

    #[test]
    fn a_message_of_another_window_changes_nothing() {
        let mut outbox = of(&[1]);
        assert!(!outbox.stored(&said(ana(), 9)));
        assert_eq!(unanswered(&outbox), [1]);
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
        outbox.refused(Uuid::from_u128(1), &Problem::TooMany { retry_after: 5 });
        assert_eq!(unanswered(&outbox), [2]);
        assert_eq!(outbox.to(ben()).count(), 2);
        assert_eq!(outbox.again(Uuid::from_u128(1)), Some(pending(1)));
        assert_eq!(unanswered(&outbox), [1, 2]);
        assert!(outbox.take(Uuid::from_u128(1)).is_some());
        assert_eq!(unanswered(&outbox), [2]);
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
        assert_eq!(unanswered(&outbox), [1, 3]);
    }
}

mod rows {
    use super::*;

    fn lay_out(stored: &[MessageView], pending: &[Pending], offset: UtcOffset) -> Rows {
        Rows::lay_out(ana(), stored, pending.iter(), |_| offset)
    }

    fn line(mine: bool, id: u128) -> Key {
        Key::Line { mine, id: Uuid::from_u128(id) }
    }

    fn follows(rows: &Rows, key: Key) -> bool {
        rows.line(key).is_some_and(|line| line.follows)
    }

    #[test]
    fn a_day_begins_where_the_reader_is() {
        let stored = [at(ben(), 1, EVENING), at(ben(), 2, EVENING + 4 * HOUR)];
        let day = |rows: Rows| rows.order().iter().filter(|key| matches!(key, Key::Day(_))).count();
        assert_eq!(day(lay_out(&stored, &[], UtcOffset::UTC)), 1);
        let east = UtcOffset::from_hms(2, 0, 0).expect("an offset");
        assert_eq!(day(lay_out(&stored, &[], east)), 2);
    }

    #[test]
    fn what_one_says_in_one_breath_belongs_together() {
        let stored = [
            at(ben(), 1, EVENING),
            at(ben(), 2, EVENING + 299),
            at(ben(), 3, EVENING + 299 + 300),
            at(ana(), 4, EVENING + 600),
        ];
        let rows = lay_out(&stored, &[], UtcOffset::UTC);
        let together =
            [line(false, 1), line(false, 2), line(false, 3), line(true, 4)].map(|key| follows(&rows, key));
        assert_eq!(together, [false, true, false, false]);
    }

    #[test]
    fn midnight_parts_what_was_said_in_one_breath() {
        let midnight = EVENING - EVENING % (24 * HOUR) + 24 * HOUR;
        let stored = [at(ben(), 1, midnight - 1), at(ben(), 2, midnight + 1)];
        assert!(!follows(&lay_out(&stored, &[], UtcOffset::UTC), line(false, 2)));
    }

    #[test]
    fn a_line_keeps_its_key_when_it_is_stored() {
        let before = lay_out(&[], &[pending(1)], UtcOffset::UTC);
        let after = lay_out(&[said(ana(), 1)], &[], UtcOffset::UTC);
        assert_eq!(before.ends(), after.ends());
        assert_eq!(before.line(line(true, 1)).map(|line| &line.delivery), Some(&Delivery::Sending));
        assert_eq!(after.line(line(true, 1)).map(|line| &line.delivery), Some(&Delivery::Stored));
    }

    #[test]
    fn what_is_stored_already_is_not_shown_as_on_its_way() {
        let rows = lay_out(&[said(ana(), 1)], &[pending(1)], UtcOffset::UTC);
        assert_eq!(rows.order().len(), 2);
        assert_eq!(rows.line(line(true, 1)).map(|line| &line.delivery), Some(&Delivery::Stored));
    }

    #[test]
    fn the_same_id_of_two_people_is_two_lines() {
        let mut theirs = said(ben(), 2);
        theirs.client_id = Uuid::from_u128(1);
        let rows = lay_out(&[said(ana(), 1), theirs], &[], UtcOffset::UTC);
        assert_eq!(rows.order().len(), 3);
        assert_eq!(rows.ends(), (Some(line(false, 1)), Some(line(false, 1))));
    }

    #[test]
    fn what_is_on_its_way_stands_last() {
        let rows = lay_out(&[said(ben(), 5)], &[pending(1)], UtcOffset::UTC);
        assert_eq!(rows.ends(), (Some(line(true, 1)), Some(line(false, 5))));
    }
}

mod conversations {
    use super::*;

    fn row(id: u128, last: MessageView, unread: u32) -> ConversationView {
        let id: ConversationId = Uuid::from_u128(id).into();
        ConversationView { id, with: person(ben()), last: MessageView { conversation: id, ..last }, unread }
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
        assert!(list.said(&message(11, said(ben(), 9))));
        assert_eq!(shown(&list), [(11, 9, 3), (10, 3, 0)]);
    }

    #[test]
    fn a_message_that_comes_twice_counts_once() {
        let mut list = list();
        list.said(&message(10, said(ben(), 4)));
        list.said(&message(10, said(ben(), 4)));
        list.said(&message(10, said(ben(), 2)));
        assert_eq!(shown(&list), [(10, 4, 1), (11, 8, 2)]);
    }

    #[test]
    fn whoever_answers_has_read() {
        let mut list = list();
        list.said(&message(11, said(ana(), 9)));
        assert_eq!(shown(&list), [(11, 9, 0), (10, 3, 0)]);
    }

    #[test]
    fn an_unknown_conversation_has_to_be_asked_for() {
        assert!(!list().said(&message(12, said(ben(), 1))));
    }

    #[test]
    fn what_was_read_here_stays_read_when_an_older_answer_comes() {
        let mut list = list();
        list.read(Seen { conversation: Uuid::from_u128(11).into(), seq: 8 });
        assert_eq!(shown(&list)[1], (11, 8, 0));
        list.said(&message(10, said(ben(), 4)));
        list.renew(vec![row(10, said(ben(), 3), 0), row(11, said(ben(), 8), 2)]);
        assert_eq!(shown(&list), [(10, 4, 1), (11, 8, 0)]);
    }

    #[test]
    fn what_the_server_leaves_out_is_gone() {
        let mut list = list();
        list.renew(vec![row(11, said(ben(), 8), 0)]);
        assert_eq!(shown(&list), [(11, 8, 0)]);
    }

    #[test]
    fn a_smaller_count_of_the_server_means_that_something_was_read_elsewhere() {
        assert!(list().counts_more_than(0));
        assert!(!list().counts_more_than(1));
        assert!(!list().counts_more_than(2));
    }
}
