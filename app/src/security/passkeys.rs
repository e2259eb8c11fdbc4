use leptos::prelude::*;
use protocol::passkey::{MAX_PASSKEYS, PasskeyView, PasskeysView};

use crate::{
    account::{CurrentPassword, FormNotice},
    form::{self, AccountField},
    settings::Setting,
    ui::{Button, Time, Variant},
};

const BEGIN: &str = "/settings/security/passkey";
const REMOVE: &str = "/settings/security/passkey/remove";

/// One's passkeys, and the way to one more.
#[component]
pub(super) fn Passkeys(stands: PasskeysView) -> impl IntoView {
    let PasskeysView { is_available, passkeys } = stands;
    let may_add = is_available && passkeys.len() < MAX_PASSKEYS as usize;
    let rows: Vec<_> = passkeys.into_iter().map(|passkey| view! { <Passkey passkey /> }).collect();
    view! {
        <Setting
            title="Passkeys"
            text="Log in with your finger, your face or a PIN instead of your password. A passkey can't be guessed, and no fake page can steal it."
        >
            {(!rows.is_empty()).then(|| view! { <ul class="record-list card">{rows}</ul> })}
            {may_add.then(|| view! { <Add /> })}
            {(!is_available).then(|| view! {
                <p class="setting-value">"Passkeys need an address with a name, and this Kith is reached by a number."</p>
            })}
        </Setting>
    }
}

#[component]
fn Add() -> impl IntoView {
    let start = form::start(BEGIN);
    view! {
        <FormNotice start=start.clone() />
        <form class="form" novalidate method="post" action=BEGIN>
            <AccountField />
            <CurrentPassword start=StoredValue::new(start) id="passkey-password" />
            <div class="button-row"><Button kind="submit" variant=Variant::Primary>"Add a passkey"</Button></div>
        </form>
    }
}

#[component]
fn Passkey(passkey: PasskeyView) -> impl IntoView {
    let PasskeyView { id, device, created_at, used_at } = passkey;
    let start = form::start(REMOVE);
    let is_returned = start.value("passkey") == id.to_string();
    let start = if is_returned { start } else { form::Start::default() };
    let used = match used_at {
        Some(used_at) => view! { "Last used " <Time micros=used_at.micros() /> " · " }.into_any(),
        None => "Never used · ".into_any(),
    };
    view! {
        <li class="record">
            <div class="record-text">
                <p class="record-title">{device}</p>
                <p class="record-note">{used} "Added " <Time micros=created_at.micros() /></p>
                <details class="setting-more" open=is_returned>
                    <summary class="link">"Remove"</summary>
                    <FormNotice start=start.clone() />
                    <form class="form" novalidate method="post" action=REMOVE>
                        <AccountField />
                        <input type="hidden" name="passkey" value=id.to_string() />
                        <CurrentPassword start=StoredValue::new(start) id=format!("remove-{id}") />
                        <div class="button-row">
                            <Button kind="submit" variant=Variant::Danger>"Remove passkey"</Button>
                        </div>
                    </form>
                </details>
            </div>
        </li>
    }
}
