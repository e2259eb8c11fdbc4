//! Likes: a toggle that answers at once, and the count beside it.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    PostId,
    post::{Counts, PostView},
};

use crate::{
    frame::here,
    post::count_of,
    ui::{Icon, toast},
};

pub mod api;
mod page;

pub use page::LikesPage;

/// Whether the reader likes a post, and its counts.
#[derive(Debug, Clone, Copy)]
pub struct LikeState {
    /// The post.
    pub post: PostId,
    /// Its counts.
    pub counts: RwSignal<Counts>,
    liked: RwSignal<bool>,
}

impl LikeState {
    /// As the server said it.
    pub fn new(post: &PostView) -> Self {
        Self { post: post.id, counts: RwSignal::new(post.counts), liked: RwSignal::new(post.liked) }
    }

    /// Takes newer counts; older ones that come late change nothing.
    pub fn hear(self, counts: Counts) {
        if self.counts.try_with_untracked(|known| known.revision < counts.revision) == Some(true) {
            self.counts.try_set(counts);
        }
    }

    /// Shows the other state before the server has said anything.
    fn toggle(self) {
        let liked = !self.liked.get_untracked();
        self.liked.set(liked);
        self.counts.update(|counts| {
            counts.likes =
                if liked { counts.likes.saturating_add(1) } else { counts.likes.saturating_sub(1) };
        });
    }
}

/// The heart and its count.
#[component]
pub fn LikeButton(state: LikeState) -> impl IntoView {
    let toast = toast();
    let busy = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let before = state.counts.get_untracked();
        state.toggle();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let liked = state.liked.try_get_untracked() == Some(true);
            let answer = if liked { api::like(state.post).await } else { api::unlike(state.post).await };
            busy.try_set(false);
            match answer {
                Ok(counts) => state.hear(counts),
                Err(error) => {
                    state.liked.try_set(!liked);
                    // What others did meanwhile has come over the socket with a newer revision.
                    if state.counts.try_with_untracked(|now| now.revision == before.revision) == Some(true) {
                        state.counts.try_set(before);
                    }
                    toast.fail(error.sentence());
                }
            }
        });
    };
    let id = state.post;
    let action = move || if state.liked.get() { format!("/p/{id}/unlike") } else { format!("/p/{id}/like") };
    view! {
        <form class="act-group" method="post" action=action on:submit=submit>
            <input type="hidden" name="back" value=here() />
            <button
                class="act act-like"
                aria-label="Like"
                aria-pressed=move || if state.liked.get() { "true" } else { "false" }
            >
                <Icon name="heart" />
            </button>
            <a class="act-count" href=format!("/p/{id}/likes")>{move || count_of(state.counts.get().likes, "like")}</a>
        </form>
    }
}
