use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    card::{AccountPage, FormNotice},
    sign_up::ResendForm,
};
use crate::{
    form::{self, AccountField},
    ui::{Button, Variant},
};

/// For somebody who opened the link from the mail. Opening it changes nothing: programs that look at mails open links,
/// too.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    // The form has no address of its own: it goes where the page is, letter by letter, whatever stands in the link.
    let start = form::start(&format!("/verify/{token}"));
    let failed = start.problem().is_some();
    view! {
        <AccountPage
            title="Verify your address"
            heading="Almost there"
            text="One press, and your account can be used."
            foot=|| view! { <a class="link" href="/login">"Log in"</a> }
        >
            <FormNotice start />
            {if failed {
                view! { <ResendForm start=form::start("/resend") /> }.into_any()
            } else {
                view! {
                    <form class="account-card" novalidate method="post">
                        <AccountField />
                        <Button kind="submit" variant=Variant::Primary wide=true>"Verify my address"</Button>
                    </form>
                }
                .into_any()
            }}
        </AccountPage>
    }
}
