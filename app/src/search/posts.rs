use leptos::{ev::MouseEvent, prelude::*};
use protocol::{Page, PostId, post::PostView};
use uuid::Uuid;

use super::{api, encoded};
use crate::{
    post::PostCard,
    ui::{ButtonLink, EmptyState, KeyedList, Row, Toaster, toast},
};

/// The posts that were found. Cheap to copy.
#[derive(Clone, Copy)]
struct Posts {
    posts: RwSignal<Vec<PostView>>,
    more: RwSignal<bool>,
    loading: StoredValue<bool>,
    typed: StoredValue<String>,
}

impl Posts {
    fn next_address(self) -> Option<String> {
        let last = self.posts.with(|posts| posts.last().map(|post| post.id)).filter(|_| self.more.get())?;
        self.typed.try_with_value(|typed| format!("/people?q={}&tab=posts&before={last}", encoded(typed)))
    }

    fn load_more(self, toast: Toaster) {
        let last = self.posts.with_untracked(|posts| posts.last().map(|post| post.id));
        if self.loading.try_update_value(|loading| std::mem::replace(loading, true)) != Some(false) {
            return;
        }
        let Some(typed) = self.typed.try_get_value() else { return };
        leptos::task::spawn_local(async move {
            let page = api::posts(typed, last).await;
            self.loading.try_set_value(false);
            match page {
                Ok(page) => {
                    self.posts.try_update(|posts| posts.extend(page.items));
                    self.more.try_set(page.more);
                }
                Err(error) => toast.report(&error),
            }
        });
    }
}

/// The posts in which all words are, the latest first.
#[component]
pub(super) fn PostResults(page: Page<PostView>, query: String) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <div role="status">
                <EmptyState
                    title=format!("No posts found for “{}”", query.trim())
                    text="Posts are found by whole words."
                    icon="search"
                >
                    <ButtonLink href="/">"Go to the feed"</ButtonLink>
                </EmptyState>
            </div>
        }
        .into_any();
    }
    let toast = toast();
    let found = Posts {
        posts: RwSignal::new(page.items),
        more: RwSignal::new(page.more),
        loading: StoredValue::new(false),
        typed: StoredValue::new(query),
    };
    let on_removed = Callback::new(move |post: PostId| {
        found.posts.try_update(|posts| posts.retain(|known| known.id != post));
    });
    let on_restored = Callback::new(move |post: PostView| {
        found.posts.try_update(|posts| {
            let at = posts.partition_point(|known| known.id > post.id);
            posts.insert(at, post);
        });
    });
    let row = move |post: PostView| {
        let (key, version) = (Uuid::from(post.id).as_u128(), post.version);
        Row::new(key, version, move || view! { <PostCard post on_removed on_restored /> }.into_any())
    };
    let more = move |event: MouseEvent| {
        event.prevent_default();
        found.load_more(toast);
    };
    view! {
        <div class="post-list">
            <KeyedList rows=move || found.posts.get().into_iter().map(row).collect() />
        </div>
        {move || found.next_address().map(|href| view! {
            <p class="feed-more"><a class="link" href=href on:click=more>"Older posts"</a></p>
        })}
    }
    .into_any()
}
