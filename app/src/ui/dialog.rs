use leptos::{html, prelude::*};

use super::{Button, Variant};
use crate::effect::effect;

/// A modal dialog. The browser keeps the focus inside and gives it back afterwards; Escape and a click beside it close
/// it. What it offers must be reachable without a script in another way.
#[component]
pub fn Dialog(
    /// The only one on the page: made from the id of what the dialog is about.
    #[prop(into)]
    id: String,
    #[prop(into)] title: String,
    open: RwSignal<bool>,
    #[prop(optional)] wide: bool,
    /// The buttons at its foot.
    #[prop(optional)]
    foot: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let open = open.get();
        let Some(dialog) = node.get() else { return };
        if open && !dialog.open() {
            drop(dialog.show_modal());
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog
            class="dialog"
            id=id
            node_ref=node
            closedby="any"
            data-size=wide.then_some("wide")
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
        >
            <header class="dialog-head">
                <h2 class="dialog-title" id=title_id>{title}</h2>
                <Button variant=Variant::Plain icon="close" label="Close" on:click=move |_| open.set(false) />
            </header>
            <div class="dialog-body">{children()}</div>
            {foot.map(|foot| view! { <footer class="dialog-foot">{foot}</footer> })}
        </dialog>
    }
}
