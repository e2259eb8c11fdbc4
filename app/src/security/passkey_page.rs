use leptos::prelude::*;

use crate::{
    page::{ErrorPage, Page, PageHead},
    passkey::{self, Answer, Asking, PasskeyForm},
    ui::{Await, Notice, Shape, Skeleton, Variant},
};

/// For somebody who makes a passkey and has given the password.
#[component]
pub fn PasskeyPage() -> impl IntoView {
    let options = Resource::new(|| (), |()| passkey::api::set_up());
    let reload = Callback::new(move |()| options.refetch());
    let view = move || async move {
        match options.await {
            Ok(options) => view! { <SetUp options /> }.into_any(),
            Err(error) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Row /> } view /> }
}

#[component]
fn SetUp(options: String) -> impl IntoView {
    let ask = move || {
        let options = options.clone();
        Box::pin(async move {
            let credential = passkey::create(&options).await?;
            Ok(Answer { token: String::new(), credential })
        }) as Asking
    };
    view! {
        <Page title="Add a passkey">
            <PageHead text="Add a passkey" back="/settings/security" />
            <div class="card set-up-passkey">
                <p>
                    "Your browser will ask where to keep it: on this device, in a password manager, or on a security key. From then on \
                    your finger, your face or your PIN logs you in."
                </p>
                <noscript>
                    <Notice>"Passkeys need JavaScript. Turn it on for this page."</Notice>
                </noscript>
                <PasskeyForm
                    action="/settings/security/passkey/confirm"
                    label="Create passkey"
                    variant=Variant::Primary
                    ask
                />
            </div>
        </Page>
    }
}
