use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use protocol::{
    Page as PostPage, PostId,
    feed::{FeedKind, FeedQuery},
    post::PostView,
};

use super::{
    api,
    composer::Composer,
    list::{FeedList, NewPosts},
    pending::PendingPosts,
    state::Feed,
};
use crate::{
    error::AppError,
    outbox::Outbox,
    page::{Heading, Page},
    post::{Draft, RemovedNotice},
    ui::{Await, Notice, NoticeKind, Shape, Skeleton, Tab, Tabs},
};

/// For a member who wants to know what is new, or has something to say.
#[component]
pub(super) fn FeedPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(query));
    let removed: Option<PostId> =
        map.with_untracked(|map| map.get_str("removed").and_then(|id| id.parse().ok()));
    let (draft, outbox) = (expect_context::<Draft>(), expect_context::<Outbox>());
    let feed = Feed::new("/".to_owned());
    outbox.listen(move |sent| feed.on_sent(sent));
    view! {
        <Page title="">
            <Heading text="Home" />
            {removed.map(|post| view! { <RemovedNotice post /> })}
            <Composer draft outbox />
            <div class="feed-bar">
                <Tabs label="Feed">
                    <Tab href="/" current=move || query.get().kind == FeedKind::Everyone>"Everyone"</Tab>
                    <Tab href="/?tab=following" current=move || query.get().kind == FeedKind::Following>"Following"</Tab>
                </Tabs>
                <NewPosts feed />
            </div>
            <div class="post-list post-list-unsent"><PendingPosts outbox draft /></div>
            <Posts feed query />
        </Page>
    }
}

/// The posts: those that one left when one comes back, else a first page.
#[component]
fn Posts(feed: Feed, query: Memo<FeedQuery>) -> impl IntoView {
    let first = Resource::new(move || query.get(), move |query| load_first(feed, query));
    let view = move || async move {
        match first.await {
            Ok(page) => {
                feed.open(query.get_untracked(), page);
                view! { <FeedList feed /> }.into_any()
            }
            Err(error) => view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Post /> } view /> }
}

async fn load_first(feed: Feed, query: FeedQuery) -> Result<PostPage<PostView>, AppError> {
    if feed.restore(query) { Ok(PostPage::empty()) } else { api::load(query).await }
}

fn query(map: &ParamsMap) -> FeedQuery {
    let kind = if map.get_str("tab") == Some("following") { FeedKind::Following } else { FeedKind::Everyone };
    FeedQuery { kind, before: map.get_str("before").and_then(|id| id.parse().ok()) }
}
