use protocol::{
    CommentId, Page,
    comment::{CommentView, ThreadPage, ThreadView},
};
use uuid::Uuid;

use super::run::{Entry, Run};

/// The comments on a post, as far as they are known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Threads {
    run: Run<Thread>,
    /// Whether there are threads before the first.
    earlier: bool,
}

/// A comment with the replies below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thread {
    pub(super) comment: CommentView,
    pub(super) replies: Run<CommentView>,
}

impl Threads {
    pub(super) fn new(page: ThreadPage) -> Self {
        Self { earlier: page.earlier, run: Run::new(threads(page.threads), page.more) }
    }

    pub(super) fn run(&self) -> &Run<Thread> {
        &self.run
    }

    pub(super) fn earlier(&self) -> bool {
        self.earlier
    }

    pub(super) fn first(&self) -> Option<CommentId> {
        self.run.items().first().map(Entry::id)
    }

    pub(super) fn thread(&self, id: CommentId) -> Option<&Thread> {
        self.run.get(id)
    }

    /// The comment or reply.
    pub(super) fn get(&self, id: CommentId) -> Option<&CommentView> {
        let mut below = self.run.items().iter().filter_map(|thread| thread.replies.get(id));
        self.run.get(id).map(|thread| &thread.comment).or_else(|| below.next())
    }

    /// Whether what was sent under this id is here.
    pub(super) fn has_sent(&self, client_id: Uuid) -> bool {
        let is_it = |comment: &CommentView| comment.client_id == Some(client_id);
        let mut threads = self.run.items().iter();
        threads.any(|thread| is_it(&thread.comment) || thread.replies.items().iter().any(is_it))
    }

    /// The newest comment or reply.
    pub(super) fn newest(&self) -> Option<CommentId> {
        self.run.newest()
    }

    /// Takes a comment that was just written, edited or emptied, if it belongs to what is known here.
    pub(super) fn hear(&mut self, comment: CommentView, own: bool) {
        if let Some(thread) = comment.thread {
            if let Some(thread) = self.run.get_mut(thread) {
                thread.replies.hear(comment, own);
            }
        } else if let Some(thread) = self.run.get_mut(comment.id) {
            thread.comment.take(comment, None);
        } else if comment.author.is_some() && (own || !self.earlier || Some(comment.id) > self.first()) {
            self.run.hear(Thread { comment, replies: Run::new(Vec::new(), false) }, own);
        }
    }

    /// Takes out a comment or reply that is gone.
    pub(super) fn forget(&mut self, id: CommentId) {
        self.run.forget(id);
        self.run.each(|thread| thread.replies.forget(id));
    }

    /// Shows at once that a comment is removed, as the server will: as an empty head when it has replies, and with the
    /// empty head above it when it was the last reply.
    pub(super) fn remove(&mut self, id: CommentId) {
        let Some(comment) = self.get(id) else { return };
        let head = comment.thread.unwrap_or(id);
        let Some(thread) = self.run.get_mut(head) else { return };
        thread.replies.forget(id);
        let is_empty = thread.replies.items().is_empty() && thread.replies.gap().is_none();
        if head == id && !is_empty {
            thread.comment.author = None;
            thread.comment.body.clear();
        } else if is_empty && (head == id || thread.comment.author.is_none()) {
            self.run.forget(head);
        }
    }

    /// Takes the threads after `after`, or those from the beginning.
    pub(super) fn refresh(&mut self, after: Option<CommentId>, page: ThreadPage, newest: Option<CommentId>) {
        if after.is_none() {
            self.earlier = page.earlier;
        }
        self.run.refresh(after, threads(page.threads), page.more, newest);
    }

    /// Takes the threads before the first.
    pub(super) fn prepend(&mut self, page: ThreadPage) {
        self.earlier = page.earlier;
        self.run.prepend(threads(page.threads));
    }

    /// Takes the replies of a thread after `after`.
    pub(super) fn refresh_replies(
        &mut self,
        thread: CommentId,
        after: CommentId,
        page: Page<CommentView>,
        newest: Option<CommentId>,
    ) {
        if let Some(thread) = self.run.get_mut(thread) {
            thread.replies.refresh(Some(after), page.items, page.more, newest);
        }
    }
}

fn threads(views: Vec<ThreadView>) -> Vec<Thread> {
    let threads = views
        .into_iter()
        .map(|view| Thread { comment: view.comment, replies: Run::new(view.replies, view.more) });
    threads.collect()
}

impl Entry for Thread {
    fn id(&self) -> CommentId {
        self.comment.id
    }

    fn take(&mut self, said: Self, newest: Option<CommentId>) {
        self.comment.take(said.comment, newest);
        let more = said.replies.gap().is_some();
        self.replies.refresh(None, said.replies.into_items(), more, newest);
    }

    fn newest(&self) -> CommentId {
        self.replies.newest().map_or(self.comment.id, |reply| reply.max(self.comment.id))
    }
}

#[cfg(test)]
mod tests;
