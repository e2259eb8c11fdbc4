use crate::Timestamp;

use super::PeopleCursor;

const PERSON: &str = "01900000-0000-7000-8000-000000000001";

#[test]
fn a_place_in_a_list_is_read_as_it_is_written() {
    for micros in [i64::MIN, -1, 0, 1_767_323_045_000_000, i64::MAX] {
        let cursor =
            PeopleCursor { since: Timestamp::from_micros(micros), person: PERSON.parse().expect("an id") };
        assert_eq!(cursor.to_string(), format!("{micros}.{PERSON}"));
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
    }
}

#[test]
fn nonsense_is_no_place_in_a_list() {
    for text in [
        "",
        ".",
        "5",
        "5.",
        ".x",
        PERSON,
        "5.x",
        "1e3.01900000-0000-7000-8000-000000000001",
        "9999999999999999999.x",
    ] {
        assert!(text.parse::<PeopleCursor>().is_err(), "{text}");
    }
}
