//! The home page: the composer and the feed.

use leptos::prelude::*;

use crate::{account::Welcome, session};

pub mod api;
mod author_feed;
mod composer;
mod first_steps;
mod list;
mod page;
mod pending;
mod posts;
mod restoration;
mod state;

pub use author_feed::AuthorFeed;
pub use restoration::feed_snapshots;

/// The home page: the feed for members, a welcome for visitors.
#[component]
pub fn HomePage() -> impl IntoView {
    match session::me() {
        Some(me) => view! { <page::FeedPage me /> }.into_any(),
        None => view! { <Welcome /> }.into_any(),
    }
}

/// Makes the page able to publish and to restore its feeds; once, at its root.
pub fn provide() {
    crate::post::provide_new_post();
    restoration::provide_snapshots();
}
