use super::*;

fn lay_out(stored: &[MessageView], pending: &[Entry], offset: UtcOffset) -> Rows {
    lay_out_from(None, stored, pending, offset)
}

fn lay_out_from(stopped: Option<i64>, stored: &[MessageView], pending: &[Entry], offset: UtcOffset) -> Rows {
    Rows::lay_out(ana(), stopped, stored, pending.iter(), |_| offset)
}

fn line(mine: bool, id: u128) -> Key {
    Key::Line { mine, id: Uuid::from_u128(id) }
}

fn continues(rows: &Rows, key: Key) -> bool {
    rows.line(key).is_some_and(|line| line.continues)
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
        [line(false, 1), line(false, 2), line(false, 3), line(true, 4)].map(|key| continues(&rows, key));
    assert_eq!(together, [false, true, false, false]);
}

#[test]
fn midnight_parts_what_was_said_in_one_breath() {
    let midnight = EVENING - EVENING % (24 * HOUR) + 24 * HOUR;
    let stored = [at(ben(), 1, midnight - 1), at(ben(), 2, midnight + 1)];
    assert!(!continues(&lay_out(&stored, &[], UtcOffset::UTC), line(false, 2)));
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

#[test]
fn a_line_stands_where_reading_stopped() {
    let stored = [said(ben(), 1), said(ben(), 2), said(ben(), 3)];
    let rows = lay_out_from(Some(1), &stored, &[], UtcOffset::UTC);
    assert_eq!(rows.order()[1..], [line(false, 1), Key::Unread, line(false, 2), line(false, 3)]);
    assert_eq!([2, 3].map(|id| continues(&rows, line(false, id))), [false, true], "what is new begins anew");
}

#[test]
fn the_line_of_a_new_day_stands_above_the_one_where_reading_stopped() {
    let stored = [said(ben(), 1), at(ben(), 2, EVENING + 24 * HOUR)];
    let order = lay_out_from(Some(1), &stored, &[], UtcOffset::UTC).order().to_vec();
    assert!(matches!(order[2..], [Key::Day(_), Key::Unread, Key::Line { .. }]), "{order:?}");
}

#[test]
fn where_reading_stopped_before_what_is_here_no_line_stands() {
    let stored = [said(ben(), 60), said(ben(), 61)];
    let rows = lay_out_from(Some(3), &stored, &[], UtcOffset::UTC);
    assert!(!rows.order().contains(&Key::Unread));
}
