use protocol::{CommentId, comment::CommentView};

use super::threads::Threads;

/// A comment or reply that is being answered, and the thread in which the answer will stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReplyTarget {
    pub(super) to: CommentId,
    pub(super) thread: CommentId,
}

impl ReplyTarget {
    pub(super) fn new(comment: &CommentView) -> Self {
        Self { to: comment.id, thread: comment.thread.unwrap_or(comment.id) }
    }

    /// What is open after "Reply" was pressed here: this, or nothing when it was open already.
    pub(super) fn toggle(self, open: Option<Self>) -> Option<Self> {
        (open != Some(self)).then_some(self)
    }

    /// Whether what it answers is gone, and its form with it.
    pub(super) fn is_lost(self, threads: &Threads) -> bool {
        threads.get(self.to).is_none()
    }
}
