use leptos::prelude::*;
use protocol::notification::{NotificationKind, NotificationSettings};

use super::api;
use crate::{
    account::{FormNotice, has_query},
    form::{self, AccountField, Start},
    page::ErrorPage,
    settings::{Setting, SettingsPage},
    ui::{Await, Button, Field, Notice, Shape, Skeleton},
};

const ACTION: &str = "/settings/notifications";
/// The quiet time that is proposed.
const NIGHT: [&str; 2] = ["22:00", "07:00"];

/// For somebody who is told too much.
#[component]
pub fn NotificationSettingsPage() -> impl IntoView {
    let settings = Resource::new(|| (), |()| api::settings());
    let reload = Callback::new(move |()| settings.refetch());
    let view = move || async move {
        match settings.await {
            Ok(settings) => view! { <Settings settings /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

#[component]
fn Settings(settings: NotificationSettings) -> impl IntoView {
    let start = form::start(ACTION);
    view! {
        <SettingsPage title="Notification settings">
            {has_query("saved").then(|| view! { <Notice>"Your changes are saved."</Notice> })}
            <Setting
                title="Pop-up notifications"
                text="A new notification pops up for a moment while you have Kith open. All of them stay on the notifications page."
            >
                <FormNotice start=start.clone() />
                <form class="form" method="post" action=ACTION>
                    <AccountField />
                    <Kinds settings=settings.clone() start=start.clone() />
                    <Quiet settings start />
                    <div class="button-row"><Button kind="submit">"Save changes"</Button></div>
                </form>
            </Setting>
        </SettingsPage>
    }
}

#[component]
fn Kinds(settings: NotificationSettings, start: Start) -> impl IntoView {
    let is_returned = start.problem().is_some();
    let boxes = NotificationKind::ALL.map(move |kind| {
        let checked = if is_returned { start.has("show", kind.name()) } else { settings.shows(kind) };
        view! {
            <label class="choice">
                <input type="checkbox" name="show" value=kind.name() checked=checked />
                <span>{label(kind)}</span>
            </label>
        }
    });
    view! {
        <fieldset class="setting-choices" data-column=true>
            <legend class="field-label">"Show pop-ups for"</legend>
            {boxes.into_iter().collect_view()}
        </fieldset>
    }
}

#[component]
fn Quiet(settings: NotificationSettings, start: Start) -> impl IntoView {
    let is_returned = start.problem().is_some();
    let checked = if is_returned { start.has("quiet", "on") } else { settings.quiet.is_some() };
    let [from, until] = match settings.quiet {
        _ if is_returned => ["quiet_from", "quiet_until"].map(|field| start.value(field)),
        Some(quiet) => quiet.texts(),
        None => NIGHT.map(str::to_owned),
    };
    let [from_error, until_error] = ["quiet_from", "quiet_until"].map(|field| start.error(field));
    view! {
        <fieldset class="setting-choices">
            <legend class="field-label">"Quiet time"</legend>
            <label class="choice">
                <input type="checkbox" name="quiet" value="on" checked=checked />
                <span>"No pop-ups between these times"</span>
            </label>
            <div class="setting-times">
                <Field label="From" name="quiet_from" kind="time" value=from error=from_error />
                <Field label="Until" name="quiet_until" kind="time" value=until error=until_error />
            </div>
        </fieldset>
    }
}

const fn label(kind: NotificationKind) -> &'static str {
    match kind {
        NotificationKind::Like => "Likes",
        NotificationKind::Comment => "Comments on your posts",
        NotificationKind::Reply => "Replies to your comments",
        NotificationKind::Mention => "Mentions",
        NotificationKind::Follow => "New followers",
        NotificationKind::Message => "Messages",
    }
}
