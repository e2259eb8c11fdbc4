//! What a feed shows, what waits above it, and what it remembers while one is elsewhere.

use std::{cmp::Reverse, collections::HashSet};

use leptos::{ev, prelude::*};
use protocol::{
    AccountId, Page, PostId,
    feed::{FeedKind, FeedMessage, FeedQuery, Published},
    live::{ServerMessage, Topic},
    post::PostView,
};

use super::{
    api,
    restoration::{FeedSnapshot, FeedSnapshots, feed_snapshots},
};
use crate::{
    effect::effect,
    error::AppError,
    live::live,
    outbox::{Outbox, Sent},
    schedule::run_on_next_frame,
    session,
};

/// A feed on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feed {
    /// Whose posts are shown, and from where on.
    pub(super) query: RwSignal<FeedQuery>,
    pub(super) posts: RwSignal<Vec<PostView>>,
    pub(super) more: RwSignal<bool>,
    pub(super) loading: RwSignal<bool>,
    pub(super) failed: RwSignal<Option<String>>,
    waiting: RwSignal<HashSet<PostId>>,
    /// Whether it has shown anything yet.
    opened: StoredValue<bool>,
    /// Who reads.
    me: Option<AccountId>,
    outbox: Option<Outbox>,
    /// Where it stands.
    path: StoredValue<String>,
    snapshots: FeedSnapshots,
    /// What was left of it, for somebody who is coming back.
    restored: StoredValue<Option<FeedSnapshot>>,
    scroll_y: StoredValue<f64>,
}

impl Feed {
    /// A feed on the page at `path`, empty until it is opened. It hears of new and removed posts, and remembers itself when
    /// it is left.
    pub(super) fn new(path: String) -> Self {
        let feed = Self {
            query: RwSignal::new(FeedQuery::default()),
            posts: RwSignal::new(Vec::new()),
            more: RwSignal::new(false),
            waiting: RwSignal::new(HashSet::new()),
            loading: RwSignal::new(false),
            failed: RwSignal::new(None),
            opened: StoredValue::new(false),
            me: session::me().map(|me| me.person.id),
            outbox: use_context(),
            path: StoredValue::new(path),
            snapshots: feed_snapshots(),
            restored: StoredValue::new(None),
            scroll_y: StoredValue::new(0.0),
        };
        live().subscribe(Topic::Feed, move |message| {
            if let ServerMessage::Feed(message) = message {
                feed.on_message(message);
            }
        });
        live().on_open(move |welcome| {
            feed.failed.try_set(None);
            if welcome.resync {
                leptos::task::spawn_local(feed.refresh());
            }
        });
        feed.track_scroll();
        on_cleanup(move || feed.save());
        feed
    }

    /// Looks whether somebody is coming back to these posts; then they need not be loaded. What stands here until now is
    /// left.
    pub(super) fn restore(self, query: FeedQuery) -> bool {
        self.save();
        let snapshot = self.snapshots.restore(query);
        let known = snapshot.is_some();
        self.restored.set_value(snapshot);
        known
    }

    /// Shows what was restored, where one had read to; else this page.
    pub(super) fn open(self, query: FeedQuery, page: Page<PostView>) {
        let snapshot = self.restored.try_update_value(Option::take).flatten();
        let scroll_to = snapshot.as_ref().map(|snapshot| snapshot.scroll_y);
        let (posts, more) =
            snapshot.map_or((page.items, page.more), |snapshot| (snapshot.posts, snapshot.more));
        // Own ones that have arrived while these were on their way.
        let own = if self.opened.get_value() { Vec::new() } else { self.posts.get_untracked() };
        self.opened.set_value(true);
        self.query.set(query);
        self.posts.set(posts);
        self.more.set(more);
        self.waiting.update(HashSet::clear);
        own.into_iter().for_each(|post| self.insert(post));
        if let Some(scroll_y) = scroll_to {
            // As soon as it stands there again.
            run_on_next_frame(move || window().scroll_to_with_x_and_y(0.0, scroll_y));
            leptos::task::spawn_local(self.refresh());
        }
    }

    fn save(self) {
        let (Some(query), Some(posts)) = (self.query.try_get_untracked(), self.posts.try_get_untracked())
        else {
            return;
        };
        if self.opened.try_get_value() == Some(true) && !posts.is_empty() {
            let more = self.more.try_get_untracked().unwrap_or_default();
            let scroll_y = self.scroll_y.try_get_value().unwrap_or_default();
            self.snapshots.save(FeedSnapshot { query, posts, more, scroll_y });
        }
    }

    /// Keeps an eye on how far the feed is scrolled, while it is shown.
    fn track_scroll(self) {
        effect(move || {
            let listener = window_event_listener(ev::scroll, move |_| {
                // The next page begins at its top while this one is still there.
                let here = window().location().pathname().ok();
                if here.is_some() && self.path.try_get_value() == here {
                    self.scroll_y.try_set_value(window().scroll_y().unwrap_or_default());
                }
            });
            on_cleanup(move || listener.remove());
        });
    }

    /// How many posts wait above.
    pub(super) fn waiting(self) -> usize {
        self.waiting.with(HashSet::len)
    }

    /// Shows a post that is one's own: a new one, or one that was brought back.
    pub(super) fn insert(self, post: PostView) {
        self.waiting.try_update(|waiting| waiting.remove(&post.id));
        self.posts.try_update(|posts| {
            if posts.iter().all(|known| known.id != post.id) {
                let at = posts.partition_point(|other| other.id > post.id);
                posts.insert(at, post);
            }
        });
    }

    /// Shows what one has just published.
    pub(super) fn on_sent(self, sent: &Sent) {
        if let Sent::Post(post) = sent {
            self.insert(post.clone());
        }
    }

    /// Shows a post no more.
    pub(super) fn remove(self, post: PostId) {
        self.waiting.try_update(|waiting| waiting.remove(&post));
        self.posts.try_update(|posts| posts.retain(|known| known.id != post));
    }

    fn on_message(self, message: &FeedMessage) {
        let Some(kind) = self.query.try_get_untracked().map(|query| query.kind) else { return };
        match (message, kind) {
            (FeedMessage::Published(published), FeedKind::Everyone)
            | (FeedMessage::Followed(published), FeedKind::Following) => self.on_published(*published),
            (FeedMessage::Published(published), FeedKind::By(person)) if published.author == person => {
                self.on_published(*published);
            }
            _ => {}
        }
    }

    fn on_published(self, Published { post, author }: Published) {
        if self.shows(post) {
            return;
        }
        if self.me != Some(author) {
            self.waiting.try_update(|waiting| waiting.insert(post));
        } else if !self.outbox.is_some_and(Outbox::sends_posts) {
            // One's own does not wait. What this window sends comes with its answer.
            leptos::task::spawn_local(self.refresh());
        }
    }

    fn shows(self, post: PostId) -> bool {
        self.posts.try_with_untracked(|posts| posts.iter().any(|known| known.id == post)) == Some(true)
    }

    /// Looks what has come since, which waits, and how what is shown has changed. One's own does not wait: what is on its
    /// way when a page is loaded arrives behind its back.
    pub(super) async fn refresh(self) {
        let Some(query) = self.query.try_get_untracked() else { return };
        let Ok(page) = api::load(query).await else { return };
        if !self.is_current(query) {
            return;
        }
        self.posts.try_update(|posts| merge(posts, &page));
        // Whoever began further down is not told of all that is above.
        if query.before.is_some() {
            return;
        }
        let oldest = self.posts.try_with_untracked(|posts| posts.last().map(|post| post.id)).flatten();
        for post in page.items.into_iter().filter(|post| Some(post.id) > oldest && !self.shows(post.id)) {
            if self.me == Some(post.author.id) {
                self.insert(post);
            } else {
                self.waiting.try_update(|waiting| waiting.insert(post.id));
            }
        }
    }

    /// Whether these are the posts that are shown: somebody may have gone on while others were on their way.
    fn is_current(self, query: FeedQuery) -> bool {
        self.query.try_get_untracked() == Some(query)
    }

    /// Shows what waits, on top. Whether it came in time.
    pub(super) async fn load_new(self) -> Result<bool, AppError> {
        let query = self.query.get_untracked();
        let top = FeedQuery { before: None, ..query };
        let page = api::load(top).await?;
        if !self.is_current(query) {
            return Ok(false);
        }
        self.query.set(top);
        self.posts.try_update(|posts| {
            let known: HashSet<PostId> = posts.iter().map(|post| post.id).collect();
            if page.items.iter().any(|post| known.contains(&post.id)) {
                posts.extend(page.items.into_iter().filter(|post| !known.contains(&post.id)));
                // An own one may stand above those that waited.
                posts.sort_unstable_by_key(|post| Reverse(post.id));
            } else {
                // More came than one page holds: the old list would leave a gap below the new one.
                *posts = page.items;
                self.more.try_set(page.more);
            }
        });
        self.waiting.try_update(HashSet::clear);
        Ok(true)
    }

    /// Shows the next page of older posts.
    pub(super) async fn load_more(self) {
        if self.loading.try_get_untracked() != Some(false) || self.more.try_get_untracked() != Some(true) {
            return;
        }
        self.loading.set(true);
        let before = self.posts.with_untracked(|posts| posts.last().map(|post| post.id));
        let query = self.query.get_untracked();
        let page = api::load(FeedQuery { before, ..query }).await;
        self.loading.try_set(false);
        if !self.is_current(query) {
            return;
        }
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

    /// Where the next page is without a script.
    pub(super) fn more_address(self) -> String {
        let tab = if self.query.get().kind == FeedKind::Following { "tab=following&" } else { "" };
        let last = self.posts.with(|posts| posts.last().map(|post| post.id.to_string()).unwrap_or_default());
        format!("{}?{tab}before={last}", self.path.get_value())
    }
}

/// Takes over what was edited meanwhile, and drops what stood between these posts and does not any more.
fn merge(posts: &mut Vec<PostView>, page: &Page<PostView>) {
    let newest = page.items.first().map(|post| post.id);
    let oldest = page.items.last().map(|post| post.id).filter(|_| page.more);
    let is_there = |id: PostId| page.items.iter().any(|post| post.id == id);
    posts.retain(|post| Some(post.id) > newest || Some(post.id) < oldest || is_there(post.id));
    for post in &page.items {
        if let Some(known) =
            posts.iter_mut().find(|known| known.id == post.id && known.version < post.version)
        {
            known.clone_from(post);
        }
    }
}
