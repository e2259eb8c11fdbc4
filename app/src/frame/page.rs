use leptos::prelude::*;
use leptos_meta::Title;

/// The main part of a page, named by its title.
#[component]
pub fn Page(
    #[prop(into)] title: String,
    /// Over the whole width.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title />
        <main class="main" id="main" tabindex="-1" data-wide=wide>
            {children()}
        </main>
    }
}

/// The heading of a page that needs none to be seen.
#[component]
pub fn Heading(#[prop(into)] text: String) -> impl IntoView {
    view! { <h1 class="visually-hidden">{text}</h1> }
}

/// The heading of a page, at its top.
#[component]
pub fn PageHead(#[prop(into)] text: String, #[prop(optional)] back: Option<&'static str>) -> impl IntoView {
    view! {
        <div class="page-head">
            {back.map(|href| {
                view! {
                    <a class="page-back button" data-variant="plain" data-icon="true" href=href aria-label="Back">
                        <crate::ui::Icon name="back" />
                    </a>
                }
            })}
            <h1>{text}</h1>
        </div>
    }
}
