use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use protocol::post::{FeedKind, FeedQuery};

use super::{
    api,
    composer::Composer,
    list::{Feed, FeedList, NewPosts},
};
use crate::{
    frame::{Heading, Page},
    ui::{Notice, NoticeKind, Shape, Skeleton, Tab, Tabs},
};

/// For a member who wants to know what is new, or has something to say.
#[component]
pub(super) fn FeedPage() -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(query));
    let first = Resource::new(move || query.get(), api::load);
    let feed = Feed::new(query);
    view! {
        <Page title="">
            <Heading text="Home" />
            <Composer on_published=Callback::new(move |post| feed.prepend(post)) />
            <div class="feed-bar">
                <Tabs label="Feed">
                    <Tab href="/" current=move || query.get().kind == FeedKind::Everyone>"Everyone"</Tab>
                    <Tab href="/?tab=following" current=move || query.get().kind == FeedKind::Following>"Following"</Tab>
                </Tabs>
                <NewPosts feed />
            </div>
            <Suspense fallback=|| view! { <Skeleton shape=Shape::Post /> }>
                {move || Suspend::new(async move {
                    match first.await {
                        Ok(page) => {
                            feed.begin(page);
                            view! { <FeedList feed /> }.into_any()
                        }
                        Err(error) => view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

fn query(map: &ParamsMap) -> FeedQuery {
    let kind = if map.get_str("tab") == Some("following") { FeedKind::Following } else { FeedKind::Everyone };
    FeedQuery { kind, before: map.get_str("before").and_then(|id| id.parse().ok()) }
}
