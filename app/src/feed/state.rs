//! A feed on the screen: its posts, joined to the server, the socket and the way back.

use leptos::{ev, prelude::*, task::spawn_local};
use protocol::{
    PostId,
    feed::{FeedKind, FeedMessage, FeedQuery},
    live::{ServerMessage, Topic},
    post::PostView,
};

use super::{
    api,
    posts::FeedPosts,
    restoration::{FeedSnapshot, FeedSnapshots, FeedStart, feed_snapshots},
};
use crate::{
    effect::effect,
    error::AppError,
    live::live,
    outbox::{Outbox, Sent},
    schedule::run_on_next_frame,
    session,
};

/// A feed on the screen. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feed {
    posts: RwSignal<FeedPosts>,
    pub(super) loading: RwSignal<bool>,
    pub(super) failed: RwSignal<Option<String>>,
    outbox: Option<Outbox>,
    /// The path of its page.
    path: StoredValue<String>,
    snapshots: FeedSnapshots,
    scroll_y: StoredValue<f64>,
}

impl Feed {
    /// A feed that begins with what was loaded, or as it was left. It follows what is published, and is saved for the way
    /// back when it goes.
    pub(super) fn new(path: String, query: FeedQuery, start: FeedStart) -> Self {
        let me = session::me().map(|me| me.person.id);
        let (page, scroll_to) = match start {
            FeedStart::Page(page) => (page, None),
            FeedStart::Snapshot(snapshot) => (snapshot.page, Some(snapshot.scroll_y)),
        };
        let feed = Self {
            posts: RwSignal::new(FeedPosts::new(me, query, page)),
            loading: RwSignal::new(false),
            failed: RwSignal::new(None),
            outbox: use_context(),
            path: StoredValue::new(path),
            snapshots: feed_snapshots(),
            scroll_y: StoredValue::new(scroll_to.unwrap_or_default()),
        };
        live().subscribe(Topic::Feed, move |message| {
            if let ServerMessage::Feed(message) = message {
                feed.on_message(message);
            }
        });
        live().on_open(move |welcome| {
            feed.failed.try_set(None);
            if welcome.resync {
                spawn_local(feed.refresh());
            }
        });
        feed.track_scroll();
        if let Some(scroll_y) = scroll_to {
            effect(move || {
                // As soon as it stands there again.
                run_on_next_frame(move || window().scroll_to_with_x_and_y(0.0, scroll_y));
                spawn_local(feed.refresh());
            });
        }
        on_cleanup(move || feed.save());
        feed
    }

    /// Reads the posts, and follows them.
    pub(super) fn with<T>(self, read: impl FnOnce(&FeedPosts) -> T) -> T {
        self.posts.with(read)
    }

    pub(super) fn is_same(self, other: Self) -> bool {
        self.posts == other.posts
    }

    pub(super) fn kind(self) -> FeedKind {
        self.posts.with_untracked(|posts| posts.query().kind)
    }

    pub(super) fn insert(self, post: PostView) {
        self.posts.try_update(|posts| posts.insert(post));
    }

    /// Shows what one has just published.
    pub(super) fn on_sent(self, sent: &Sent) {
        if let Sent::Post(post) = sent {
            self.insert(post.clone());
        }
    }

    pub(super) fn remove(self, post: PostId) {
        self.posts.try_update(|posts| posts.remove(post));
    }

    fn on_message(self, message: &FeedMessage) {
        let is_own = self.posts.try_update(|posts| posts.on_message(message)) == Some(true);
        // What this window sends comes with its answer.
        if is_own && !self.outbox.is_some_and(Outbox::sends_posts) {
            spawn_local(self.refresh());
        }
    }

    async fn refresh(self) {
        let Some(query) = self.posts.try_with_untracked(FeedPosts::query) else { return };
        if let Ok(page) = api::load(query).await {
            self.posts.try_update(|posts| posts.refresh(query, page));
        }
    }

    /// Shows what waits, on top. Whether it came in time.
    pub(super) async fn load_new(self) -> Result<bool, AppError> {
        let (query, new) = self.posts.with_untracked(|posts| (posts.query(), posts.query_for_new()));
        let page = api::load(new).await?;
        Ok(self.posts.try_update(|posts| posts.show_new(query, page)) == Some(true))
    }

    /// Shows the next page of older posts.
    pub(super) async fn load_more(self) {
        let has_more = self.posts.try_with_untracked(FeedPosts::has_more) == Some(true);
        if !has_more || self.loading.try_get_untracked() != Some(false) {
            return;
        }
        self.loading.set(true);
        let (query, more) = self.posts.with_untracked(|posts| (posts.query(), posts.query_for_more()));
        let page = api::load(more).await;
        self.loading.try_set(false);
        match page {
            Ok(page) => {
                if self.posts.try_update(|posts| posts.show_more(query, page)) == Some(true) {
                    self.failed.try_set(None);
                }
            }
            Err(error) => _ = self.failed.try_set(Some(error.sentence())),
        }
    }

    /// Where the next page is without a script.
    pub(super) fn more_address(self) -> String {
        let FeedQuery { kind, before } = self.posts.with(FeedPosts::query_for_more);
        let tab = if kind == FeedKind::Following { "tab=following&" } else { "" };
        let before = before.map(|post| post.to_string()).unwrap_or_default();
        format!("{}?{tab}before={before}", self.path.get_value())
    }

    fn save(self) {
        let shown =
            self.posts.try_with_untracked(|posts| (posts.query(), posts.posts().to_vec(), posts.has_more()));
        let Some((query, posts, more)) = shown.filter(|(_, posts, _)| !posts.is_empty()) else { return };
        let scroll_y = self.scroll_y.try_get_value().unwrap_or_default();
        self.snapshots.save(query, FeedSnapshot { page: protocol::Page { items: posts, more }, scroll_y });
    }

    /// Keeps an eye on how far the feed is scrolled, while it is shown.
    fn track_scroll(self) {
        effect(move || {
            let opened_at = address();
            let listener = window_event_listener(ev::scroll, move |_| {
                // The next page begins at its top while this one is still there.
                if address() == opened_at {
                    self.scroll_y.try_set_value(window().scroll_y().unwrap_or_default());
                }
            });
            on_cleanup(move || listener.remove());
        });
    }
}

/// What the browser shows.
fn address() -> Option<String> {
    let location = window().location();
    Some(location.pathname().ok()? + &location.search().ok()?)
}
