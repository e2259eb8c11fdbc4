//! Likes: a toggle that answers at once, and the count beside it.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    PostId,
    post::{Counts, PostView},
};

use crate::{
    error::AppError,
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
        let toggled = self.liked.try_update(|liked| {
            *liked = !*liked;
            *liked
        });
        let Some(liked) = toggled else { return };
        self.counts.try_update(|counts| {
            counts.likes =
                if liked { counts.likes.saturating_add(1) } else { counts.likes.saturating_sub(1) };
        });
    }

    /// Tells the server what is wanted, until that is what it heard last; shows what was before when it cannot be told.
    async fn tell(self) -> Result<(), AppError> {
        loop {
            let Some(liked) = self.liked.try_get_untracked() else { return Ok(()) };
            let answer = if liked { api::like(self.post).await } else { api::unlike(self.post).await };
            let wanted = self.liked.try_get_untracked();
            match answer {
                Ok(_) if wanted.is_some_and(|wanted| wanted != liked) => {}
                Ok(counts) => {
                    self.hear(counts);
                    return Ok(());
                }
                Err(error) => {
                    if wanted == Some(liked) {
                        self.toggle();
                    }
                    return Err(error);
                }
            }
        }
    }
}

/// The heart and its count.
#[component]
pub fn LikeButton(state: LikeState) -> impl IntoView {
    let toast = toast();
    let busy = StoredValue::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.toggle();
        // While an answer is on its way, the press only changes what is wanted; the task below goes on until the server
        // has heard of the last one.
        if busy.try_update_value(|busy| std::mem::replace(busy, true)) == Some(false) {
            leptos::task::spawn_local(async move {
                if let Err(error) = state.tell().await {
                    toast.fail(error.sentence());
                }
                busy.try_set_value(false);
            });
        }
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
