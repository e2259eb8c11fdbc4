use leptos::prelude::*;
use protocol::preference::DateStyle;
use time::Date;

use super::layout::day_of;
use crate::effect::effect;
use crate::session;
use crate::ui::{now_micros, offset_at};

/// 1 January 1970 in the count of days that calendars are computed with.
const EPOCH: i64 = 2_440_588;

/// The line above the first message of a day. The server prints the date; the browser says it as one would.
#[component]
pub(super) fn Day(
    /// Days since 1 January 1970.
    day: i64,
) -> impl IntoView {
    let style = session::me().map(|me| me.preferences.date_style).unwrap_or_default();
    let name = RwSignal::new(date(day, style));
    effect(move || {
        let now = now_micros();
        name.set(relative(day, day_of(now, offset_at(now)), style));
    });
    view! { <p class="day"><time datetime=iso_date(day)>{move || name.get()}</time></p> }
}

fn relative(day: i64, today: i64, style: DateStyle) -> String {
    match today - day {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        2..6 => calendar(day).weekday().to_string(),
        _ => date(day, style),
    }
}

/// "3 May 2026", or "2026-05-03"
fn date(day: i64, style: DateStyle) -> String {
    if style == DateStyle::Digits {
        return iso_date(day);
    }
    let date = calendar(day);
    format!("{} {} {}", date.day(), date.month(), date.year())
}

/// "2026-05-03"
fn iso_date(day: i64) -> String {
    let (year, month, day) = calendar(day).to_calendar_date();
    format!("{year:04}-{:02}-{day:02}", u8::from(month))
}

fn calendar(day: i64) -> Date {
    let julian = i32::try_from(day + EPOCH).ok();
    julian.and_then(|julian| Date::from_julian_day(julian).ok()).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday, 3 May 2026.
    const DAY: i64 = 20_576;

    #[test]
    fn the_nearer_the_shorter() {
        let later = |days| relative(DAY, DAY + days, DateStyle::Words);
        assert_eq!([later(0), later(1), later(2), later(6)], ["Today", "Yesterday", "Sunday", "3 May 2026"]);
        assert_eq!(iso_date(DAY), "2026-05-03");
        assert_eq!(relative(DAY, DAY + 6, DateStyle::Digits), "2026-05-03");
        // A clock that goes wrong names the date.
        assert_eq!(later(-1), "3 May 2026");
    }

    #[test]
    fn a_day_out_of_all_calendars_is_no_panic() {
        assert!(!date(i64::MAX / 2, DateStyle::Words).is_empty());
    }
}
