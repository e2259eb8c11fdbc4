use leptos::prelude::*;
use protocol::{session::DeviceView, two_factor::TwoFactorView};

use super::{
    api,
    devices::Devices,
    recovery_codes::{RecoveryCodes, ShownOnce},
    two_factor::TwoFactor,
};
use crate::{
    account::has_query,
    error::AppError,
    page::ErrorPage,
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
            Ok((devices, stands)) => view! { <Security codes=codes.get_value() devices stands /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

async fn load() -> Result<(Vec<DeviceView>, TwoFactorView), AppError> {
    let (devices, two_factor) = futures::join!(api::devices(), api::two_factor());
    Ok((devices?, two_factor?))
}

#[component]
fn Security(codes: Option<RecoveryCodes>, devices: Vec<DeviceView>, stands: TwoFactorView) -> impl IntoView {
    view! {
        <SettingsPage title="Security settings">
            <Done />
            {codes.map(|codes| view! { <ShownOnce codes /> })}
            <TwoFactor stands />
            <Devices devices />
        </SettingsPage>
    }
}

/// What was done just now.
#[component]
fn Done() -> impl IntoView {
    let text = match () {
        () if has_query("off") => "Two-factor authentication is off.",
        () if has_query("signed-out") => "That device is signed out.",
        () if has_query("alone") => "All other devices are signed out.",
        () => return None,
    };
    Some(view! { <Notice>{text}</Notice> })
}
