use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;
use protocol::{
    PostId, Problem,
    comment::ThreadPage,
    live::{ServerMessage, Topic},
    post::{PostMessage, PostView},
};

use super::{PostCard, api};
use crate::{
    comment::Comments,
    community::community,
    error::AppError,
    live::live,
    page::{ErrorPage, Page, PageHead},
    ui::{Await, EmptyState, Shape, Skeleton},
};

/// Characters of a text that stand for it where it is only named.
const SUMMARY_CHARS: usize = 160;

/// For somebody who wants to read what was said about a post, or to say something.
#[component]
pub fn PostPage() -> impl IntoView {
    let params = use_params_map();
    let post = Memo::new(move |_| {
        params.with(|params| params.get_str("post").and_then(|id| id.parse::<PostId>().ok()))
    });
    let view = Resource::new(move || post.get(), load);
    let threads = crate::comment::load_first(post);
    let reload = Callback::new(move |()| {
        view.refetch();
        threads.refetch();
    });
    let show = move || async move {
        match (view.await, threads.await) {
            (Ok(post), Ok(threads)) => view! { <PostWithComments post threads /> }.into_any(),
            (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error reload /> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Post count=1 /> } view=show /> }
}

pub(super) async fn load(post: Option<PostId>) -> Result<PostView, AppError> {
    api::view(post.ok_or(Problem::NotFound)?).await
}

#[component]
fn PostWithComments(post: PostView, threads: ThreadPage) -> impl IntoView {
    let (id, author, title) =
        (post.id, post.author.id, format!("{} on {}", post.author.full_name(), community().name));
    let gone = RwSignal::new(false);
    // As long as the page is shown: comments go on far below the card.
    live().watch(Topic::Post(id), post.counts.revision);
    live().subscribe(Topic::Post(id), move |message| {
        if let ServerMessage::Post(PostMessage::Removed { .. }) = message {
            gone.try_set(true);
        }
    });
    let (described, shown, threads) = (post.clone(), StoredValue::new(post), StoredValue::new(threads));
    let nothing = Callback::new(|_| {});
    view! {
        <Page title=title.clone()>
            <OpenGraph post=described title />
            <PageHead text="Post" back="/" />
            <Show
                when=move || !gone.get()
                fallback=|| view! { <EmptyState title="This post is no longer available" text="It may have been deleted." icon="trash" /> }
            >
                <div class="post-list">
                    <PostCard post=shown.get_value() alone=true on_removed=nothing on_restored=Callback::new(|_| {}) />
                    <Comments post=id author page=threads.get_value() />
                </div>
            </Show>
        </Page>
    }
}

/// What a page that links here may show of it (the Open Graph protocol, ogp.me), to whoever may read it.
#[component]
fn OpenGraph(post: PostView, title: String) -> impl IntoView {
    let summary: String =
        post.body.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SUMMARY_CHARS).collect();
    view! {
        <Meta property="og:type" content="article" />
        <Meta property="og:site_name" content=community().name />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=summary />
        <Meta property="og:url" content=format!("/p/{}", post.id) />
    }
}
