//! The home page: write something, read what others wrote.

use leptos::prelude::*;

use crate::{account::Welcome, session};

pub mod api;
mod composer;
mod list;
mod page;

/// The home page: the feed for members, a welcome for visitors.
#[component]
pub fn HomePage() -> impl IntoView {
    if session::me().is_some() {
        view! { <page::FeedPage /> }.into_any()
    } else {
        view! { <Welcome /> }.into_any()
    }
}
