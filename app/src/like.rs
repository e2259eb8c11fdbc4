//! Likes: a toggle that answers at once, and the count beside it.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    PostId,
    post::{Counts, PostView},
};

use crate::{
    error::AppError,
    form::AccountField,
    page::here,
    ui::{Icon, Toaster, count_of, toast},
};

pub mod api;
mod cache;
mod page;

pub use cache::provide;
use cache::{LikeCache, LikeSnapshot, like_cache};
pub use page::LikesPage;

/// Whether the reader likes a post, and its counts.
#[derive(Debug, Clone, Copy)]
pub struct LikeState {
    /// The post.
    pub post: PostId,
    /// Its counts.
    pub counts: RwSignal<Counts>,
    liked: RwSignal<bool>,
    /// Whether the server is being told of a press.
    in_flight: StoredValue<bool>,
    /// Counts that came meanwhile. Whether they include the press nobody can say, so they wait.
    held: StoredValue<Option<Counts>>,
    /// Where the next card of this post looks.
    cache: LikeCache,
}

impl LikeState {
    /// As the server said it, or as it was pressed and heard since.
    pub fn new(post: &PostView) -> Self {
        let cache = like_cache();
        let LikeSnapshot { liked, counts, .. } = cache.latest(post);
        Self {
            post: post.id,
            cache,
            counts: RwSignal::new(counts),
            liked: RwSignal::new(liked),
            in_flight: StoredValue::new(false),
            held: StoredValue::new(None),
        }
    }

    /// Takes newer counts; older ones that come late change nothing.
    pub fn merge(self, counts: Counts) {
        if self.in_flight.try_get_value() == Some(true) {
            self.held.try_update_value(|held| *held = Some(newer(*held, counts)));
        } else if self.counts.try_with_untracked(|known| known.revision < counts.revision) == Some(true) {
            self.counts.try_set(counts);
            self.save(false);
        }
    }

    /// Remembers what is shown, as long as it is.
    fn save(self, in_flight: bool) {
        if let (Some(liked), Some(counts)) = (self.liked.try_get_untracked(), self.counts.try_get_untracked())
        {
            self.cache.save(self.post, LikeSnapshot { liked, counts, in_flight });
        }
    }

    /// Shows the other state at once, and tells the server. While it is being told, a press only changes what is wanted.
    fn submit(self, toast: Toaster) {
        self.toggle();
        self.save(true);
        if self.in_flight.try_update_value(|in_flight| std::mem::replace(in_flight, true)) == Some(false) {
            leptos::task::spawn_local(async move {
                let answer = self.send().await;
                self.in_flight.try_set_value(false);
                let held = self.held.try_update_value(Option::take).flatten();
                match answer {
                    // Not weighed against what is shown, which was counted here.
                    Ok(Some((liked, counts))) => {
                        let counts = newer(held, counts);
                        self.counts.try_set(counts);
                        self.cache.save(self.post, LikeSnapshot { liked, counts, in_flight: false });
                    }
                    Ok(None) => self.cache.remove(self.post),
                    Err(error) => {
                        self.cache.remove(self.post);
                        held.into_iter().for_each(|counts| self.merge(counts));
                        toast.report(&error);
                    }
                }
            });
        }
    }

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
    /// Nothing when the post has left the screen before.
    async fn send(self) -> Result<Option<(bool, Counts)>, AppError> {
        loop {
            let Some(liked) = self.liked.try_get_untracked() else { return Ok(None) };
            let answer = if liked { api::like(self.post).await } else { api::unlike(self.post).await };
            let wanted = self.liked.try_get_untracked();
            match answer {
                Ok(_) if wanted.is_some_and(|wanted| wanted != liked) => {}
                Ok(counts) => return Ok(Some((liked, counts))),
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

fn newer(held: Option<Counts>, counts: Counts) -> Counts {
    held.filter(|held| held.revision > counts.revision).unwrap_or(counts)
}

/// The heart and its count.
#[component]
pub fn LikeButton(state: LikeState) -> impl IntoView {
    let toast = toast();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        state.submit(toast);
    };
    let id = state.post;
    let action = move || if state.liked.get() { format!("/p/{id}/unlike") } else { format!("/p/{id}/like") };
    view! {
        <form class="act-group" method="post" action=action on:submit=submit>
            <AccountField />
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
