//! Likes: a toggle that answers at once, and the count beside it.

use leptos::{ev::SubmitEvent, prelude::*};
use protocol::{
    PostId,
    post::{Counts, PostView},
};

use crate::{
    error::AppError,
    form::AccountField,
    frame::here,
    post::count_of,
    ui::{Icon, Toaster, toast},
};

pub mod api;
mod known;
mod page;
mod people;

pub use known::provide;
use known::{Known, Standing, known};
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
    telling: StoredValue<bool>,
    /// Counts that came meanwhile. Whether they include the press nobody can say, so they wait.
    held: StoredValue<Option<Counts>>,
    /// Where the next card of this post looks.
    known: Known,
}

impl LikeState {
    /// As the server said it, or as it was pressed and heard since.
    pub fn new(post: &PostView) -> Self {
        let known = known();
        let Standing { liked, counts, .. } = known.standing(post);
        Self {
            post: post.id,
            known,
            counts: RwSignal::new(counts),
            liked: RwSignal::new(liked),
            telling: StoredValue::new(false),
            held: StoredValue::new(None),
        }
    }

    /// Takes newer counts; older ones that come late change nothing.
    pub fn hear(self, counts: Counts) {
        if self.telling.try_get_value() == Some(true) {
            self.held.try_update_value(|held| *held = Some(newer(*held, counts)));
        } else if self.counts.try_with_untracked(|known| known.revision < counts.revision) == Some(true) {
            self.counts.try_set(counts);
            self.note(false);
        }
    }

    /// Remembers what is shown, as long as it is.
    fn note(self, telling: bool) {
        if let (Some(liked), Some(counts)) = (self.liked.try_get_untracked(), self.counts.try_get_untracked())
        {
            self.known.note(self.post, Standing { liked, counts, telling });
        }
    }

    /// Shows the other state at once, and tells the server. While it is being told, a press only changes what is wanted.
    fn press(self, toast: Toaster) {
        self.toggle();
        self.note(true);
        if self.telling.try_update_value(|telling| std::mem::replace(telling, true)) == Some(false) {
            leptos::task::spawn_local(async move {
                let told = self.tell().await;
                self.telling.try_set_value(false);
                let held = self.held.try_update_value(Option::take).flatten();
                match told {
                    // Not weighed against what is shown, which was counted here.
                    Ok(Some((liked, counts))) => {
                        let counts = newer(held, counts);
                        self.counts.try_set(counts);
                        self.known.note(self.post, Standing { liked, counts, telling: false });
                    }
                    Ok(None) => self.known.forget(self.post),
                    Err(error) => {
                        self.known.forget(self.post);
                        held.into_iter().for_each(|counts| self.hear(counts));
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
    async fn tell(self) -> Result<Option<(bool, Counts)>, AppError> {
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
        state.press(toast);
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
