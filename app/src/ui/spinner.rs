use leptos::prelude::*;

use super::VisuallyHidden;

/// A ring that turns. Shown after a second of waiting, with what one is waiting for.
#[component]
pub fn Spinner(
    #[prop(optional)] small: bool,
    #[prop(default = "Loading")] label: &'static str,
) -> impl IntoView {
    view! {
        <span class="spinner" data-size=small.then_some("small")></span>
        <VisuallyHidden>{label}</VisuallyHidden>
    }
}
