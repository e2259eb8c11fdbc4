use leptos::prelude::*;
use protocol::{passkey::PasskeysView, session::DeviceView, two_factor::TwoFactorView};
use serde::{Deserialize, Serialize};

use super::{
    api,
    devices::Devices,
    passkeys::Passkeys,
    recovery_codes::{RecoveryCodes, ShownOnce},
    two_factor::TwoFactor,
};
use crate::{
    account::has_query,
    error::AppError,
    page::ErrorPage,
    passkey,
    settings::SettingsPage,
    ui::{Await, Notice, Shape, Skeleton},
};

/// For somebody who wants to know that nobody else is in their account.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let codes = StoredValue::new(RecoveryCodes::take());
    let found = Resource::new(|| (), |()| load());
    let reload = Callback::new(move |()| found.refetch());
    let view = move || async move {
        match found.await {
            Ok(found) => view! { <Security codes=codes.get_value() found /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

/// What protects the account.
#[derive(Clone, Serialize, Deserialize)]
struct Found {
    devices: Vec<DeviceView>,
    passkeys: PasskeysView,
    two_factor: TwoFactorView,
}

async fn load() -> Result<Found, AppError> {
    let (devices, passkeys, two_factor) =
        futures::join!(api::devices(), passkey::api::list(), api::two_factor());
    Ok(Found { devices: devices?, passkeys: passkeys?, two_factor: two_factor? })
}

#[component]
fn Security(codes: Option<RecoveryCodes>, found: Found) -> impl IntoView {
    view! {
        <SettingsPage title="Security settings">
            <Done />
            {codes.map(|codes| view! { <ShownOnce codes /> })}
            <TwoFactor stands=found.two_factor />
            <Passkeys stands=found.passkeys />
            <Devices devices=found.devices />
        </SettingsPage>
    }
}

/// What was done just now.
#[component]
fn Done() -> impl IntoView {
    let text = match () {
        () if has_query("off") => "Two-factor authentication is off.",
        () if has_query("passkey-added") => "Your passkey is ready. You can log in with it from now on.",
        () if has_query("passkey-removed") => "That passkey no longer logs you in.",
        () if has_query("signed-out") => "That device is signed out.",
        () if has_query("alone") => "All other devices are signed out.",
        () => return None,
    };
    Some(view! { <Notice>{text}</Notice> })
}
