//! The words for a moment.

use ::time::{OffsetDateTime, UtcOffset};
use protocol::preference::{ClockStyle, DateStyle, Preferences};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How a moment is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wording {
    /// "now", "5 min", "18:02", "Tue 18:02", "3 May 2026": as short as it can be without doubt.
    #[default]
    Moment,
    /// "18:02": where a line above says the day.
    Hour,
    /// "18:02" today, "Tue" this week, "3 May" this year, "3 May 2025": where there is little room.
    Short,
    /// "3 May 2026": where the hour is no matter.
    Date,
    /// "just now", "5 min ago", and then as a moment: behind "Last seen".
    Seen,
    /// "edited": where it matters that, and only the title says when.
    Edited,
}

impl Wording {
    /// What the server prints, which knows neither the reader's clock nor their time zone.
    pub(super) fn in_utc(self, micros: i64, style: Preferences) -> String {
        let moment = civil(micros, UtcOffset::UTC);
        match self {
            Self::Moment | Self::Seen => {
                format!("{}, {} UTC", date(moment, style), clock_time(moment, style))
            }
            Self::Hour => format!("{} UTC", clock_time(moment, style)),
            Self::Short => short_date(moment, None, style),
            Self::Date => date(moment, style),
            Self::Edited => "edited".to_owned(),
        }
    }

    /// What the browser says. Each moment comes with how far the reader's clock is from UTC then.
    pub(super) fn local(
        self,
        (then, then_offset): (i64, UtcOffset),
        (now, now_offset): (i64, UtcOffset),
        style: Preferences,
    ) -> String {
        let age = (now - then).div_euclid(1_000_000);
        let (then, today) = (civil(then, then_offset), civil(now, now_offset));
        match self {
            Self::Edited => "edited".to_owned(),
            Self::Date => date(then, style),
            Self::Seen if age < MINUTE => "just now".to_owned(),
            Self::Seen if age < HOUR => format!("{} min ago", age / MINUTE),
            Self::Moment if age < MINUTE => "now".to_owned(),
            Self::Moment if age < HOUR => format!("{} min", age / MINUTE),
            Self::Hour => clock_time(then, style),
            Self::Moment | Self::Seen | Self::Short if then.date() == today.date() => clock_time(then, style),
            Self::Moment | Self::Seen if age < 6 * DAY => {
                format!("{} {}", weekday(then), clock_time(then, style))
            }
            Self::Moment | Self::Seen => date(then, style),
            // A clock that goes wrong names the date.
            Self::Short if (0..6 * DAY).contains(&age) => weekday(then),
            Self::Short => short_date(then, Some(today.year()), style),
        }
    }
}

/// "Sunday, 3 May 2026, 18:02"
pub(super) fn full(micros: i64, offset: UtcOffset, style: Preferences) -> String {
    let moment = civil(micros, offset);
    format!("{}, {}, {}", moment.weekday(), date(moment, style), clock_time(moment, style))
}

/// RFC 3339, in UTC: "2026-05-03T18:02:00Z"
pub(super) fn rfc3339(micros: i64) -> String {
    let moment = civil(micros, UtcOffset::UTC);
    let (year, month, day) = moment.to_calendar_date();
    let (hour, minute, second) = moment.to_hms();
    format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z", u8::from(month))
}

/// "3 May 2026", or "2026-05-03"
fn date(moment: OffsetDateTime, style: Preferences) -> String {
    match style.date_style {
        DateStyle::Words => format!("{} {} {}", moment.day(), moment.month(), moment.year()),
        DateStyle::Digits => format!("{:04}-{}", moment.year(), month_and_day(moment)),
    }
}

/// "05-03"
fn month_and_day(moment: OffsetDateTime) -> String {
    format!("{:02}-{:02}", u8::from(moment.month()), moment.day())
}

/// "3 May", and "3 May 2026" when that is not `this_year`; or "05-03", and "2026-05-03".
fn short_date(moment: OffsetDateTime, this_year: Option<i32>, style: Preferences) -> String {
    if style.date_style == DateStyle::Digits {
        return if Some(moment.year()) == this_year { month_and_day(moment) } else { date(moment, style) };
    }
    let (day, month) = (moment.day(), first_three(moment.month().to_string()));
    match moment.year() {
        year if Some(year) == this_year => format!("{day} {month}"),
        year => format!("{day} {month} {year}"),
    }
}

/// "Sun"
fn weekday(moment: OffsetDateTime) -> String {
    first_three(moment.weekday().to_string())
}

fn first_three(mut name: String) -> String {
    name.truncate(3);
    name
}

/// "18:02", or "6:02 pm"
fn clock_time(moment: OffsetDateTime, style: Preferences) -> String {
    let (hour, minute) = (moment.hour(), moment.minute());
    match style.clock_style {
        ClockStyle::Hours24 => format!("{hour:02}:{minute:02}"),
        ClockStyle::Hours12 => {
            let half = if hour < 12 { "am" } else { "pm" };
            format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
        }
    }
}

fn civil(micros: i64, offset: UtcOffset) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(micros.div_euclid(1_000_000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .checked_to_offset(offset)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use protocol::preference::Theme;

    use super::*;

    /// Sunday, 3 May 2026, 18:02:09 UTC.
    const THEN: i64 = 1_777_831_329_000_000;

    const PLAIN: Preferences = Preferences {
        theme: Theme::System,
        date_style: DateStyle::Words,
        clock_style: ClockStyle::Hours24,
        read_receipts: protocol::preference::ReadReceipts::On,
    };

    fn say(wording: Wording, seconds: i64, style: Preferences) -> String {
        wording.local((THEN, UtcOffset::UTC), (THEN + seconds * 1_000_000, UtcOffset::UTC), style)
    }

    fn after(wording: Wording, seconds: i64) -> String {
        say(wording, seconds, PLAIN)
    }

    #[test]
    fn the_server_prints_utc() {
        assert_eq!(Wording::Moment.in_utc(THEN, PLAIN), "3 May 2026, 18:02 UTC");
        assert_eq!(Wording::Hour.in_utc(THEN, PLAIN), "18:02 UTC");
        assert_eq!(Wording::Short.in_utc(THEN, PLAIN), "3 May 2026");
        assert_eq!(rfc3339(THEN), "2026-05-03T18:02:09Z");
        assert_eq!(full(THEN, UtcOffset::UTC, PLAIN), "Sunday, 3 May 2026, 18:02");
    }

    #[test]
    fn the_nearer_the_shorter() {
        let after = |seconds| after(Wording::Moment, seconds);
        assert_eq!(after(-30), "now");
        assert_eq!(after(59), "now");
        assert_eq!(after(60), "1 min");
        assert_eq!(after(HOUR - 1), "59 min");
        assert_eq!(after(2 * HOUR), "18:02");
        assert_eq!(after(DAY), "Sun 18:02");
        assert_eq!(after(6 * DAY), "3 May 2026");
    }

    #[test]
    fn where_the_day_is_said_the_hour_is_enough() {
        assert_eq!([0, DAY, 900 * DAY].map(|age| after(Wording::Hour, age)), ["18:02"; 3]);
    }

    #[test]
    fn where_there_is_little_room_one_thing_is_said() {
        let after = |seconds| after(Wording::Short, seconds);
        assert_eq!([after(0), after(HOUR)], ["18:02", "18:02"]);
        assert_eq!([after(DAY), after(6 * DAY - 1)], ["Sun", "Sun"]);
        assert_eq!([after(6 * DAY), after(200 * DAY)], ["3 May", "3 May"]);
        assert_eq!(after(300 * DAY), "3 May 2026");
        assert_eq!(after(-DAY), "3 May", "a clock that goes wrong");
    }

    #[test]
    fn dates_and_times_are_written_as_the_reader_wants() {
        let style = Preferences { date_style: DateStyle::Digits, clock_style: ClockStyle::Hours12, ..PLAIN };
        assert_eq!(Wording::Moment.in_utc(THEN, style), "2026-05-03, 6:02 pm UTC");
        assert_eq!(full(THEN, UtcOffset::UTC, style), "Sunday, 2026-05-03, 6:02 pm");
        assert_eq!(say(Wording::Moment, DAY, style), "Sun 6:02 pm");
        assert_eq!(
            [say(Wording::Short, 6 * DAY, style), say(Wording::Short, 300 * DAY, style)],
            ["05-03", "2026-05-03"]
        );
        let hours =
            [0, 1, 12, 13, 23].map(|hour| clock_time(civil(hour * HOUR * 1_000_000, UtcOffset::UTC), style));
        assert_eq!(hours, ["12:00 am", "1:00 am", "12:00 pm", "1:00 pm", "11:00 pm"]);
    }

    #[test]
    fn midnight_is_where_the_reader_is() {
        let east = UtcOffset::from_hms(9, 0, 0).expect("an offset");
        let local = Wording::Moment.local((THEN, east), (THEN + 2 * HOUR * 1_000_000, east), PLAIN);
        assert_eq!(local, "03:02");
        assert_eq!(full(THEN, east, PLAIN), "Monday, 4 May 2026, 03:02");
    }

    #[test]
    fn a_moment_out_of_all_calendars_is_no_panic() {
        assert_eq!(rfc3339(i64::MAX), "1970-01-01T00:00:00Z");
        for wording in [Wording::Moment, Wording::Hour, Wording::Short] {
            assert!(!after(wording, i64::MAX / 2_000_000).is_empty());
        }
    }
}
