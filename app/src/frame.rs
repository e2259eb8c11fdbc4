//! The frame around every page: where one can go, who one is, and whether the server is there.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::{media::PictureViewer, session, ui::Toasts};

mod connection;
mod error_page;
mod focus;
mod log_out;
mod page;
mod prefetch;
mod rail;
mod title;
mod update;

pub use error_page::{ErrorPage, NotFound};
pub use page::{GalleryPage, Heading, Page, PageHead};
pub use title::PageTitle;

/// Sets the status that the page is sent with. Only there while the host renders.
#[derive(Clone)]
pub struct PageStatus(Arc<dyn Fn(u16) + Send + Sync>);

impl PageStatus {
    /// Sets it through `set`.
    pub fn new(set: impl Fn(u16) + Send + Sync + 'static) -> Self {
        Self(Arc::new(set))
    }
}

/// Says the status of the page that is being rendered.
pub fn set_status(code: u16) {
    if let Some(PageStatus(set)) = use_context() {
        set(code);
    }
}

/// The address of the page that is shown, for forms that lead back to it.
pub fn here() -> String {
    let location = use_location();
    let search = location.search.get_untracked();
    let path = location.pathname.get_untracked();
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

/// The frame. Visitors see none of it.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    focus::follow_navigation();
    prefetch::prefetch_on_hover();
    update::reload_when_idle();
    let me = session::me();
    let path = use_location().pathname;
    let is_member = me.is_some();
    let log_out = me.as_ref().map(|me| log_out::LogOut::new(me.person.id));
    // Links from mails lead to pages that look the same whether one is signed in or not.
    let outside =
        move || !is_member || path.with(|path| path.starts_with("/verify/") || path.starts_with("/reset/"));
    view! {
        // Left to the browser, which moves the keyboard's place along; the router would only scroll.
        <a class="skip" href="#main" rel="external">"Skip to content"</a>
        <div class="shell" data-guest=outside>
            {me.zip(log_out).map(|(me, log_out)| view! { <rail::Rail me log_out /> })}
            <div class="page">{children()}</div>
        </div>
        {log_out.map(|log_out| view! { <log_out::LogOutDialog log_out /> })}
        <connection::Connection />
        <Toasts />
        <PictureViewer />
    }
}
