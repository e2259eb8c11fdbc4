use super::*;
use crate::{Problem, Reason};

#[test]
fn each_kind_is_read_back_from_its_name() {
    for kind in NotificationKind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
    }
    assert_eq!("Like".parse::<NotificationKind>(), Err(Reason::Malformed));
}

#[test]
fn a_quiet_time_may_go_over_midnight() {
    let night = QuietTime::parse("22:00", "07:30").unwrap();
    for (minute, is_quiet) in
        [(22 * 60 - 1, false), (22 * 60, true), (0, true), (7 * 60 + 29, true), (7 * 60 + 30, false)]
    {
        assert_eq!(night.contains(minute), is_quiet, "{minute}");
    }
    let noon = QuietTime::parse("12:00", "13:00").unwrap();
    assert!(noon.contains(12 * 60) && !noon.contains(13 * 60) && !noon.contains(0));
    assert_eq!(night.texts(), ["22:00", "07:30"]);
}

#[test]
fn what_is_no_time_of_day_is_refused_at_its_field() {
    for wrong in ["", "24:00", "22:60", "22", "+2:00", "2:00", "22:0x"] {
        let refused = |field| Err(Problem::field(field, Reason::Malformed));
        assert_eq!(QuietTime::parse(wrong, "07:00"), refused("quiet_from"), "{wrong}");
        assert_eq!(QuietTime::parse("22:00", wrong), refused("quiet_until"), "{wrong}");
    }
    let never = Err(Problem::field("quiet_until", Reason::Empty));
    assert_eq!(QuietTime::parse("22:00", "22:00"), never);
}

#[test]
fn what_is_not_ticked_is_muted() {
    let settings = NotificationSettings::showing(["like", "message"].into_iter()).unwrap();
    let shown: Vec<_> = NotificationKind::ALL.into_iter().filter(|kind| settings.shows(*kind)).collect();
    assert_eq!(shown, [NotificationKind::Like, NotificationKind::Message]);
    let refused = NotificationSettings::showing(["likes"].into_iter());
    assert_eq!(refused, Err(Problem::field("show", Reason::Malformed)));
}
