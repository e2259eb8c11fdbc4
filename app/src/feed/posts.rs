//! What a feed shows, and what waits above it. Plain values, so that it is tested without a browser.

use std::{cmp::Reverse, collections::HashSet};

use protocol::{
    AccountId, Page, PostId,
    feed::{FeedKind, FeedMessage, FeedQuery, Published},
    post::PostView,
};

#[cfg(test)]
mod tests;

/// The posts of a feed, the newest first, and those that wait until its reader asks for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FeedPosts {
    query: FeedQuery,
    posts: Vec<PostView>,
    more: bool,
    waiting: HashSet<PostId>,
    /// Who reads.
    me: Option<AccountId>,
}

impl FeedPosts {
    pub(super) fn new(me: Option<AccountId>, query: FeedQuery, page: Page<PostView>) -> Self {
        Self { query, posts: page.items, more: page.more, waiting: HashSet::new(), me }
    }

    /// Whose posts they are, and from where on.
    pub(super) fn query(&self) -> FeedQuery {
        self.query
    }

    pub(super) fn posts(&self) -> &[PostView] {
        &self.posts
    }

    /// Whether there are older ones.
    pub(super) fn has_more(&self) -> bool {
        self.more
    }

    /// How many posts wait above.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Asks for what has come since the first page.
    pub(super) fn query_for_new(&self) -> FeedQuery {
        FeedQuery { before: None, ..self.query }
    }

    /// Asks for the page of older posts that comes next.
    pub(super) fn query_for_more(&self) -> FeedQuery {
        FeedQuery { before: self.posts.last().map(|post| post.id), ..self.query }
    }

    /// Shows a post of the reader: a new one, or one that was restored.
    pub(super) fn insert(&mut self, post: PostView) {
        self.waiting.remove(&post.id);
        if !self.shows(post.id) {
            let at = self.posts.partition_point(|other| other.id > post.id);
            self.posts.insert(at, post);
        }
    }

    pub(super) fn remove(&mut self, post: PostId) {
        self.waiting.remove(&post);
        self.posts.retain(|known| known.id != post);
    }

    /// Somebody published something: it waits, if it belongs here. Whether the reader did, in some window: that does not
    /// wait, and has to be loaded.
    pub(super) fn on_message(&mut self, message: &FeedMessage) -> bool {
        let Published { post, author } = match (message, self.query.kind) {
            (FeedMessage::Published(published), FeedKind::Everyone)
            | (FeedMessage::Followed(published), FeedKind::Following) => *published,
            (FeedMessage::Published(published), FeedKind::By(person)) if published.author == person => {
                *published
            }
            _ => return false,
        };
        let (is_own, is_new) = (self.me == Some(author), !self.shows(post));
        if is_new && !is_own {
            self.waiting.insert(post);
        }
        is_new && is_own
    }

    /// Merges what `query` answers by now: edits, removals, and new posts, which wait unless they are the reader's.
    pub(super) fn refresh(&mut self, query: FeedQuery, page: Page<PostView>) {
        if query != self.query {
            return;
        }
        self.merge(&page);
        // Whoever began further down is not told of all that is above.
        if query.before.is_some() {
            return;
        }
        let oldest = self.posts.last().map(|post| post.id);
        for post in page.items.into_iter().filter(|post| Some(post.id) > oldest) {
            if self.shows(post.id) {
                continue;
            }
            if self.me == Some(post.author.id) {
                self.insert(post);
            } else {
                self.waiting.insert(post.id);
            }
        }
    }

    /// Shows what waits, on top, once its page is there. Whether this feed still shows what it was asked for.
    pub(super) fn show_new(&mut self, asked: FeedQuery, page: Page<PostView>) -> bool {
        if asked != self.query {
            return false;
        }
        self.query = self.query_for_new();
        if page.items.iter().any(|post| self.shows(post.id)) {
            self.append(page.items);
            // One of the reader's may stand above those that waited.
            self.posts.sort_unstable_by_key(|post| Reverse(post.id));
        } else {
            // More came than one page holds: the old list would leave a gap below the new one.
            (self.posts, self.more) = (page.items, page.more);
        }
        self.waiting.clear();
        true
    }

    /// Appends a page of older posts. Whether this feed still shows what it was asked for.
    pub(super) fn show_more(&mut self, asked: FeedQuery, page: Page<PostView>) -> bool {
        let is_current = asked == self.query;
        if is_current {
            self.more = page.more;
            self.append(page.items);
        }
        is_current
    }

    fn append(&mut self, posts: Vec<PostView>) {
        for post in posts {
            if !self.shows(post.id) {
                self.posts.push(post);
            }
        }
    }

    fn shows(&self, post: PostId) -> bool {
        self.posts.iter().any(|known| known.id == post)
    }

    /// Takes over what was edited meanwhile, and drops what stood between these posts and does not any more.
    fn merge(&mut self, page: &Page<PostView>) {
        let newest = page.items.first().map(|post| post.id);
        let oldest = page.items.last().map(|post| post.id).filter(|_| page.more);
        let is_there = |id: PostId| page.items.iter().any(|post| post.id == id);
        self.posts.retain(|post| Some(post.id) > newest || Some(post.id) < oldest || is_there(post.id));
        for post in &page.items {
            let mut known = self.posts.iter_mut();
            if let Some(known) = known.find(|known| known.id == post.id && known.version < post.version) {
                known.clone_from(post);
            }
        }
    }
}
