use leptos::prelude::*;

use super::{
    card::FormNotice,
    form_field::{CurrentPassword, FormField},
};
use crate::{
    form::{self, AccountField},
    settings::Setting,
    ui::{Button, Notice},
};

/// Another address.
#[component]
pub(super) fn EmailSetting(email: String, wanted_email: Option<String>) -> impl IntoView {
    let start = form::start("/settings/account/email");
    view! {
        <Setting title="Email address" text="Only you see it. You can log in with it, and emails go there.">
            <p class="setting-value"><bdi>{email}</bdi></p>
            {wanted_email.map(|wanted| view! { <Waiting wanted /> })}
            <FormNotice start=start.clone() />
            <form class="form" novalidate method="post" action="/settings/account/email">
                <AccountField />
                <FormField
                    start=StoredValue::new(start.clone())
                    label="New email"
                    name="email"
                    kind="email"
                    autocomplete="email"
                />
                <CurrentPassword start=StoredValue::new(start) id="email-current-password" />
                <div class="button-row"><Button kind="submit">"Change email"</Button></div>
            </form>
        </Setting>
    }
}

/// An address that waits for its confirmation.
#[component]
fn Waiting(wanted: String) -> impl IntoView {
    view! {
        <Notice title="Check your email">
            <p>"Open the link that we sent to " <b><bdi>{wanted}</bdi></b> ". Until then your address stays as it is."</p>
            <form class="button-row" method="post" action="/settings/account/email/cancel">
                <AccountField />
                <Button kind="submit" small=true>"Cancel the change"</Button>
            </form>
        </Notice>
    }
}
