use leptos::prelude::*;
use protocol::account::AccountSettings;

use super::{
    api, card::has_query, email_setting::EmailSetting, password_setting::PasswordSetting,
    preference_setting::PreferenceSetting,
};
use crate::{
    page::ErrorPage,
    settings::{Setting, SettingsPage},
    ui::{Await, ButtonLink, Notice, Shape, Skeleton},
};

/// For somebody who wants another password or address, or other colours.
#[component]
pub fn AccountSettingsPage() -> impl IntoView {
    let settings = Resource::new(|| (), |()| api::settings());
    let reload = Callback::new(move |()| settings.refetch());
    let view = move || async move {
        match settings.await {
            Ok(settings) => view! { <Account settings /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

#[component]
fn Account(settings: AccountSettings) -> impl IntoView {
    let AccountSettings { email, wanted_email, preferences } = settings;
    view! {
        <SettingsPage title="Account settings">
            <Done />
            <PreferenceSetting preferences />
            <EmailSetting email wanted_email />
            <PasswordSetting />
            <Setting title="Your data" text="Take a copy with you, or delete your account with everything in it.">
                <div class="button-row">
                    <ButtonLink href="/settings/export">"Download your data"</ButtonLink>
                    <ButtonLink href="/settings/delete">"Delete account"</ButtonLink>
                </div>
            </Setting>
        </SettingsPage>
    }
}

/// What was done just now.
#[component]
fn Done() -> impl IntoView {
    let text = match () {
        () if has_query("password") => "Your password is changed, and all other devices are signed out.",
        () if has_query("email") => "We sent a link to your new address. Open it to confirm the change.",
        () if has_query("cancelled") => "Your address stays as it is.",
        () if has_query("saved") => "Your changes are saved.",
        () => return None,
    };
    Some(view! { <Notice>{text}</Notice> })
}
