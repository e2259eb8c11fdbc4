use leptos::prelude::*;

/// The mark: two circles that overlap, one filled, one outlined, and the word.
#[component]
pub fn Logo(
    /// The circles have not met, and there is no word: for pages that could not be found.
    #[prop(optional)]
    apart: bool,
) -> impl IntoView {
    view! {
        <span class="logo">
            <svg class="logo-mark" viewBox="0 0 32 20" aria-hidden="true" focusable="false" data-apart=apart>
                <circle class="logo-full" cx="10" cy="10" r="10"></circle>
                <circle class="logo-ring" cx="22" cy="10" r="8.8"></circle>
                <path class="logo-through" d="M16.94 2.8A8.8 8.8 0 0 0 16.94 17.2"></path>
            </svg>
            {(!apart).then(|| view! { <span class="logo-word">"kith"</span> })}
        </span>
    }
}
