use protocol::{
    CommentId, Page, PostId,
    comment::{CommentView, ThreadPage, ThreadView},
};
use uuid::Uuid;

use super::partial_list::{ListItem, PartialList};
use crate::outbox::{Entry, Payload};

/// The comments on a post, as far as they are known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Threads {
    list: PartialList<Thread>,
    /// Whether there are threads before the first.
    earlier: bool,
    /// Counts how often other comments took the place of those that were here.
    generation: u32,
}

/// A comment with the replies below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thread {
    pub(super) comment: CommentView,
    pub(super) replies: PartialList<CommentView>,
}

impl Threads {
    pub(super) fn new(page: ThreadPage) -> Self {
        Self {
            earlier: page.earlier,
            list: PartialList::new(threads(page.threads), page.more),
            generation: 0,
        }
    }

    /// Other comments take the place of these: answers that were asked for before do not belong here.
    pub(super) fn replace(&mut self, page: ThreadPage) {
        *self = Self { generation: self.generation.wrapping_add(1), ..Self::new(page) };
    }

    /// What answers have to be for.
    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    pub(super) fn list(&self) -> &PartialList<Thread> {
        &self.list
    }

    pub(super) fn earlier(&self) -> bool {
        self.earlier
    }

    pub(super) fn first(&self) -> Option<CommentId> {
        self.list.items().first().map(ListItem::id)
    }

    pub(super) fn thread(&self, id: CommentId) -> Option<&Thread> {
        self.list.get(id)
    }

    /// The comment or reply.
    pub(super) fn get(&self, id: CommentId) -> Option<&CommentView> {
        let mut below = self.list.items().iter().filter_map(|thread| thread.replies.get(id));
        self.list.get(id).map(|thread| &thread.comment).or_else(|| below.next())
    }

    /// Whether what was sent under this id is here.
    fn has_sent(&self, client_id: Uuid) -> bool {
        let is_it = |comment: &CommentView| comment.client_id == Some(client_id);
        let mut threads = self.list.items().iter();
        threads.any(|thread| is_it(&thread.comment) || thread.replies.items().iter().any(is_it))
    }

    /// Which of these entries on their way to `post` stand below `thread`, or as comments: there stand replies whose thread
    /// is gone, too. What has arrived stands nowhere.
    pub(super) fn pending<'a>(
        &self,
        post: PostId,
        thread: Option<CommentId>,
        entries: impl Iterator<Item = &'a Entry>,
    ) -> Vec<Entry> {
        let is_here = |entry: &&Entry| match &entry.payload {
            Payload::Comment { post: on, thread: below, .. } => {
                let below = below.filter(|below| self.thread(*below).is_some());
                *on == post && below == thread && !self.has_sent(entry.client_id)
            }
            Payload::Post(_) | Payload::Message { .. } => false,
        };
        entries.filter(is_here).cloned().collect()
    }

    /// The newest comment or reply.
    pub(super) fn newest(&self) -> Option<CommentId> {
        self.list.newest()
    }

    /// Takes a comment that was just written, edited or emptied, if it belongs to what is known here.
    pub(super) fn upsert(&mut self, comment: CommentView, own: bool) {
        if let Some(thread) = comment.thread {
            if let Some(thread) = self.list.get_mut(thread) {
                thread.replies.insert(comment, own);
            }
        } else if let Some(thread) = self.list.get_mut(comment.id) {
            thread.comment.merge(comment, None);
        } else if comment.author.is_some() && (own || !self.earlier || Some(comment.id) > self.first()) {
            self.list.insert(Thread { comment, replies: PartialList::new(Vec::new(), false) }, own);
        }
    }

    /// Takes out a comment or reply that is gone.
    pub(super) fn remove(&mut self, id: CommentId) {
        self.list.remove(id);
        self.list.for_each(|thread| thread.replies.remove(id));
    }

    /// Shows at once that a comment is removed, as the server will: as an empty head when it has replies, and with the
    /// empty head above it when it was the last reply.
    pub(super) fn remove_optimistically(&mut self, id: CommentId) {
        let Some(comment) = self.get(id) else { return };
        let head = comment.thread.unwrap_or(id);
        let Some(thread) = self.list.get_mut(head) else { return };
        thread.replies.remove(id);
        let is_empty = thread.replies.items().is_empty() && thread.replies.gap().is_none();
        if head == id && !is_empty {
            thread.comment.author = None;
            thread.comment.body.clear();
        } else if is_empty && (head == id || thread.comment.author.is_none()) {
            self.list.remove(head);
        }
    }

    /// Takes the threads after `after`, or those from the beginning.
    pub(super) fn refresh(&mut self, after: Option<CommentId>, page: ThreadPage, newest: Option<CommentId>) {
        if after.is_none() {
            self.earlier = page.earlier;
        }
        self.list.refresh(after, threads(page.threads), page.more, newest);
    }

    /// Takes the threads before the first.
    pub(super) fn prepend(&mut self, page: ThreadPage) {
        self.earlier = page.earlier;
        self.list.prepend(threads(page.threads));
    }

    /// Takes the replies of a thread after `after`.
    pub(super) fn refresh_replies(
        &mut self,
        thread: CommentId,
        after: CommentId,
        page: Page<CommentView>,
        newest: Option<CommentId>,
    ) {
        if let Some(thread) = self.list.get_mut(thread) {
            thread.replies.refresh(Some(after), page.items, page.more, newest);
        }
    }
}

fn threads(views: Vec<ThreadView>) -> Vec<Thread> {
    let threads = views
        .into_iter()
        .map(|view| Thread { comment: view.comment, replies: PartialList::new(view.replies, view.more) });
    threads.collect()
}

impl ListItem for Thread {
    fn id(&self) -> CommentId {
        self.comment.id
    }

    fn merge(&mut self, answer: Self, newest: Option<CommentId>) {
        self.comment.merge(answer.comment, newest);
        let more = answer.replies.gap().is_some();
        self.replies.refresh(None, answer.replies.into_items(), more, newest);
    }

    fn newest(&self) -> CommentId {
        self.replies.newest().map_or(self.comment.id, |reply| reply.max(self.comment.id))
    }
}

#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;
