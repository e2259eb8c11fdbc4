use super::Timestamp;

#[test]
fn moments_before_1970_and_at_the_end_of_time_are_counted_well() {
    let before = Timestamp::from_micros(-1);
    assert_eq!((before.millis(), before.plus_seconds(1).micros()), (-1, 999_999));
    let last = Timestamp::from_micros(i64::MAX);
    assert_eq!((last.plus_seconds(i64::MAX), last.plus_seconds(1)), (last, last));
    assert_eq!(Timestamp::from_micros(0).seconds_since(Timestamp::from_micros(1)), -1);
    assert!(last.seconds_since(Timestamp::from_micros(i64::MIN)) > 0);
}
