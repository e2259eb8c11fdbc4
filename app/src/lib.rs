//! What people see: one module per slice, and the map of the pages.
//!
//! Compiled twice: for the host with the feature `ssr`, for the browser with `hydrate`.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Router};

pub mod account;
pub mod assets;
pub mod block;
mod browser;
pub mod chat;
pub mod client;
pub mod comment;
pub mod community;
mod draft;
mod effect;
pub mod error;
pub mod export;
pub mod feed;
pub mod follow;
pub mod form;
mod gallery;
pub mod history;
pub mod json;
mod lazy;
pub mod like;
pub mod live;
pub mod media;
pub mod notification;
mod outbox;
pub mod page;
pub mod pages;
pub mod passkey;
pub mod people;
mod platform;
pub mod post;
pub mod presence;
pub mod profile;
pub mod rich;
mod schedule;
pub mod search;
pub mod security;
#[cfg(feature = "ssr")]
pub mod server;
pub mod session;
pub mod settings;
mod shell;
mod storage;
mod stylesheet;
pub mod suggestion;
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
    community::provide();
    live::provide();
    ui::provide_toasts();
    ui::provide_clock(session::me().map(|me| me.preferences).unwrap_or_default());
    page::provide_title();
    tab::provide();
    outbox::provide();
    feed::provide();
    like::provide();
    follow::provide();
    chat::provide();
    presence::report();
    media::provide_viewer();
    mark_hydrated();
    view! {
        <Router>
            <shell::Shell>
                <FlatRoutes fallback=|| view! { <page::NotFound /> } children=ToChildren::to_children(pages::routes) />
            </shell::Shell>
        </Router>
    }
}

/// Says on the document that it answers now; the look of what needs a script, and tests, go by it.
fn mark_hydrated() {
    effect::effect(|| {
        if let Some(root) = document().document_element() {
            // Without the mark the page works all the same.
            _ = root.set_attribute("data-hydrated", "");
        }
    });
}
