use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use protocol::{
    Page as Piece, PostId,
    post::{FeedKind, FeedQuery, PostView},
};

use super::{
    api,
    composer::Composer,
    list::{FeedList, NewPosts},
    memory::{Memory, memory},
    state::Feed,
    unsent::{Unsent, UnsentPosts},
};
use crate::{
    error::AppError,
    frame::{Heading, Page},
    post::{Draft, RemovedNotice},
    ui::{Notice, NoticeKind, Shape, Skeleton, Tab, Tabs},
};

/// For a member who wants to know what is new, or has something to say.
#[component]
pub(super) fn FeedPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(query));
    let removed: Option<PostId> =
        map.with_untracked(|map| map.get_str("removed").and_then(|id| id.parse().ok()));
    let (draft, unsent) = (expect_context::<Draft>(), expect_context::<Unsent>());
    let feed = Feed::new(query);
    unsent.listen(Callback::new(move |post| feed.show(post)));
    view! {
        <Page title="">
            <Heading text="Home" />
            {removed.map(|post| view! { <RemovedNotice post /> })}
            <Composer draft unsent />
            <div class="feed-bar">
                <Tabs label="Feed">
                    <Tab href="/" current=move || query.get().kind == FeedKind::Everyone>"Everyone"</Tab>
                    <Tab href="/?tab=following" current=move || query.get().kind == FeedKind::Following>"Following"</Tab>
                </Tabs>
                <NewPosts feed />
            </div>
            <div class="post-list post-list-unsent"><UnsentPosts unsent draft /></div>
            <Posts feed />
        </Page>
    }
}

/// The posts: those that one left when one comes back, else a first page.
#[component]
fn Posts(feed: Feed) -> impl IntoView {
    let memory = memory();
    memory.watch_scrolling();
    feed.remember_in(memory);
    let first = Resource::new(move || feed.query.get(), move |query| first(memory, query));
    view! {
        <Suspense fallback=|| view! { <Skeleton shape=Shape::Post /> }>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(page) => {
                        feed.begin(page);
                        if memory.scroll_back() {
                            leptos::task::spawn_local(feed.look_up());
                        }
                        view! { <FeedList feed /> }.into_any()
                    }
                    Err(error) => view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }.into_any(),
                }
            })}
        </Suspense>
    }
}

async fn first(memory: Memory, query: FeedQuery) -> Result<Piece<PostView>, AppError> {
    match memory.recall(query) {
        Some(left) => Ok(Piece { items: left.posts, more: left.more }),
        None => api::load(query).await,
    }
}

fn query(map: &ParamsMap) -> FeedQuery {
    let kind = if map.get_str("tab") == Some("following") { FeedKind::Following } else { FeedKind::Everyone };
    FeedQuery { kind, before: map.get_str("before").and_then(|id| id.parse().ok()) }
}
