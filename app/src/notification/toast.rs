use leptos::{prelude::*, task::spawn_local};
use protocol::{
    NotificationId,
    notification::{NewNotification, QuietTime},
};

use super::{
    api,
    cause::{place, sentence},
};
use crate::ui::{Toaster, now_micros, offset_at};

/// Where a new notification is shown, and what leads from there.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    pub(super) toaster: Toaster,
    /// The path of the page.
    pub(super) path: Signal<String>,
    pub(super) go: Callback<String>,
}

const MICROS_PER_MINUTE: i64 = 60_000_000;
const MINUTES_PER_DAY: i64 = 1_440;

/// Shows a notification that has just come, if its person wants that, and does not look at it already.
pub(super) fn show(notification: NotificationId, screen: Screen) {
    spawn_local(async move {
        // What does not come stands in the list all the same.
        let Ok(Some(NewNotification { notification, quiet })) = api::preview(notification).await else {
            return;
        };
        let (href, id) = (place(&notification), notification.id);
        let here = screen.path.try_get_untracked().unwrap_or_default();
        let is_there = here == href || here == "/notifications";
        if is_there || quiet.is_some_and(is_now) {
            return;
        }
        screen.toaster.notify_with(sentence(&notification), "View", move || {
            spawn_local(async move { _ = api::read(id).await });
            screen.go.run(href.clone());
        });
    });
}

fn is_now(quiet: QuietTime) -> bool {
    let now = now_micros();
    let local = now.div_euclid(MICROS_PER_MINUTE) + i64::from(offset_at(now).whole_minutes());
    u16::try_from(local.rem_euclid(MINUTES_PER_DAY)).is_ok_and(|minute| quiet.contains(minute))
}
