use leptos::prelude::*;

use super::{card::FormNotice, form_field::CurrentPassword};
use crate::{
    form::{self, AccountField},
    settings::SettingsPage,
    ui::{Button, ButtonLink, Variant},
};

/// For somebody who wants to leave.
#[component]
pub fn DeleteAccountPage() -> impl IntoView {
    let start = form::start("/settings/delete");
    view! {
        <SettingsPage title="Delete account">
            <section class="setting" aria-labelledby="delete-account">
                <div class="setting-head">
                    <h2 id="delete-account">"Delete your account"</h2>
                    <p>"Nobody will see you here from the moment you press the button."</p>
                </div>
                <Consequences />
                <p>"Would you like to keep what is yours? " <a class="link" href="/settings/export">"Download your data first"</a></p>
                <FormNotice start=start.clone() />
                <form class="form" novalidate method="post" action="/settings/delete">
                    <AccountField />
                    <CurrentPassword start=StoredValue::new(start) />
                    <div class="button-row">
                        <ButtonLink href="/settings/account">"Cancel"</ButtonLink>
                        <Button kind="submit" variant=Variant::Danger>"Delete account"</Button>
                    </div>
                </form>
            </section>
        </SettingsPage>
    }
}

#[component]
fn Consequences() -> impl IntoView {
    view! {
        <ul class="setting-points">
            <li>"Your profile, posts, pictures, comments and likes disappear, and you are logged out everywhere."</li>
            <li>"If you change your mind, log in again within the days that the email says. Everything will be back."</li>
            <li>"After that, everything is deleted for good and can’t be brought back."</li>
            <li>"People you chatted with keep what was said, under “Deleted account”."</li>
            <li>"Nobody else can ever take your username."</li>
        </ul>
    }
}
