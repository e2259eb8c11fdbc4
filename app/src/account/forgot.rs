use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::Problem;

use super::{
    card::{AccountPage, FormNotice, has_query},
    form_field::{FormField, NewPassword},
};
use crate::{
    form::{self, AccountField},
    ui::{Button, ButtonLink, Variant},
};

/// For somebody who forgot the password.
#[component]
pub fn ForgotPage() -> impl IntoView {
    let back = || view! { <a class="link" href="/login">"Back to log in"</a> };
    if has_query("sent") {
        return view! {
            <AccountPage
                title="Check your email"
                heading="Check your email"
                text="If there's an account with this address, we sent it a link to choose a new password. It works for an hour."
                foot=back
            >
                <ButtonLink href="/login">"Log in"</ButtonLink>
            </AccountPage>
        }
        .into_any();
    }
    let start = form::start("/forgot");
    view! {
        <AccountPage
            title="Forgotten password"
            heading="Forgot your password?"
            text="Enter your address and we'll send you a link to choose a new one."
            foot=back
        >
            <FormNotice start=start.clone() />
            <form class="account-card" novalidate method="post" action="/forgot">
                <AccountField />
                <FormField start=StoredValue::new(start) label="Email" name="email" kind="email" autocomplete="email" />
                <Button kind="submit" variant=Variant::Primary wide=true>"Send the link"</Button>
            </form>
        </AccountPage>
    }
    .into_any()
}

/// For somebody who opened the link from the mail.
#[component]
pub fn ResetPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    // The form has no address of its own: it goes where the page is, letter by letter, whatever stands in the link.
    let start = form::start(&format!("/reset/{token}"));
    let usable = start.problem() != Some(&Problem::LinkUnusable);
    view! {
        <AccountPage
            title="New password"
            heading="Choose a new password"
            text="You will be logged out everywhere else."
            foot=|| view! { <a class="link" href="/forgot">"Send a new link"</a> }
        >
            <FormNotice start=start.clone() />
            {usable.then(|| view! {
                <form class="account-card" novalidate method="post">
                    <AccountField />
                    <NewPassword start=StoredValue::new(start) label="New password" />
                    <Button kind="submit" variant=Variant::Primary wide=true>"Change password"</Button>
                </form>
            })}
        </AccountPage>
    }
}
