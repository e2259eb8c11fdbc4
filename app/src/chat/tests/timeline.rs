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
    assert_eq!(timeline.seen(), Some(ReadPosition { conversation: choir(), seq: 8 }));
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
    assert_eq!(timeline.gap(), Some(ReadPosition { conversation: choir(), seq: 3 }));
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
    assert_eq!(timeline.seen(), Some(ReadPosition { conversation: choir(), seq: 1 }));
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
    timeline.merge(ChatView {
        with: person(ben()),
        conversation: Some(choir()),
        messages: all(6..=8),
        more: true,
        read: 0,
        deleted: false,
    });
    assert_eq!(numbers(&timeline), (1..=8).collect::<Vec<_>>());
}

#[test]
fn a_newest_page_that_does_not_join_takes_the_place_of_all() {
    let mut timeline = from(1..=5);
    timeline.merge(ChatView {
        with: person(ben()),
        conversation: Some(choir()),
        messages: all(60..=70),
        more: true,
        read: 0,
        deleted: false,
    });
    assert_eq!(numbers(&timeline), (60..=70).collect::<Vec<_>>());
    assert_eq!(timeline.before(), Some(60));
    assert_eq!(timeline.gap(), None);
}

#[test]
fn only_the_words_of_the_other_one_are_to_be_marked_as_read() {
    let mut timeline = Timeline::new(Some(choir()), vec![said(ben(), 1)], false);
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
