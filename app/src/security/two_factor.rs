use leptos::prelude::*;
use protocol::two_factor::TwoFactorView;

use crate::{
    account::{CurrentPassword, FormField, FormNotice},
    form::{self, AccountField},
    settings::Setting,
    ui::{Button, Time, Variant, count_of},
};

const BEGIN: &str = "/settings/security/two-factor";
const RENEW: &str = "/settings/security/two-factor/codes";
const OFF: &str = "/settings/security/two-factor/off";

/// The second step of a log-in: off, or on.
#[component]
pub(super) fn TwoFactor(stands: TwoFactorView) -> impl IntoView {
    view! {
        <Setting
            title="Two-factor authentication"
            text="Logging in also asks for a code from an app on your phone. Whoever learns your password can't use it alone."
        >
            {match stands.since {
                None => view! { <TurnOn /> }.into_any(),
                Some(since) => view! { <On since=since.micros() codes=stands.recovery_codes /> }.into_any(),
            }}
        </Setting>
    }
}

#[component]
fn TurnOn() -> impl IntoView {
    let start = form::start(BEGIN);
    view! {
        <FormNotice start=start.clone() />
        <form class="form" novalidate method="post" action=BEGIN>
            <AccountField />
            <CurrentPassword start=StoredValue::new(start) />
            <div class="button-row">
                <Button kind="submit" variant=Variant::Primary>"Set up two-factor authentication"</Button>
            </div>
        </form>
    }
}

#[component]
fn On(since: i64, codes: u32) -> impl IntoView {
    let (renew, off) = (form::start(RENEW), form::start(OFF));
    let (renew_open, off_open) = (renew.problem().is_some(), off.problem().is_some());
    view! {
        <p class="setting-value">"On since " <Time micros=since /> ". " {count_of(codes, "recovery code")} " left."</p>
        <details class="setting-more" open=renew_open>
            <summary class="link">"Make new recovery codes"</summary>
            <FormNotice start=renew.clone() />
            <form class="form" novalidate method="post" action=RENEW>
                <AccountField />
                <CurrentPassword start=StoredValue::new(renew) id="renew-password" hint="The codes you have now will stop working." />
                <div class="button-row"><Button kind="submit">"Make new codes"</Button></div>
            </form>
        </details>
        <details class="setting-more" open=off_open>
            <summary class="link">"Turn off two-factor authentication"</summary>
            <TurnOff start=off />
        </details>
    }
}

#[component]
fn TurnOff(start: form::Start) -> impl IntoView {
    view! {
        <FormNotice start=start.clone() />
        <form class="form" novalidate method="post" action=OFF>
            <AccountField />
            <CurrentPassword start=StoredValue::new(start.clone()) id="off-password" />
            <FormField
                start=StoredValue::new(start)
                label="Code"
                name="code"
                id="off-code"
                autocomplete="one-time-code"
                hint="From your app, or a recovery code."
            />
            <div class="button-row"><Button kind="submit" variant=Variant::Danger>"Turn off"</Button></div>
        </form>
    }
}
