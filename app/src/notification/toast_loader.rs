//! Shows new notifications at once. What that takes comes with the first of them; here is only what waits for it.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use protocol::{
    NotificationId,
    live::{ServerMessage, Topic},
    notification::NotificationMessage,
};

use super::toast::{self as new_toast, Screen};
use crate::{
    browser,
    lazy::{LoadError, wasm_split},
    live::live,
    ui::toast,
};

type Show = Box<dyn Fn(NotificationId, Screen)>;

#[wasm_split(notification, fallible)]
fn load() -> Result<Show, LoadError> {
    Ok(Box::new(new_toast::show))
}

/// Shows each new notification, as long as somebody looks at the page.
pub(crate) fn show_new() {
    let navigate = use_navigate();
    let go = Callback::new(move |href: String| navigate(&href, NavigateOptions::default()));
    let screen = Screen { toaster: toast(), path: use_location().pathname.into(), go };
    live().subscribe(Topic::Notifications, move |message| {
        let ServerMessage::Notification(NotificationMessage::Added { notification }) = message else {
            return;
        };
        if !browser::is_seen() {
            return;
        }
        let notification = *notification;
        spawn_local(async move {
            // What does not come stands in the list all the same.
            if let Ok(show) = load().await {
                show(notification, screen);
            }
        });
    });
}
