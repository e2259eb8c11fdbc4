use std::time::Duration;

use crate::effect::effect;
use ::time::UtcOffset;
use leptos::prelude::*;
use protocol::preference::Preferences;

mod format;

pub use format::Wording;

/// What time it is for whoever looks, in microseconds since the epoch, nothing until the page is alive; and how they want to see it.
#[derive(Clone, Copy)]
struct Clock {
    now: RwSignal<Option<i64>>,
    style: Preferences,
}

/// Lets every [`Time`] of the page go on together, once a minute; once, at its root.
pub fn provide_clock(style: Preferences) {
    let now = RwSignal::new(None);
    provide_context(Clock { now, style });
    effect(move || {
        let tick = move || now.set(Some(now_micros()));
        tick();
        _ = set_interval(tick, Duration::from_secs(60));
    });
}

/// A moment. The server prints it in UTC; the browser says it as one would, in its own time zone. The whole moment is
/// the title.
#[component]
pub fn Time(
    /// Microseconds since 1 January 1970, 00:00 UTC.
    micros: i64,
    #[prop(optional)] wording: Wording,
) -> impl IntoView {
    // What is rendered for everybody has no reader.
    let clock = use_context::<Clock>()
        .unwrap_or_else(|| Clock { now: RwSignal::new(None), style: Preferences::default() });
    let style = clock.style;
    let local = RwSignal::new(None);
    // Only an effect may look at the clock: the first words must be those that the server printed.
    effect(move || {
        let now = clock.now.get().unwrap_or_else(now_micros);
        let (there, here) = (offset_at(micros), offset_at(now));
        let text = wording.local((micros, there), (now, here), style);
        local.set(Some((text, format::full(micros, there, style))));
    });
    let text = move || {
        local.with(|local| {
            local.as_ref().map_or_else(|| wording.in_utc(micros, style), |(short, _)| short.clone())
        })
    };
    let title = move || {
        local.with(|local| {
            local.as_ref().map_or_else(
                || format!("{} UTC", format::full(micros, UtcOffset::UTC, style)),
                |(_, full)| full.clone(),
            )
        })
    };
    view! { <time datetime=format::rfc3339(micros) title=title>{text}</time> }
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
