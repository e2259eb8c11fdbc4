//! What people see: one module per slice, and the map of the pages.
//!
//! Compiled twice: for the host with the feature `ssr`, for the browser with `hydrate`.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Router};

pub mod account;
pub mod assets;
pub mod block;
mod browser;
pub mod chat;
pub mod client;
pub mod comment;
mod draft;
pub mod error;
pub mod feed;
pub mod follow;
pub mod form;
pub mod frame;
pub mod json;
mod lazy;
pub mod like;
pub mod live;
pub mod media;
mod outbox;
pub mod pages;
mod platform;
pub mod post;
pub mod profile;
pub mod rich;
mod schedule;
#[cfg(feature = "ssr")]
pub mod server;
pub mod session;
mod storage;
mod tab;
pub mod ui;
mod viewport;

/// The page, whatever its address.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    assets::provide();
    form::provide_returned();
    account::provide_username();
    session::provide();
    live::provide();
    ui::provide_toasts();
    ui::provide_clock();
    tab::provide();
    outbox::provide();
    feed::provide();
    like::provide();
    chat::provide();
    media::provide_viewer();
    mark_hydrated();
    view! {
        <Title formatter=document_title />
        <Router>
            <frame::Frame>
                <FlatRoutes fallback=|| view! { <frame::NotFound /> } children=ToChildren::to_children(pages::routes) />
            </frame::Frame>
        </Router>
    }
}

/// On the host, leptos_meta writes the title into the page as it is, and names of people are in it. It does so on whichever
/// thread, where no owner is current.
fn as_title_markup(title: String) -> String {
    if platform::ON_HOST { title.replace('&', "&amp;").replace('<', "&lt;") } else { title }
}

/// What stands on the tab.
fn document_title(title: String) -> String {
    match title.as_str() {
        "" => "Kith".to_owned(),
        _ => format!("{} · Kith", as_title_markup(title)),
    }
}

/// Says on the document that it answers now; the look of what needs a script, and tests, go by it.
fn mark_hydrated() {
    Effect::new(|| {
        if let Some(root) = document().document_element() {
            // Without the mark the page works all the same.
            _ = root.set_attribute("data-hydrated", "");
        }
    });
}
