use leptos::prelude::*;
use protocol::Problem;

use super::{
    api, browser,
    form::{Answer, Asking, PasskeyForm},
};
use crate::ui::Variant;

/// The way in for somebody who has a passkey: the browser asks which.
#[component]
pub(crate) fn PasskeyLogIn(
    /// Where to go then.
    next: Option<String>,
) -> impl IntoView {
    view! {
        <PasskeyForm action="/login/passkey" label="Log in with a passkey" variant=Variant::Quiet ask next />
    }
}

fn ask() -> Asking {
    Box::pin(async {
        let asked = api::begin_log_in().await.map_err(|error| match error.problem() {
            // Browsers have none for an address without a name.
            Problem::NotFound => "Passkeys can’t be used at this address.".to_owned(),
            _ => error.sentence(),
        })?;
        let credential = browser::get(&asked.options).await?;
        Ok(Answer { token: asked.token, credential })
    })
}
