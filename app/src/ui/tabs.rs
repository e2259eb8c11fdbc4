use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::pressed_key;

/// Views of the same thing beside each other. Each [`Tab`] is a link, so that it has an address and works without a
/// script; with one, the arrow keys move along them.
#[component]
pub fn Tabs(#[prop(into)] label: String, children: Children) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    view! {
        <div
            class="tabs"
            role="tablist"
            aria-label=label
            node_ref=node
            on:keydown=move |event| {
                let forward = match pressed_key(&event).as_deref() {
                    Some("ArrowRight") => true,
                    Some("ArrowLeft") => false,
                    _ => return,
                };
                event.prevent_default();
                move_focus(node, forward);
            }
        >
            {children()}
        </div>
    }
}

/// One of [`Tabs`].
#[component]
pub fn Tab(
    #[prop(into)] href: String,
    #[prop(into)] current: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="tab" role="tab" href=href aria-selected=move || if current.get() { "true" } else { "false" }>
            {children()}
        </a>
    }
}

/// Pages beside each other, looking like tabs: a navigation of [`NavTab`]s.
#[component]
pub fn NavTabs(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {children()}
        </nav>
    }
}

/// One of [`NavTabs`].
#[component]
pub fn NavTab(
    #[prop(into)] href: String,
    #[prop(into)] current: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="tab" href=href aria-current=move || current.get().then_some("page")>
            {children()}
        </a>
    }
}

fn move_focus(node: NodeRef<html::Div>, forward: bool) {
    let Some(focused) = document().active_element() else { return };
    let next = if forward { focused.next_element_sibling() } else { focused.previous_element_sibling() };
    let inside = |tab: &web_sys::Element| {
        node.with_untracked(|list| list.as_ref().is_some_and(|list| list.contains(Some(tab))))
    };
    if let Some(tab) = next.filter(inside).and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(tab.focus());
    }
}
