use leptos::prelude::*;
use protocol::session::DeviceView;

use crate::{
    form::AccountField,
    settings::Setting,
    ui::{Button, Time},
};

/// The devices that are signed in.
#[component]
pub(super) fn Devices(devices: Vec<DeviceView>) -> impl IntoView {
    let has_others = devices.len() > 1;
    view! {
        <Setting title="Signed-in devices" text="If you don't know one, sign it out and change your password.">
            <ul class="record-list card">
                {devices.into_iter().map(|device| view! { <Device device /> }).collect_view()}
            </ul>
            {has_others.then(|| view! {
                <form class="button-row" method="post" action="/settings/security/sign-out-others">
                    <AccountField />
                    <Button kind="submit">"Sign out everywhere else"</Button>
                </form>
            })}
            <p class="field-hint"><a class="link" href="/history?log-ins">"All log-ins"</a></p>
        </Setting>
    }
}

#[component]
fn Device(device: DeviceView) -> impl IntoView {
    let DeviceView { id, device, signed_in_at, used_at, is_this } = device;
    let name = format!("Sign out {device}");
    view! {
        <li class="record">
            <div class="record-text">
                <p class="record-title">
                    {device}
                    {is_this.then(|| view! { " " <span class="record-mark">"This device"</span> })}
                </p>
                <p class="record-note">
                    "Last used " <Time micros=used_at.micros() /> " · Logged in " <Time micros=signed_in_at.micros() />
                </p>
            </div>
            {(!is_this).then(|| view! {
                <form method="post" action="/settings/security/sign-out">
                    <AccountField />
                    <input type="hidden" name="session" value=id.to_string() />
                    <Button kind="submit" small=true label=name>"Sign out"</Button>
                </form>
            })}
        </li>
    }
}
