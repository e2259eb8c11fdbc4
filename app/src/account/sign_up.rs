use leptos::prelude::*;

use super::{
    card::{AccountPage, FormNotice, has_query},
    form_field::{FormField, NewPassword},
};
use crate::{
    form::{self, AccountField, Start},
    ui::{Button, Notice, Variant},
};

/// For somebody who was told of Kith and wants in.
#[component]
pub fn SignUpPage() -> impl IntoView {
    if has_query("sent") {
        return view! { <CheckYourMail /> }.into_any();
    }
    let start = form::start("/signup");
    view! {
        <AccountPage
            title="Sign up"
            heading="A place for your own people"
            text="Write, talk and see each other. Nothing is for sale here."
            foot=|| view! { "Already here? " <a class="link" href="/login">"Log in"</a> }
        >
            <FormNotice start=start.clone() />
            <SignUpForm start />
        </AccountPage>
    }
    .into_any()
}

#[component]
fn SignUpForm(start: Start) -> impl IntoView {
    let start = StoredValue::new(start);
    view! {
        <form class="account-card" novalidate method="post" action="/signup">
            <AccountField />
            <div class="form-pair">
                <FormField start label="First name" name="first_name" autocomplete="given-name" />
                <FormField start label="Last name" name="last_name" autocomplete="family-name" />
            </div>
            <FormField
                start
                label="Username"
                name="username"
                autocomplete="username"
                hint="People find you as @username."
            />
            <FormField start label="Email" name="email" kind="email" autocomplete="email" />
            <NewPassword start label="Password" />
            <Button kind="submit" variant=Variant::Primary wide=true>"Create account"</Button>
        </form>
    }
}

/// The same for every address, whether it had an account or not.
#[component]
fn CheckYourMail() -> impl IntoView {
    view! {
        <AccountPage
            title="Check your email"
            heading="Check your email"
            text="We sent you a link. Open it to confirm your address."
            foot=|| view! { "Already verified? " <a class="link" href="/login">"Log in"</a> }
        >
            <ResendForm start=form::start("/resend") />
        </AccountPage>
    }
}

/// Sends the link for verification once more.
#[component]
pub(super) fn ResendForm(start: Start) -> impl IntoView {
    view! {
        <form class="account-card" novalidate method="post" action="/resend">
            <AccountField />
            <Notice title="Didn't get it?">
                "Check your spam folder, or send the link again. It can take a few minutes."
            </Notice>
            <FormNotice start=start.clone() />
            <FormField
                start=StoredValue::new(start)
                label="Email"
                name="email"
                id="resend-email"
                kind="email"
                autocomplete="email"
            />
            <Button kind="submit">"Send the link again"</Button>
        </form>
    }
}
