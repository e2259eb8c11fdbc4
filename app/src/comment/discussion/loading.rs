//! How further comments come to the page: because somebody wants to see them, or because they were missed.

use leptos::prelude::*;
use protocol::{CommentId, comment::PageRequest};

use super::{
    super::{api, query::contains, refresh::Refresh, threads::Threads},
    Discussion,
};
use crate::error::AppError;

impl Discussion {
    pub(in crate::comment) async fn load_later(self) -> Result<(), AppError> {
        let (gap, newest) = self.threads.with_untracked(|threads| (threads.list().gap(), threads.newest()));
        let generation = self.generation();
        if let Some(gap) = gap {
            let page = api::load(self.post, PageRequest::After(gap)).await?;
            self.update(generation, |threads| threads.refresh(Some(gap), page, newest));
        }
        Ok(())
    }

    pub(in crate::comment) async fn load_earlier(self) -> Result<(), AppError> {
        let (first, generation) = (self.threads.with_untracked(Threads::first), self.generation());
        let page = api::load(self.post, first.map_or(PageRequest::First, PageRequest::Before)).await?;
        self.update(generation, |threads| threads.prepend(page));
        Ok(())
    }

    pub(in crate::comment) async fn load_more_replies(self, thread: CommentId) -> Result<(), AppError> {
        let newest = self.threads.try_with_untracked(Threads::newest).flatten();
        let generation = self.generation();
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
            self.threads.try_update(|threads| threads.replace(page));
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
        let generation = self.generation();
        let Some(mut refresh) = self.threads.try_with_untracked(Refresh::new) else { return Ok(()) };
        while let Some(request) = refresh.next() {
            let page = api::load(self.post, request).await?;
            let long = self.update(generation, |threads| refresh.merge(threads, page));
            for mut replies in long.into_iter().flatten() {
                while let Some(from) =
                    self.threads.try_with_untracked(|threads| replies.next(threads)).flatten()
                {
                    let page = api::replies(replies.thread, from).await?;
                    let updated = self.update(generation, |threads| replies.merge(threads, from, page));
                    if updated.is_none() {
                        return Ok(());
                    }
                }
            }
            if self.generation() != generation {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Merges an answer, if what it was asked for is still shown.
    fn update<T>(self, generation: u32, update: impl FnOnce(&mut Threads) -> T) -> Option<T> {
        if self.generation() == generation { self.threads.try_update(update) } else { None }
    }

    fn generation(self) -> u32 {
        self.threads.try_with_untracked(Threads::generation).unwrap_or_default()
    }

    fn contains(self, id: CommentId) -> bool {
        self.threads.try_with_untracked(|threads| threads.get(id).is_some()) == Some(true)
    }

    fn gap_below(self, thread: CommentId) -> Option<CommentId> {
        let gap = |threads: &Threads| threads.thread(thread).and_then(|thread| thread.replies.gap());
        self.threads.try_with_untracked(gap).flatten()
    }
}
