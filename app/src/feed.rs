//! The home page: write something, read what others wrote.

use leptos::prelude::*;

use crate::{account::Welcome, session};

pub mod api;
mod by;
mod composer;
mod list;
mod memory;
mod page;
mod pending;
mod state;

pub use by::PostsBy;
pub use memory::memory;

/// The home page: the feed for members, a welcome for visitors.
#[component]
pub fn HomePage() -> impl IntoView {
    if session::me().is_some() {
        view! { <page::FeedPage /> }.into_any()
    } else {
        view! { <Welcome /> }.into_any()
    }
}

/// Makes the page able to publish and to remember its place in the feed; once, at its root.
pub fn provide() {
    crate::post::provide_new_post();
    memory::provide_memory();
}
