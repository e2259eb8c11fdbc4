use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::{
    card::{AccountPage, FormNotice},
    form_field::FormField,
};
use crate::{
    form::{self, AccountField},
    ui::{Button, Variant},
};

/// For somebody whose password was right, and whose log-in asks for a code.
#[component]
pub fn CodePage() -> impl IntoView {
    let start = form::start("/login/code");
    let asked = use_query_map().with_untracked(|query| query.get("next"));
    let next = Some(start.value("next")).filter(|next| !next.is_empty()).or(asked);
    view! {
        <AccountPage
            title="Enter your code"
            heading="One more step"
            text="Enter the code that your authenticator app shows. Or use a recovery code."
            foot=|| view! { <a class="link" href="/login">"Back to log in"</a> }
        >
            <FormNotice start=start.clone() />
            <form class="account-card" novalidate method="post" action="/login/code">
                <AccountField />
                {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <FormField start=StoredValue::new(start) label="Code" name="code" autocomplete="one-time-code" />
                <Button kind="submit" variant=Variant::Primary wide=true>"Log in"</Button>
            </form>
        </AccountPage>
    }
}
