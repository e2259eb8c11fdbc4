use leptos::prelude::*;

use super::{
    card::FormNotice,
    form_field::{CurrentPassword, NewPassword},
};
use crate::{
    form::{self, AccountField},
    settings::Setting,
    ui::Button,
};

/// Another password.
#[component]
pub(super) fn PasswordSetting() -> impl IntoView {
    let start = form::start("/settings/account/password");
    view! {
        <Setting title="Password" text="Changing it signs out all your other devices.">
            <FormNotice start=start.clone() />
            <form class="form" novalidate method="post" action="/settings/account/password">
                <AccountField />
                <CurrentPassword start=StoredValue::new(start.clone()) id="password-current" />
                <NewPassword start=StoredValue::new(start) label="New password" />
                <div class="button-row"><Button kind="submit">"Change password"</Button></div>
            </form>
            <p class="field-hint">
                <a class="link" href="/forgot?switch">"Forgot your password?"</a>
            </p>
        </Setting>
    }
}
