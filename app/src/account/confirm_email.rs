use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::Problem;

use super::card::{AccountPage, FormNotice};
use crate::{
    form::{self, AccountField},
    ui::{Button, Variant},
};

/// For somebody who opened the link that was sent to their new address. Opening it changes nothing.
#[component]
pub fn ConfirmEmailPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    // The form has no address of its own: it goes where the page is, letter by letter, whatever stands in the link.
    let start = form::start(&format!("/email/{token}"));
    let usable = start.problem() != Some(&Problem::LinkUnusable);
    view! {
        <AccountPage
            title="Confirm your new address"
            heading="Confirm your new address"
            text="From then on you log in with it, and emails go there."
            foot=|| view! { <a class="link" href="/">"Back to Kith"</a> }
        >
            <FormNotice start />
            {usable.then(|| view! {
                <form class="account-card" novalidate method="post">
                    <AccountField />
                    <Button kind="submit" variant=Variant::Primary wide=true>"Confirm this address"</Button>
                </form>
            })}
        </AccountPage>
    }
}
