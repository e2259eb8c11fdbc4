use leptos::prelude::*;

use super::VisuallyHidden;

/// A count as an icon has room for it.
pub(crate) fn capped(count: u32) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// How many are new. Nothing at zero. What it counts is part of the name of the link or button around it.
#[component]
pub fn Badge(
    #[prop(into)] count: Signal<u32>,
    /// Read after the figure: "3 unread".
    #[prop(default = "unread")]
    what: &'static str,
) -> impl IntoView {
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                " "
                <span class="badge">{capped(count)}</span>
                <VisuallyHidden>" " {what}</VisuallyHidden>
            }
        })
    }
}
