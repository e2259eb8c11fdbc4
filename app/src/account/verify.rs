use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::{
    card::{AccountPage, FormNotice},
    sign_up::ResendForm,
};
use crate::{
    form::{self, AccountField},
    ui::{Button, Variant},
};

/// The username of the account that the link in the page's address verifies. The host provides it with the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UsernameToVerify(pub String);

/// Takes over from the host what it provides; called once, at the root.
pub fn provide_username() {
    let username = SharedValue::new(use_context::<UsernameToVerify>).into_inner();
    provide_context(StoredValue::new(username));
}

/// For somebody who opened the link from the mail. Opening it changes nothing: programs that look at mails open links,
/// too.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    // The form has no address of its own: it goes where the page is, letter by letter, whatever stands in the link.
    let start = form::start(&format!("/verify/{token}"));
    let failed = start.problem().is_some();
    let username =
        use_context::<StoredValue<Option<UsernameToVerify>>>().and_then(|stored| stored.get_value());
    view! {
        <AccountPage
            title="Verify your address"
            heading="Almost there"
            text="One click and you're in."
            foot=|| view! { <a class="link" href="/login">"Log in"</a> }
        >
            <FormNotice start />
            {if failed {
                view! { <ResendForm start=form::start("/resend") /> }.into_any()
            } else {
                view! {
                    <form class="account-card" novalidate method="post">
                        <AccountField />
                        {username.map(|UsernameToVerify(username)| view! { <Username username /> })}
                        <Button kind="submit" variant=Variant::Primary wide=true>"Verify my address"</Button>
                    </form>
                }
                .into_any()
            }}
        </AccountPage>
    }
}

/// Whose account it is. Anybody may have typed the reader's address.
#[component]
fn Username(username: String) -> impl IntoView {
    view! {
        <p>
            "This verifies the account " <b>"@" {username}</b>
            ". If that’s not you, someone else signed up with your address. Close this page."
        </p>
    }
}
