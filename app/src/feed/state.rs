//! What a feed shows, what waits above it, and what it remembers while one is elsewhere.

use std::collections::HashSet;

use leptos::prelude::*;
use protocol::{
    Page, PostId,
    live::ServerMessage,
    post::{FeedKind, FeedQuery, PostView},
};

use super::{
    api,
    memory::{Memory, Remembered},
};
use crate::{error::AppError, live::live};

/// A feed on the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feed {
    pub(super) query: Memo<FeedQuery>,
    pub(super) posts: RwSignal<Vec<PostView>>,
    pub(super) more: RwSignal<bool>,
    pub(super) loading: RwSignal<bool>,
    pub(super) failed: RwSignal<Option<String>>,
    waiting: RwSignal<HashSet<PostId>>,
}

impl Feed {
    /// An empty feed that hears of new and removed posts.
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
            ServerMessage::Removed { post } => feed.remove(*post),
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

    /// Notes what is shown when one leaves.
    pub(super) fn remember_in(self, memory: Memory) {
        let query = self.query.get_untracked();
        on_cleanup(move || {
            let posts = self.posts.try_get_untracked().unwrap_or_default();
            let more = self.more.try_get_untracked().unwrap_or_default();
            memory.note(Remembered { query, posts, more });
        });
    }

    /// How many posts wait above.
    pub(super) fn waiting(self) -> usize {
        self.waiting.with(HashSet::len)
    }

    /// Shows a post that is one's own: a new one, or one that was brought back.
    pub(super) fn show(self, post: PostView) {
        self.waiting.try_update(|waiting| waiting.remove(&post.id));
        self.posts.try_update(|posts| {
            if posts.iter().all(|known| known.id != post.id) {
                let at = posts.partition_point(|other| other.id > post.id);
                posts.insert(at, post);
            }
        });
    }

    /// Shows a post no more.
    pub(super) fn remove(self, post: PostId) {
        self.waiting.try_update(|waiting| waiting.remove(&post));
        self.posts.try_update(|posts| posts.retain(|known| known.id != post));
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

    /// Looks what has come since, which waits, and how what is shown has changed.
    pub(super) async fn look_up(self) {
        let Some(query) = self.query.try_get_untracked() else { return };
        if let Ok(page) = api::load(FeedQuery { before: None, ..query }).await {
            let newest = self.posts.try_with_untracked(|posts| posts.first().map(|post| post.id)).flatten();
            let came = page.items.iter().map(|post| post.id).filter(|post| Some(*post) > newest);
            self.waiting.try_update(|waiting| waiting.extend(came));
            self.posts.try_update(|posts| renew(posts, page.items));
        }
    }

    /// Shows what waits, on top.
    pub(super) async fn show_waiting(self) -> Result<(), AppError> {
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

    /// Shows the next page of older posts.
    pub(super) async fn show_older(self) {
        if self.loading.try_get_untracked() != Some(false) || self.more.try_get_untracked() != Some(true) {
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

    /// Where the next page is without a script.
    pub(super) fn older_address(self) -> String {
        let tab = if self.query.get().kind == FeedKind::Following { "tab=following&" } else { "" };
        let last = self.posts.with(|posts| posts.last().map(|post| post.id.to_string()).unwrap_or_default());
        format!("/?{tab}before={last}")
    }
}

/// Takes over what was edited meanwhile.
fn renew(posts: &mut [PostView], newer: Vec<PostView>) {
    for post in newer {
        if let Some(known) =
            posts.iter_mut().find(|known| known.id == post.id && known.version < post.version)
        {
            *known = post;
        }
    }
}
