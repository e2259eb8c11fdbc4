//! What every page is made of: its main part and heading, its status and address, and what stands in its place when it
//! did not come. Pages are built on this, and the shell around them is built on pages.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::ui::{ButtonLink, Variant};

mod error_page;
mod focus;
mod title;

pub use error_page::{ErrorPage, NotFound};
pub(crate) use focus::PendingFocus;
pub use title::PageTitle;
pub(crate) use title::provide_title;

/// Sets the status that the page is sent with. Only there while the host renders.
#[derive(Clone)]
pub struct PageStatus(Arc<dyn Fn(u16) + Send + Sync>);

impl PageStatus {
    /// Sets it through `set`.
    pub fn new(set: impl Fn(u16) + Send + Sync + 'static) -> Self {
        Self(Arc::new(set))
    }
}

/// Sets the status of the page that is being rendered.
pub fn set_status(code: u16) {
    if let Some(PageStatus(set)) = use_context() {
        set(code);
    }
}

/// Stands in for the address of the page in markup that is rendered apart from it.
#[derive(Debug, Clone)]
pub(crate) struct PageAddress(pub(crate) String);

/// The address of the page that is shown, for forms that lead back to it.
pub fn here() -> String {
    if let Some(PageAddress(address)) = use_context() {
        return address;
    }
    let location = use_location();
    let search = location.search.get_untracked();
    let path = location.pathname.get_untracked();
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

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
