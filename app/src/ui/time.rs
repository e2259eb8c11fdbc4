use std::time::Duration;

use ::time::{OffsetDateTime, UtcOffset};
use leptos::prelude::*;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What time it is for whoever looks, in microseconds since the epoch; nothing until the page is alive.
#[derive(Clone, Copy)]
struct Clock(RwSignal<Option<i64>>);

/// Lets every [`Time`] of the page go on together, once a minute; once, at its root.
pub fn provide_clock() {
    let now = RwSignal::new(None);
    provide_context(Clock(now));
    Effect::new(move || {
        let tick = move || now.set(Some(now_micros()));
        tick();
        set_interval(tick, Duration::from_secs(60));
    });
}

/// A moment. The server prints it in full and in UTC; the browser says it as one would, in its own time zone.
#[component]
pub fn Time(
    /// Microseconds since 1 January 1970, 00:00 UTC.
    micros: i64,
) -> impl IntoView {
    let clock = use_context::<Clock>().unwrap_or_else(|| Clock(RwSignal::new(None)));
    let spoken = RwSignal::new(None);
    // Only an effect may look at the clock: the first words must be those that the server printed.
    Effect::new(move || {
        let now = clock.0.get().unwrap_or_else(now_micros);
        let (there, here) = (offset_at(micros), offset_at(now));
        spoken.set(Some((relative(micros, there, now, here), full(micros, there))));
    });
    let text = move || {
        spoken.with(|spoken| spoken.as_ref().map_or_else(|| absolute(micros), |(short, _)| short.clone()))
    };
    let title = move || {
        spoken.with(|spoken| {
            spoken
                .as_ref()
                .map_or_else(|| format!("{} UTC", full(micros, UtcOffset::UTC)), |(_, full)| full.clone())
        })
    };
    view! { <time datetime=machine(micros) title=title>{text}</time> }
}

/// "now", "5 min", "18:03", "Tue 18:03", "3 May", "3 May 2025": as short as it can be without doubt.
fn relative(then: i64, then_offset: UtcOffset, now: i64, now_offset: UtcOffset) -> String {
    let age = (now - then).div_euclid(1_000_000);
    if age < HOUR {
        return if age < MINUTE { "now".to_owned() } else { format!("{} min", age / MINUTE) };
    }
    let (then, today) = (civil(then, then_offset), civil(now, now_offset));
    if then.date() == today.date() {
        clock_time(then)
    } else if age < 6 * DAY {
        format!("{} {}", &then.weekday().to_string()[..3], clock_time(then))
    } else {
        date(then)
    }
}

/// "3 May 2026, 18:02 UTC"
fn absolute(micros: i64) -> String {
    let moment = civil(micros, UtcOffset::UTC);
    format!("{}, {} UTC", date(moment), clock_time(moment))
}

/// "Sunday, 3 May 2026, 18:02"
fn full(micros: i64, offset: UtcOffset) -> String {
    let moment = civil(micros, offset);
    format!("{}, {}, {}", moment.weekday(), date(moment), clock_time(moment))
}

/// RFC 3339, in UTC: "2026-05-03T18:02:00Z"
fn machine(micros: i64) -> String {
    let moment = civil(micros, UtcOffset::UTC);
    let (year, month, day) = moment.to_calendar_date();
    let (hour, minute, second) = moment.to_hms();
    format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z", u8::from(month))
}

fn date(moment: OffsetDateTime) -> String {
    format!("{} {} {}", moment.day(), moment.month(), moment.year())
}

fn clock_time(moment: OffsetDateTime) -> String {
    format!("{:02}:{:02}", moment.hour(), moment.minute())
}

fn civil(micros: i64, offset: UtcOffset) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(micros.div_euclid(1_000_000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .checked_to_offset(offset)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// What time it is for the browser.
pub(crate) fn now_micros() -> i64 {
    (js_sys::Date::now() * 1_000.0) as i64
}

/// How far the browser's clocks are from UTC at this moment: summer time counts as of then.
pub(crate) fn offset_at(micros: i64) -> UtcOffset {
    let moment = js_sys::Date::new(&(micros as f64 / 1_000.0).into());
    UtcOffset::from_whole_seconds((moment.get_timezone_offset() * -60.0) as i32).unwrap_or(UtcOffset::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday, 3 May 2026, 18:02:09 UTC.
    const THEN: i64 = 1_777_831_329_000_000;

    fn after(seconds: i64) -> String {
        relative(THEN, UtcOffset::UTC, THEN + seconds * 1_000_000, UtcOffset::UTC)
    }

    #[test]
    fn the_server_prints_the_whole_moment_in_utc() {
        assert_eq!(absolute(THEN), "3 May 2026, 18:02 UTC");
        assert_eq!(machine(THEN), "2026-05-03T18:02:09Z");
        assert_eq!(full(THEN, UtcOffset::UTC), "Sunday, 3 May 2026, 18:02");
    }

    #[test]
    fn the_nearer_the_shorter() {
        assert_eq!(after(-30), "now");
        assert_eq!(after(59), "now");
        assert_eq!(after(60), "1 min");
        assert_eq!(after(HOUR - 1), "59 min");
        assert_eq!(after(2 * HOUR), "18:02");
        assert_eq!(after(DAY), "Sun 18:02");
        assert_eq!(after(6 * DAY), "3 May 2026");
    }

    #[test]
    fn midnight_is_where_the_reader_is() {
        let east = UtcOffset::from_hms(9, 0, 0).expect("an offset");
        assert_eq!(relative(THEN, east, THEN + 2 * HOUR * 1_000_000, east), "03:02");
        assert_eq!(full(THEN, east), "Monday, 4 May 2026, 03:02");
    }

    #[test]
    fn a_moment_out_of_all_calendars_is_no_panic() {
        assert_eq!(machine(i64::MAX), "1970-01-01T00:00:00Z");
        assert!(!after(i64::MAX / 2_000_000).is_empty());
    }
}
