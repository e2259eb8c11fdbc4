use std::collections::HashSet;

use leptos::prelude::*;
use protocol::{
    Page, PostId,
    live::ServerMessage,
    post::{FeedKind, FeedQuery, PostView},
};

use super::api;
use crate::{
    live::live,
    post::PostCard,
    ui::{EmptyState, Icon, IconSize, Notice, NoticeKind, toast},
};

/// What a feed shows, and what waits above it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feed {
    query: Memo<FeedQuery>,
    posts: RwSignal<Vec<PostView>>,
    more: RwSignal<bool>,
    waiting: RwSignal<HashSet<PostId>>,
    loading: RwSignal<bool>,
    failed: RwSignal<Option<String>>,
}

impl Feed {
    /// An empty feed that hears of new posts.
    pub(super) fn new(query: Memo<FeedQuery>) -> Self {
        let feed = Self {
            query,
            posts: RwSignal::new(Vec::new()),
            more: RwSignal::new(false),
            waiting: RwSignal::new(HashSet::new()),
            loading: RwSignal::new(false),
            failed: RwSignal::new(None),
        };
        live().listen(move |message| match message {
            ServerMessage::Published { post, following, own } => feed.hear(*post, *following, *own),
            // What came before the socket, or while it was broken, waits like everything that comes.
            ServerMessage::Welcome { .. } => leptos::task::spawn_local(feed.look_up()),
            _ => {}
        });
        feed
    }

    /// Shows a first page.
    pub(super) fn begin(self, page: Page<PostView>) {
        self.posts.set(page.items);
        self.more.set(page.more);
        self.waiting.update(HashSet::clear);
    }

    /// Shows a post that was just published here.
    pub(super) fn prepend(self, post: PostView) {
        self.waiting.update(|waiting| _ = waiting.remove(&post.id));
        self.posts.update(|posts| {
            if posts.iter().all(|known| known.id != post.id) {
                posts.insert(0, post);
            }
        });
    }

    fn hear(self, post: PostId, following: bool, own: bool) {
        let wanted =
            self.query.try_get_untracked().is_some_and(|query| following || query.kind == FeedKind::Everyone);
        // One's own is on top already; or is, in another window, no news.
        if wanted && !own && !self.shows(post) {
            self.waiting.try_update(|waiting| waiting.insert(post));
        }
    }

    fn shows(self, post: PostId) -> bool {
        self.posts.try_with_untracked(|posts| posts.iter().any(|known| known.id == post)) == Some(true)
    }

    async fn look_up(self) {
        let Some(query) = self.query.try_get_untracked() else { return };
        if let Ok(page) = api::load(FeedQuery { before: None, ..query }).await {
            let newest = self.posts.try_with_untracked(|posts| posts.first().map(|post| post.id)).flatten();
            let came = page.items.iter().map(|post| post.id).filter(|post| Some(*post) > newest);
            self.waiting.try_update(|waiting| waiting.extend(came));
        }
    }

    /// Shows what waits, on top.
    async fn show_waiting(self) -> Result<(), crate::error::AppError> {
        let query = FeedQuery { before: None, ..self.query.get_untracked() };
        let page = api::load(query).await?;
        self.posts.try_update(|posts| {
            let known: HashSet<PostId> = posts.iter().map(|post| post.id).collect();
            if page.items.iter().any(|post| known.contains(&post.id)) {
                posts.splice(0..0, page.items.into_iter().filter(|post| !known.contains(&post.id)));
            } else {
                // More came than one page holds: the old list would leave a gap below the new one.
                *posts = page.items;
                self.more.try_set(page.more);
            }
        });
        self.waiting.try_update(HashSet::clear);
        Ok(())
    }

    async fn show_older(self) {
        if self.loading.get_untracked() {
            return;
        }
        self.loading.set(true);
        let before = self.posts.with_untracked(|posts| posts.last().map(|post| post.id));
        let page = api::load(FeedQuery { before, ..self.query.get_untracked() }).await;
        self.loading.try_set(false);
        match page {
            Ok(page) => {
                self.failed.try_set(None);
                self.more.try_set(page.more);
                self.posts.try_update(|posts| {
                    let known: HashSet<PostId> = posts.iter().map(|post| post.id).collect();
                    posts.extend(page.items.into_iter().filter(|post| !known.contains(&post.id)));
                });
            }
            Err(error) => _ = self.failed.try_set(Some(error.sentence())),
        }
    }

    fn older_address(self) -> String {
        let tab = if self.query.get().kind == FeedKind::Following { "tab=following&" } else { "" };
        let last = self.posts.with(|posts| posts.last().map(|post| post.id.to_string()).unwrap_or_default());
        format!("/?{tab}before={last}")
    }
}

/// Says how many posts wait above; they come when they are asked for, and move nothing before.
#[component]
pub(super) fn NewPosts(feed: Feed) -> impl IntoView {
    let toast = toast();
    let count = move || feed.waiting.with(HashSet::len);
    let show = move |_| {
        leptos::task::spawn_local(async move {
            match feed.show_waiting().await {
                Ok(()) => window().scroll_to_with_x_and_y(0.0, 0.0),
                Err(error) => toast.fail(error.sentence()),
            }
        });
    };
    view! {
        <div class="feed-new" role="status">
            {move || (count() > 0).then(|| view! {
                <button class="button feed-pill" type="button" data-variant="primary" data-size="small" on:click=show>
                    <Icon name="arrow-up" size=IconSize::Small />
                    <span>{move || if count() == 1 { "1 new post".to_owned() } else { format!("{} new posts", count()) }}</span>
                </button>
            })}
        </div>
    }
}

/// The posts, and the way to older ones.
#[component]
pub(super) fn FeedList(feed: Feed) -> impl IntoView {
    let older = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        leptos::task::spawn_local(feed.show_older());
    };
    view! {
        <div class="post-list">
            <For each=move || feed.posts.get() key=|post| post.id let(post)>
                <PostCard post />
            </For>
            <Show when=move || feed.posts.with(Vec::is_empty)>
                <NobodyYet kind=feed.query.get_untracked().kind />
            </Show>
        </div>
        {move || feed.failed.get().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
        <p class="feed-more">
            <Show when=move || feed.more.get() fallback=move || feed.posts.with(|posts| !posts.is_empty()).then_some("That is everything.")>
                <a class="link" href=move || feed.older_address() on:click=older>"Older posts"</a>
            </Show>
        </p>
    }
}

#[component]
fn NobodyYet(kind: FeedKind) -> impl IntoView {
    match kind {
        FeedKind::Everyone => view! {
            <EmptyState title="Nobody has posted yet" text="What you and your people write will be here. Say hello." />
        },
        FeedKind::Following => view! {
            <EmptyState
                title="Nothing from people you follow"
                text="Follow somebody on their profile, and what they write will be here."
                icon="people"
            />
        },
    }
}
