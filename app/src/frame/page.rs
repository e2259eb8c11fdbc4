use leptos::prelude::*;

use super::{NotFound, PageTitle, focus};
use crate::{
    assets::Assets,
    ui::{ButtonLink, Gallery, Variant},
};

/// The main part of a page, named by its title.
#[component]
pub fn Page(
    #[prop(into)] title: String,
    /// Over the whole width.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    focus::focus_pending_heading();
    view! {
        <PageTitle text=title />
        <main class="main" id="main" tabindex="-1" data-wide=wide>
            {children()}
        </main>
    }
}

/// Every component in every state, in development builds only.
#[component]
pub fn GalleryPage() -> impl IntoView {
    // Known at compile time in the client, so that a release does not carry it; the server goes by the client it serves.
    if cfg!(debug_assertions) && with_context::<Assets, _>(|assets| assets.dev) == Some(true) {
        view! { <Page title="Components" wide=true><Gallery /></Page> }.into_any()
    } else {
        view! { <NotFound /> }.into_any()
    }
}

/// The heading of a page that needs none to be seen.
#[component]
pub fn Heading(#[prop(into)] text: String) -> impl IntoView {
    view! { <h1 class="visually-hidden">{text}</h1> }
}

/// The heading of a page, at its top.
#[component]
pub fn PageHead(#[prop(into)] text: String, #[prop(optional, into)] back: Option<String>) -> impl IntoView {
    view! {
        <div class="page-head">
            {back.map(|href| {
                view! { <ButtonLink href variant=Variant::Plain icon="back" label="Back" class="page-back" /> }
            })}
            <h1>{text}</h1>
        </div>
    }
}
