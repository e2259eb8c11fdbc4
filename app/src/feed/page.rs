use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use protocol::{
    PostId,
    account::MeView,
    feed::{FeedKind, FeedQuery},
    post::PostView,
};

use super::{
    api,
    composer::Composer,
    first_steps::FirstSteps,
    list::{FeedList, NewPosts},
    pending::PendingPosts,
    restoration::{FeedSnapshots, FeedStart, feed_snapshots},
    state::Feed,
};
use crate::{
    effect::effect,
    error::AppError,
    lazy::{Deferred, lazy_page},
    outbox::{Outbox, Sent},
    page::{Heading, Page},
    post::{Draft, RemovedNotice},
    suggestion,
    ui::{Await, Notice, NoticeKind, Shape, Skeleton, Tab, Tabs},
};

/// For a member who wants to know what is new, or has something to say.
#[component]
pub(super) fn FeedPage(me: MeView) -> impl IntoView {
    let map = use_query_map();
    let query = Memo::new(move |_| map.with(query));
    let removed: Option<PostId> =
        map.with_untracked(|map| map.get_str("removed").and_then(|id| id.parse().ok()));
    let (draft, outbox) = (expect_context::<Draft>(), expect_context::<Outbox>());
    let current = CurrentFeed { feed: RwSignal::new(None), early: StoredValue::new(Vec::new()) };
    outbox.listen(move |sent| current.on_sent(sent));
    view! {
        <Page title="">
            <Heading text="Home" />
            {me.is_new.then(|| view! { <FirstSteps person=me.person /> })}
            {removed.map(|post| view! { <RemovedNotice post /> })}
            <Composer draft outbox />
            <div class="feed-bar">
                <Tabs label="Feed">
                    <Tab href="/" current=move || query.get().kind == FeedKind::Everyone>"Everyone"</Tab>
                    <Tab href="/?tab=following" current=move || query.get().kind == FeedKind::Following>"Following"</Tab>
                </Tabs>
                <NewPosts feed=current.feed />
            </div>
            <div class="post-list post-list-unsent"><PendingPosts outbox draft /></div>
            <Posts current query />
        </Page>
        <aside class="aside" aria-label="People">
            <Deferred page=lazy_page!(profile: suggestion::SidePanel) is_wanted=has_side_column />
        </aside>
    }
}

/// Whether there is room beside the feed; the styles say the same.
fn has_side_column() -> bool {
    window().match_media("(width >= 68.75rem)").ok().flatten().is_some_and(|query| query.matches())
}

/// The feed on the page, once it is loaded. Cheap to copy.
#[derive(Clone, Copy)]
struct CurrentFeed {
    feed: RwSignal<Option<Feed>>,
    /// The reader's posts that were stored before.
    early: StoredValue<Vec<PostView>>,
}

impl CurrentFeed {
    fn on_sent(self, sent: &Sent) {
        match (self.feed.try_get_untracked().flatten(), sent) {
            (Some(feed), sent) => feed.on_sent(sent),
            (None, Sent::Post(post)) => _ = self.early.try_update_value(|early| early.push(post.clone())),
            (None, Sent::Comment(_)) => {}
        }
    }

    /// Makes `feed` the one on the page, as long as it is there.
    fn follow(self, feed: Feed) {
        effect(move || {
            let early = self.early.try_update_value(std::mem::take);
            early.into_iter().flatten().for_each(|post| feed.insert(post));
            self.feed.set(Some(feed));
            on_cleanup(move || {
                self.feed.try_update(|current| _ = current.take_if(|current| current.is_same(feed)));
            });
        });
    }
}

/// The posts: those that one left when one comes back, else a first page.
#[component]
fn Posts(current: CurrentFeed, query: Memo<FeedQuery>) -> impl IntoView {
    let snapshots = feed_snapshots();
    let start = Resource::new(move || query.get(), move |query| load(snapshots, query));
    let view = move || async move {
        match start.await {
            Ok(start) => {
                let feed = Feed::new("/".to_owned(), query.get_untracked(), start);
                current.follow(feed);
                view! { <FeedList feed /> }.into_any()
            }
            Err(error) => view! { <Notice kind=NoticeKind::Error>{error.sentence()}</Notice> }.into_any(),
        }
    };
    view! { <Await fallback=|| view! { <Skeleton shape=Shape::Post /> } view /> }
}

async fn load(snapshots: FeedSnapshots, query: FeedQuery) -> Result<FeedStart, AppError> {
    match snapshots.get(query) {
        Some(snapshot) => Ok(FeedStart::Snapshot(snapshot)),
        None => api::load(query).await.map(FeedStart::Page),
    }
}

fn query(map: &ParamsMap) -> FeedQuery {
    let kind = if map.get_str("tab") == Some("following") { FeedKind::Following } else { FeedKind::Everyone };
    FeedQuery { kind, before: map.get_str("before").and_then(|id| id.parse().ok()) }
}
