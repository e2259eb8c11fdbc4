use leptos::prelude::*;

use super::{Button, Dialog, Variant};

/// Asks once before something is gone. The focus starts on "Close", a harmless answer.
#[component]
pub fn ConfirmDialog(
    #[prop(into)] id: String,
    /// The question: "Delete this post?"
    #[prop(into)]
    title: String,
    /// What will be gone.
    #[prop(into)]
    text: String,
    /// The verb that does it: "Delete".
    #[prop(into)]
    confirm: String,
    #[prop(default = "Cancel")] cancel: &'static str,
    open: RwSignal<bool>,
    #[prop(optional, into)] busy: Signal<bool>,
    on_confirm: Callback<()>,
) -> impl IntoView {
    let foot = view! {
        <Button on:click=move |_| open.set(false)>{cancel}</Button>
        <Button variant=Variant::Danger busy on:click=move |_| on_confirm.run(())>{confirm}</Button>
    };
    view! {
        <Dialog id title open foot=foot.into_any()>
            <p>{text}</p>
        </Dialog>
    }
}
