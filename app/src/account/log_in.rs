use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use protocol::Problem;

use super::{
    card::{AccountPage, FormNotice, has_query},
    form_field::FormField,
    sign_up::ResendForm,
};
use crate::{
    form::{self, AccountField, Start},
    passkey::PasskeyLogIn,
    ui::{Button, Notice, Variant},
};

/// For somebody who has an account.
#[component]
pub fn LogInPage() -> impl IntoView {
    let start = form::start("/login");
    let resend = form::start("/resend");
    let asked = use_query_map().with_untracked(|query| query.get("next"));
    let typed = [start.value("next"), form::start("/login/passkey").value("next")];
    let next = typed.into_iter().find(|next| !next.is_empty()).or(asked);
    let unverified = start.problem() == Some(&Problem::NotVerified) || resend.problem().is_some();
    view! {
        <AccountPage
            title="Log in"
            heading="Good to see you"
            foot=|| view! { "New here? " <a class="link" href="/signup">"Create an account"</a> }
        >
            <LogInNotice />
            <FormNotice start=start.clone() />
            {unverified.then(|| view! { <ResendForm start=resend /> })}
            <LogInForm start next=next.clone() />
            <PasskeyLogIn next />
        </AccountPage>
    }
}

/// What led here.
#[component]
fn LogInNotice() -> impl IntoView {
    let text = match () {
        () if has_query("verified") => "Your address is verified. Log in to get started.",
        () if has_query("changed") => {
            "Your password is changed, and you are logged out everywhere. Log in with the new one."
        }
        () if has_query("confirmed") => "Your new address is confirmed. Log in with it from now on.",
        () if has_query("expired") => "That took too long. Log in again.",
        () if has_query("left") => "You are logged out.",
        () if has_query("closed") => {
            "Your account will be deleted. To keep it, log in before the day that we sent you by email."
        }
        () if has_query("deleted") => "Your account is deleted.",
        () if has_query("next") => "Log in to see that page.",
        () => return None,
    };
    Some(view! { <Notice>{text}</Notice> })
}

#[component]
fn LogInForm(start: Start, #[prop(optional_no_strip)] next: Option<String>) -> impl IntoView {
    let start = StoredValue::new(start);
    view! {
        <form class="account-card" novalidate method="post" action="/login">
            <AccountField />
            {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
            <FormField start label="Username or email" name="login" autocomplete="username" />
            <FormField start label="Password" name="password" kind="password" autocomplete="current-password" />
            <a class="account-aside link" href="/forgot">"Forgot your password?"</a>
            <Button kind="submit" variant=Variant::Primary wide=true>"Log in"</Button>
        </form>
    }
}
