use super::*;

fn from(seqs: std::ops::RangeInclusive<i64>) -> Timeline {
    Timeline::new(shown(all(seqs), true))
}

fn known(seq: i64, revision: i64) -> KnownPosition {
    KnownPosition { conversation: choir(), seq, revision }
}

#[test]
fn a_message_that_comes_twice_stands_there_once() {
    let mut timeline = from(5..=6);
    timeline.add(&all(7..=7));
    timeline.add(&all(5..=8));
    assert_eq!(numbers(&timeline), [5, 6, 7, 8]);
    assert_eq!(timeline.readable(), Some(ReadPosition { conversation: choir(), seq: 8 }));
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
    assert_eq!(timeline.gap(), Some(known(3, 0)));
    timeline.add(&all(7..=7));
    assert_eq!(timeline.gap(), None);
    assert_eq!(timeline.readable().map(|seen| seen.seq), Some(3));
    timeline.add(&all(4..=7));
    assert_eq!(timeline.readable().map(|seen| seen.seq), Some(7));
    timeline.add(&all(9..=9));
    assert_eq!(timeline.gap().map(|seen| seen.seq), Some(7));
}

#[test]
fn the_first_message_begins_the_conversation() {
    let mut timeline = Timeline::new(shown(Vec::new(), false));
    assert_eq!(timeline.readable(), None);
    timeline.add(&all(1..=1));
    assert_eq!(timeline.readable(), Some(ReadPosition { conversation: choir(), seq: 1 }));
}

#[test]
fn earlier_pages_go_in_front_until_there_are_none() {
    let mut timeline = from(7..=9);
    assert_eq!(timeline.before(), Some(7));
    timeline.prepend(Page { items: all(4..=7), more: true });
    assert_eq!(timeline.before(), Some(4));
    timeline.prepend(Page { items: all(1..=3), more: false });
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
    timeline.merge(shown(all(6..=8), true));
    assert_eq!(numbers(&timeline), (1..=8).collect::<Vec<_>>());
}

#[test]
fn a_newest_page_that_does_not_join_takes_the_place_of_all() {
    let mut timeline = from(1..=5);
    timeline.merge(shown(all(60..=70), true));
    assert_eq!(numbers(&timeline), (60..=70).collect::<Vec<_>>());
    assert_eq!(timeline.before(), Some(60));
    assert_eq!(timeline.gap(), None);
}

#[test]
fn only_the_words_of_the_other_one_are_to_be_marked_as_read() {
    let mut timeline = Timeline::new(shown(vec![said(ben(), 1)], false));
    assert_eq!(timeline.markable(ana()).map(|seen| seen.seq), Some(1));
    timeline.add(&[said(ana(), 2)]);
    assert_eq!(timeline.markable(ana()), None);
    // What lies beyond a gap has not been read: nobody knows what is in between.
    timeline.add(&[said(ben(), 4)]);
    assert_eq!(timeline.markable(ana()), None);
}

#[test]
fn any_order_of_arrival_ends_the_same() {
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..200 {
        let mut timeline = Timeline::new(shown(Vec::new(), false));
        let mut left: Vec<i64> = (1..=20).collect();
        while !left.is_empty() {
            let seq = left[random(left.len())];
            timeline.add(&all(seq..=seq));
            if random(2) == 0 {
                left.retain(|other| *other != seq);
            }
        }
        assert_eq!(numbers(&timeline), (1..=20).collect::<Vec<_>>());
        assert_eq!(timeline.readable().map(|seen| seen.seq), Some(20));
    }
}

fn bodies(timeline: &Timeline) -> Vec<&str> {
    timeline.messages().iter().map(|message| message.body.as_str()).collect()
}

#[test]
fn a_change_takes_the_place_of_what_was_said_and_an_older_one_does_not() {
    let mut timeline = from(1..=2);
    let (first, second) =
        (edited(&said(ben(), 2), 1), MessageView { body: "later".into(), ..edited(&said(ben(), 2), 2) });
    timeline.change(&second);
    timeline.change(&first);
    timeline.add(&all(2..=2));
    assert_eq!(bodies(&timeline), ["Message 1", "later"]);
    assert_eq!(timeline.known(), Some(known(2, 1)), "the answer to the gap brings the second again");
    timeline.catch_up(&[second], 2);
    assert_eq!((timeline.known(), timeline.gap()), (Some(known(2, 2)), None));
}

#[test]
fn changes_that_were_missed_are_asked_for_once() {
    let mut timeline = from(1..=3);
    timeline.change(&edited(&said(ben(), 3), 1));
    assert_eq!(timeline.gap(), None);
    timeline.change(&edited(&said(ben(), 3), 4));
    assert_eq!(timeline.gap(), Some(known(3, 1)));
    assert_eq!(timeline.gap(), None);
    timeline.catch_up(&[edited(&said(ben(), 1), 3), edited(&said(ben(), 3), 4)], 4);
    assert_eq!(bodies(&timeline), ["Message 1 again", "Message 2", "Message 3 again"]);
    assert_eq!((timeline.known(), timeline.gap()), (Some(known(3, 4)), None));
}

#[test]
fn a_change_is_not_lost_on_a_page_that_was_on_its_way() {
    let mut timeline = from(5..=6);
    timeline.change(&edited(&said(ben(), 3), 1));
    assert_eq!(numbers(&timeline), [5, 6]);
    timeline.prepend(Page { items: all(2..=4), more: true });
    assert_eq!(bodies(&timeline)[..3], ["Message 2", "Message 3 again", "Message 4"]);
}

#[test]
fn an_answer_quotes_a_message_as_it_is_now() {
    let first = said(ben(), 1);
    let mut timeline = Timeline::new(shown(vec![first.clone(), answer(2, &first)], false));
    let quoted = |timeline: &Timeline| timeline.message(2).and_then(|answer| answer.reply_to.clone()?.body);
    timeline.change(&edited(&first, 1));
    assert_eq!(quoted(&timeline).as_deref(), Some("Message 1 again"));
    let gone = MessageView { body: String::new(), state: MessageState::Deleted, revision: 2, ..first };
    timeline.change(&gone);
    assert_eq!(quoted(&timeline), None);
    timeline.change(&edited(&said(ben(), 1), 1));
    assert_eq!(quoted(&timeline), None, "an older change comes late");
}

#[test]
fn a_newest_page_with_changes_that_are_not_known_takes_the_place_of_all() {
    let mut timeline = from(1..=5);
    timeline.merge(ChatView { revision: 7, ..shown(all(4..=6), true) });
    assert_eq!((numbers(&timeline), timeline.known()), (vec![4, 5, 6], Some(known(6, 7))));
}

#[test]
fn the_last_own_message_that_was_read_is_known_where_that_is_told() {
    let mut timeline = Timeline::new(ChatView { read_by_other: Some(2), ..shown(all(1..=6), true) });
    let mine = |seq| all(seq..=seq).remove(0).sender == ana();
    let last_mine = |to: i64| (1..=to).rev().find(|seq| mine(*seq));
    assert_eq!(timeline.last_read(ana()), last_mine(2));
    timeline.read_by_other(6);
    timeline.read_by_other(3);
    assert_eq!(timeline.last_read(ana()), last_mine(6), "what was read stays read");
    timeline.add(&all(7..=9));
    timeline.heard_from_other(9);
    assert_eq!(timeline.last_read(ana()), last_mine(9));
    let mut untold = from(1..=6);
    untold.heard_from_other(6);
    assert_eq!(untold.last_read(ana()), None);
}
