//! How further comments come to the page: because somebody wants to see them, or because they were missed.

use leptos::prelude::*;
use protocol::{CommentId, comment::PageRequest};

use super::{
    super::{api, query::contains, threads::Threads},
    Discussion,
};
use crate::error::AppError;

impl Discussion {
    pub(in crate::comment) async fn load_later(self) -> Result<(), AppError> {
        let (gap, newest) = self.threads.with_untracked(|threads| (threads.list().gap(), threads.newest()));
        let generation = self.generation.get_value();
        if let Some(gap) = gap {
            let page = api::load(self.post, PageRequest::After(gap)).await?;
            self.update(generation, |threads| threads.refresh(Some(gap), page, newest));
        }
        Ok(())
    }

    pub(in crate::comment) async fn load_earlier(self) -> Result<(), AppError> {
        let (first, generation) = (self.threads.with_untracked(Threads::first), self.generation.get_value());
        let page = api::load(self.post, first.map_or(PageRequest::First, PageRequest::Before)).await?;
        self.update(generation, |threads| threads.prepend(page));
        Ok(())
    }

    pub(in crate::comment) async fn load_more_replies(self, thread: CommentId) -> Result<(), AppError> {
        let newest = self.threads.try_with_untracked(Threads::newest).flatten();
        let generation = self.generation.try_get_value().unwrap_or_default();
        if let Some(gap) = self.gap_below(thread) {
            let page = api::replies(thread, gap).await?;
            self.update(generation, |threads| threads.refresh_replies(thread, gap, page, newest));
        }
        Ok(())
    }

    /// Shows the piece that a comment is in, if it is not shown yet. Whether it is there now.
    pub(in crate::comment) async fn load_linked(self, id: CommentId) -> Result<bool, AppError> {
        if self.contains(id) {
            return Ok(true);
        }
        let page = api::load(self.post, PageRequest::At(id)).await?;
        let found = contains(&page, id);
        // A reply so far down in its thread that it did not come at once.
        let far_below =
            page.threads.first().filter(|thread| !found && thread.more).map(|thread| thread.comment.id);
        if found || far_below.is_some_and(|thread| thread < id) {
            self.generation.try_update_value(|generation| *generation = generation.wrapping_add(1));
            self.threads.try_set(Threads::new(page));
        }
        while let Some(thread) = far_below.filter(|_| !self.contains(id))
            && self.gap_below(thread).is_some_and(|gap| gap < id)
        {
            self.load_more_replies(thread).await?;
        }
        Ok(self.contains(id))
    }

    /// Looks what a comment says by now.
    pub(in crate::comment) async fn refresh_comment(self, id: CommentId) {
        let Ok(page) = api::load(self.post, PageRequest::At(id)).await else { return };
        let mut comments =
            page.threads.into_iter().flat_map(|thread| std::iter::once(thread.comment).chain(thread.replies));
        if let Some(comment) = comments.find(|comment| comment.id == id) {
            self.upsert(comment, false);
        }
    }

    /// After a break: what was written, edited and removed meanwhile, as far as it belongs to what is shown.
    pub(super) async fn refresh(self) {
        // What could not be asked is asked on the next socket.
        _ = self.refresh_shown().await;
        self.save_lost_answer();
    }

    async fn refresh_shown(self) -> Result<(), AppError> {
        let known = self.threads.try_with_untracked(|threads| {
            (threads.first().filter(|_| threads.earlier()), threads.list().end(), threads.newest())
        });
        let Some(((first, end, newest), generation)) = known.zip(self.generation.try_get_value()) else {
            return Ok(());
        };
        let (mut piece, mut after) = (first.map_or(PageRequest::First, PageRequest::At), None);
        loop {
            let page = api::load(self.post, piece).await?;
            let last = page.threads.last().map(|thread| thread.comment.id);
            let goes_on = page.more && last < end;
            let long: Vec<_> = page.threads.iter().filter(|thread| thread.more).cloned().collect();
            if !self.update(generation, |threads| threads.refresh(after, page, newest)) {
                return Ok(());
            }
            for thread in long {
                let last_reply = thread.replies.last().map(|reply| reply.id);
                self.refresh_shown_replies(thread.comment.id, last_reply, newest, generation).await?;
            }
            match last.filter(|_| goes_on) {
                Some(last) => (piece, after) = (PageRequest::After(last), Some(last)),
                None => return Ok(()),
            }
        }
    }

    /// The replies after `after`, as far as they are shown.
    async fn refresh_shown_replies(
        self,
        thread: CommentId,
        mut after: Option<CommentId>,
        newest: Option<CommentId>,
        generation: u32,
    ) -> Result<(), AppError> {
        let end = |threads: &Threads| threads.thread(thread).and_then(|thread| thread.replies.end());
        while let Some(from) = after.filter(|_| self.threads.try_with_untracked(end).flatten() > after) {
            let page = api::replies(thread, from).await?;
            after = page.items.last().map(|reply| reply.id).filter(|_| page.more);
            self.update(generation, |threads| threads.refresh_replies(thread, from, page, newest));
        }
        Ok(())
    }

    /// Takes an answer, if what it was asked for is still shown.
    fn update(self, generation: u32, change: impl FnOnce(&mut Threads)) -> bool {
        self.generation.try_get_value() == Some(generation) && self.threads.try_update(change).is_some()
    }

    fn contains(self, id: CommentId) -> bool {
        self.threads.try_with_untracked(|threads| threads.get(id).is_some()) == Some(true)
    }

    fn gap_below(self, thread: CommentId) -> Option<CommentId> {
        let gap = |threads: &Threads| threads.thread(thread).and_then(|thread| thread.replies.gap());
        self.threads.try_with_untracked(gap).flatten()
    }
}
