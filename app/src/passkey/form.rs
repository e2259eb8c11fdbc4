use std::{future::Future, pin::Pin};

use leptos::{ev::SubmitEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use crate::{
    effect::effect,
    form::{self, AccountField},
    ui::{Button, Notice, NoticeKind, Variant},
};

/// What a passkey said, as it is posted.
pub(crate) struct Answer {
    pub(crate) token: String,
    pub(crate) credential: String,
}

/// Asks the browser for an answer; or says why there is none.
pub(crate) type Asking = Pin<Box<dyn Future<Output = Result<Answer, String>>>>;

/// A form whose button has the browser ask for a passkey, and which posts its answer. Without a script nobody can be asked, and it is
/// not there.
#[component]
pub(crate) fn PasskeyForm(
    action: &'static str,
    label: &'static str,
    variant: Variant,
    ask: impl Fn() -> Asking + 'static,
    /// Where to go then.
    #[prop(optional_no_strip)]
    next: Option<String>,
) -> impl IntoView {
    let (hydrated, busy) = (RwSignal::new(false), RwSignal::new(false));
    let failure = RwSignal::new(form::start(action).notice());
    let (token, credential) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    effect(move || hydrated.set(true));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let (false, Some(form)) = (busy.get_untracked(), form) else { return };
        busy.set(true);
        failure.set(None);
        let asking = ask();
        leptos::task::spawn_local(async move {
            match asking.await {
                Ok(answer) => {
                    fill(token, &answer.token);
                    fill(credential, &answer.credential);
                    // It stays busy until the next page is there.
                    failure.try_set(form.submit().err().map(|_| FAILED.to_owned()));
                }
                Err(sentence) => {
                    busy.try_set(false);
                    failure.try_set(Some(sentence));
                }
            }
        });
    };
    let notice = move || failure.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> });
    view! {
        {notice}
        <form method="post" action=action hidden=move || !hydrated.get() on:submit=submit>
            <AccountField />
            {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
            <input type="hidden" name="token" node_ref=token />
            <input type="hidden" name="credential" node_ref=credential />
            <Button kind="submit" variant wide=true busy>{label}</Button>
        </form>
    }
}

const FAILED: &str = "That didn’t work. Reload the page and try again.";

fn fill(input: NodeRef<html::Input>, value: &str) {
    if let Some(input) = input.get_untracked() {
        input.set_value(value);
    }
}
