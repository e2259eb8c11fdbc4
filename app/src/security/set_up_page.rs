use leptos::prelude::*;
use protocol::two_factor::{QrCode, SetUpView};

use super::api;
use crate::{
    account::{FormField, FormNotice},
    form::{self, AccountField},
    page::{ErrorPage, Page, PageHead},
    ui::{Await, Button, Shape, Skeleton, Variant},
};

const CONFIRM: &str = "/settings/security/two-factor/confirm";

/// For somebody who sets up codes: the secret, and the field for the first code.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let set_up = Resource::new(|| (), |()| api::set_up());
    let reload = Callback::new(move |()| set_up.refetch());
    let view = move || async move {
        match set_up.await {
            Ok(set_up) => view! { <SetUp set_up /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

#[component]
fn SetUp(set_up: SetUpView) -> impl IntoView {
    let SetUpView { secret, address, code } = set_up;
    let start = form::start(CONFIRM);
    view! {
        <Page title="Set up two-factor authentication">
            <PageHead text="Set up two-factor authentication" back="/settings/security" />
            <ol class="set-up">
                <li>
                    <p>
                        "Scan this with an authenticator app, or " <a class="link" href=address rel="external">"open it on this device"</a>
                        "."
                    </p>
                    <Scannable code />
                    <p>"If you can’t scan it, type this key:"</p>
                    <p><code class="set-up-key">{secret}</code></p>
                </li>
                <li>
                    <p>"Enter the code that the app shows. It’s on from then on."</p>
                    <FormNotice start=start.clone() />
                    <form class="form" novalidate method="post" action=CONFIRM>
                        <AccountField />
                        <FormField start=StoredValue::new(start) label="Code" name="code" autocomplete="one-time-code" />
                        <div class="button-row"><Button kind="submit" variant=Variant::Primary>"Turn on"</Button></div>
                    </form>
                </li>
            </ol>
        </Page>
    }
}

/// Dark on light in both themes, because scanners want it so.
#[component]
fn Scannable(code: QrCode) -> impl IntoView {
    let QrCode { size, path } = code;
    view! {
        <svg class="qr-code" viewBox=format!("0 0 {size} {size}") role="img" aria-label="Code to scan with your authenticator app">
            <path d=path></path>
        </svg>
    }
}
