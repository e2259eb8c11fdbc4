use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Icon, IconSize, pressed_key};

/// A button that opens a short list of links and buttons. The browser opens and closes it, with or without a script;
/// with one, the arrow keys move through it and it closes after a choice: before the choice is acted upon, so that the
/// focus is back on the button and a dialog that opens now can return it there.
#[component]
pub fn Menu(
    /// The only one on the page: made from the id of what the menu is about.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(default = "more")] icon: &'static str,
    /// [`MenuLink`]s, [`MenuButton`]s and forms around them.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let close = move || node.with_untracked(|menu| menu.iter().for_each(|menu| drop(menu.hide_popover())));
    view! {
        <button
            class="button"
            type="button"
            data-variant="plain"
            data-icon=true
            aria-label=label
            popovertarget=id.clone()
        >
            <Icon name=icon />
        </button>
        <div
            class="menu"
            id=id
            popover="auto"
            node_ref=node
            on:click:capture=move |_| close()
            on:toggle=move |_| open_at_first(node)
            on:keydown=move |event| {
                let Some(key) = pressed_key(&event) else { return };
                if key == "Tab" {
                    close();
                } else if let Some(step) = Step::of(&key) {
                    event.prevent_default();
                    node.with_untracked(|menu| menu.iter().for_each(|menu| step.apply(menu)));
                }
            }
        >
            {children()}
        </div>
    }
}

/// A place to go to.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(optional)] icon: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class="menu-item" href=href>
            {icon.map(|name| view! { <Icon name size=IconSize::Small /> })}
            {children()}
        </a>
    }
}

/// Something to do. In a form, `kind="submit"`.
#[component]
pub fn MenuButton(
    #[prop(default = "button")] kind: &'static str,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional)] danger: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <button class="menu-item" type=kind data-danger=danger>
            {icon.map(|name| view! { <Icon name size=IconSize::Small /> })}
            {children()}
        </button>
    }
}

/// A line between items.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <div class="menu-separator"></div> }
}

fn open_at_first(node: NodeRef<html::Div>) {
    node.with_untracked(|menu| {
        if let Some(menu) = menu.as_ref().filter(|menu| menu.matches(":popover-open").unwrap_or(false)) {
            Step::First.apply(menu);
        }
    });
}

/// How the focus moves through the items.
#[derive(Clone, Copy)]
enum Step {
    First,
    Last,
    Next,
    Previous,
}

impl Step {
    fn of(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Self::Next),
            "ArrowUp" => Some(Self::Previous),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }

    fn apply(self, menu: &web_sys::Element) {
        let Ok(items) = menu.query_selector_all(".menu-item") else { return };
        let item = |index| items.get(index).and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok());
        let focused = document().active_element();
        let at = (0..items.length()).find(|&index| item(index).as_deref() == focused.as_ref());
        if let Some(item) = self.from(at, items.length()).and_then(item) {
            drop(item.focus());
        }
    }

    /// Goes round at the ends.
    fn from(self, at: Option<u32>, count: u32) -> Option<u32> {
        let last = count.checked_sub(1)?;
        Some(match (self, at) {
            (Self::First, _) | (Self::Next, None) => 0,
            (Self::Last, _) | (Self::Previous, None | Some(0)) => last,
            (Self::Next, Some(at)) => (at + 1) % count,
            (Self::Previous, Some(at)) => at - 1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn arrow_keys_go_round_at_the_ends() {
        assert_eq!(Step::Next.from(Some(2), 3), Some(0));
        assert_eq!(Step::Previous.from(Some(0), 3), Some(2));
        assert_eq!(Step::Next.from(None, 3), Some(0));
        assert_eq!(Step::Next.from(None, 0), None);
    }
}
