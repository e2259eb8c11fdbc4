//! Refreshing what is shown of a discussion, page by page: after a break, comments may have been written, edited and
//! removed. These are plain values; the discussion brings the pages.

use protocol::{
    CommentId, Page,
    comment::{CommentView, PageRequest, ThreadPage},
};

use super::threads::Threads;

#[cfg(test)]
mod tests;

/// How far a refresh is.
#[derive(Debug)]
pub(super) struct Refresh {
    next: Option<PageRequest>,
    after: Option<CommentId>,
    /// Up to where threads are shown without a gap.
    end: Option<CommentId>,
    /// The newest comment that was known when it began: what came since is not taken for removed.
    newest: Option<CommentId>,
}

impl Refresh {
    pub(super) fn new(threads: &Threads) -> Self {
        let first = threads.first().filter(|_| threads.earlier());
        Self {
            next: Some(first.map_or(PageRequest::First, PageRequest::At)),
            after: None,
            end: threads.list().end(),
            newest: threads.newest(),
        }
    }

    /// The page to load next; none when all that is shown is refreshed.
    pub(super) fn next(&self) -> Option<PageRequest> {
        self.next
    }

    /// Merges that page. Replies that did not fit into it are to be refreshed, too.
    pub(super) fn merge(&mut self, threads: &mut Threads, page: ThreadPage) -> Vec<ReplyRefresh> {
        let last = page.threads.last().map(|thread| thread.comment.id);
        let goes_on = page.more && last < self.end;
        let long = page.threads.iter().filter(|thread| thread.more).map(|thread| ReplyRefresh {
            thread: thread.comment.id,
            after: thread.replies.last().map(|reply| reply.id),
            newest: self.newest,
        });
        let long = long.collect();
        threads.refresh(self.after, page, self.newest);
        (self.next, self.after) = (last.filter(|_| goes_on).map(PageRequest::After), last);
        long
    }
}

/// How far the refresh of one thread's replies is.
#[derive(Debug)]
pub(super) struct ReplyRefresh {
    pub(super) thread: CommentId,
    after: Option<CommentId>,
    newest: Option<CommentId>,
}

impl ReplyRefresh {
    /// The reply after which to load the next; none when all that are shown are refreshed.
    pub(super) fn next(&self, threads: &Threads) -> Option<CommentId> {
        let end = threads.thread(self.thread).and_then(|thread| thread.replies.end());
        self.after.filter(|_| end > self.after)
    }

    /// Merges the replies after `from`.
    pub(super) fn merge(&mut self, threads: &mut Threads, from: CommentId, page: Page<CommentView>) {
        self.after = page.items.last().map(|reply| reply.id).filter(|_| page.more);
        threads.refresh_replies(self.thread, from, page, self.newest);
    }
}
