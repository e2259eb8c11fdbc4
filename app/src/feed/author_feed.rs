use leptos::prelude::*;
use protocol::{
    Page, PostId,
    account::PersonView,
    feed::{FeedKind, FeedQuery},
    post::PostView,
};

use super::{
    list::{FeedList, NewPosts},
    restoration::{FeedStart, feed_snapshots},
    state::Feed,
};
use crate::{outbox::Outbox, session};

/// What a person posted, on their page: a page of it that was read with theirs, and the way on.
#[component]
pub fn AuthorFeed(
    person: PersonView,
    /// Where the page begins.
    before: Option<PostId>,
    page: Page<PostView>,
) -> impl IntoView {
    let query = FeedQuery { kind: FeedKind::By(person.id), before };
    let start = feed_snapshots().get(query).map_or(FeedStart::Page(page), FeedStart::Snapshot);
    let feed = Feed::new(format!("/u/{}", person.username), query, start);
    if session::is_me(person.id) {
        expect_context::<Outbox>().listen(move |sent| feed.on_sent(sent));
    }
    view! {
        <section aria-labelledby="profile-posts">
            // The tab above says it to whoever sees it.
            <h2 id="profile-posts" class="visually-hidden">"Posts"</h2>
            <div class="profile-new">
                <NewPosts feed=RwSignal::new(Some(feed)) />
            </div>
            <FeedList feed />
        </section>
    }
}
